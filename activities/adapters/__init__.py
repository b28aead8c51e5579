"""The only code that talks to the outside: files, git, tools, the forge."""
