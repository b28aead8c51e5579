"""The whole set on one machine: installing it, running it, and the demo's parts."""
