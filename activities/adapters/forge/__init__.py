"""The forge: a port, and the embedded one behind it; `choice.forge()` gives the one in use."""
