"""What became of pull requests, as the store keeps it: for when Temporal has forgotten."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from activities.adapters import store
from web.door.fault import Unreachable
from web.door.port import Door
from web.proof.afterwards import Told
from workflows.domain.mile import LastMile
from workflows.reading import kept
from workflows.reading.document import Document
from workflows.reading.kept import folder_of
from workflows.reading.row import Row
from workflows.reading.stored import CannotRead

log = logging.getLogger("web.door.afterwards")

FRESH = 5.0
"""Seconds for which the list of names is good; what lies under a name never changes."""


class Afterwards:
    """The last state of each pull request that was kept."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, LastMile]] = {}
        self._looked_at = -FRESH
        self._looking = asyncio.Lock()

    async def of(self, key: str, run: str) -> LastMile | None:
        """The way of a process's pull request as it was kept last; None where it never was."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= FRESH:
                await asyncio.to_thread(self._look)
                self._looked_at = time.monotonic()
        found = self._found.get(folder_of(key, run))
        return found[1] if found else None

    async def on(self, row: Row) -> Row:
        """A row with where its pull request was, where that is not known better."""
        if row.after or row.phase != "done" or not (mile := await self.of(row.key, row.run)):
            return row
        return replace(row, after=mile.station, still=mile.reminded)

    def _look(self) -> None:
        for folder, names in kept.by_folder(store.names(kept.FOLDER)).items():
            known = self._found.get(folder)
            if (not known or known[0] != names[0]) and (mile := _newest(names)):
                self._found[folder] = (names[0], mile)


async def told(door: Door, document: Document) -> Told:
    """What became of a process's pull request as far as it can be had now, for a record."""
    try:
        mile = await door.after(document)
    except Unreachable as fault:
        return Told(None, str(fault))
    return Told(mile, "" if mile else "Nothing follows it.")


def _newest(names: Sequence[str]) -> LastMile | None:
    """The newest that can be read, which says so where it may be old."""
    for name in names:
        try:
            found = kept.load(store.read(name))
        except (CannotRead, store.Missing) as fault:
            log.error("%s: %s", name, fault)
            continue
        at = f"{found.at:%d %b %Y, %H:%M} UTC"
        if name != names[0]:
            return replace(found.mile, problem=f"This is of {at}; what is newer cannot be read.")
        if found.mile.ended:
            return found.mile
        return replace(found.mile, problem=f"Temporal does not tell it now; this is of {at}.")
    return None
