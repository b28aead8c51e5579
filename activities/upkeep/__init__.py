"""Upkeep: what keeps the processes themselves in order."""
