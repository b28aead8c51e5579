"""The way to processes: those that Temporal knows, and those that only the archive remembers."""
