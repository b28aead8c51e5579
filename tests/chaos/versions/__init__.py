"""Chaos with versions: many processes at random states, a new version, and everything killed."""
