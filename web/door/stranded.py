"""Which runs need a person, as the store has it: looked up anew every few seconds."""

from __future__ import annotations

import asyncio
import time

from activities.adapters import store
from workflows.reading import stranded
from workflows.reading.row import Row

FRESH = 5.0
"""Seconds for which the names are good."""


class Stranded:
    """The names in the store, and the rows that they mark."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._looked_at = -FRESH

    async def on(self, rows: list[Row]) -> list[Row]:
        """The rows, with those marked that need a person."""
        if time.monotonic() - self._looked_at >= FRESH:
            self._names = set(await asyncio.to_thread(store.names, stranded.FOLDER))
            self._looked_at = time.monotonic()
        return stranded.marked(rows, self._names)
