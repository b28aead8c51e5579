"""The archive as the site reads it: closed runs, whether or not Temporal still knows them."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace

from temporalio.client import WorkflowHistory

from activities.adapters import store
from web.door.fault import Busy, NotFound, translated
from workflows.reading import archived, stored
from workflows.reading.archived import Archived, name_of
from workflows.reading.document import Document
from workflows.reading.history import read
from workflows.reading.row import Row
from workflows.reading.stored import CannotRead

log = logging.getLogger("web.door.archive")

FRESH = 5.0
"""Seconds for which the list of names is good; an entry itself never changes."""

GONE = "The archive names this process, but what it kept cannot be read: "
AS_STORED = "This is the document as it was stored when it was archived, not read from its history."


class Archive:
    """All archived runs, by their names in the store."""

    def __init__(self) -> None:
        self._entries: dict[str, Archived] = {}
        self._looked_at = -FRESH
        self._looking = asyncio.Lock()

    async def entries(self) -> list[Archived]:
        """All of them. One that cannot be read is written down in the log and left out."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= FRESH:
                await asyncio.to_thread(self._look)
                self._looked_at = time.monotonic()
        return list(self._entries.values())

    def _look(self) -> None:
        for name in store.names(archived.FOLDER):
            if name not in self._entries:
                try:
                    self._entries[name] = archived.load(store.read(name))
                except (CannotRead, store.Missing) as fault:
                    log.error("%s: %s", name, fault)

    async def rows(self) -> list[Row]:
        """What lists say of the archived runs."""
        kept = await self.entries()
        return [replace(one.row, archived=True, problem=one.problem) for one in kept]

    async def find(self, workflow_id: str, run: str) -> Archived:
        """The entry of a run; NotFound where it is not archived."""
        name = name_of(workflow_id, run)
        if name not in self._entries:
            await self.entries()
        if name not in self._entries:
            raise NotFound("There is no such process.")
        return self._entries[name]

    async def history(self, entry: Archived) -> WorkflowHistory:
        """All events of a run; NotFound where they are lost or were changed."""
        content = await asyncio.to_thread(_content, entry.history)
        try:
            return WorkflowHistory.from_json(entry.workflow_id, content.decode())
        except Exception as fault:  # whatever is wrong with it, it is no history
            raise NotFound(f"{GONE}{type(fault).__name__}.") from fault

    async def document(self, entry: Archived) -> Document:
        """The run as its history tells it; else as it was stored; else only that it was."""
        try:
            history = await self.history(entry)
        except NotFound as fault:
            document = await self._as_stored(entry, str(fault)) or _row_only(entry, str(fault))
            document = replace(document, lost=str(fault))
        else:
            document = await self._replayed(entry, history)
        return replace(document, archived=entry.archived_at)

    async def _replayed(self, entry: Archived, history: WorkflowHistory) -> Document:
        try:
            with translated():
                document = await read(history)
        except Busy as fault:
            if stored := await self._as_stored(entry, str(fault)):
                return stored
            raise
        if document.problem:
            return await self._as_stored(entry, document.problem) or document
        return document

    async def _as_stored(self, entry: Archived, why: str) -> Document | None:
        try:
            document = stored.load(await asyncio.to_thread(_content, entry.document))
        except (CannotRead, NotFound) as fault:
            log.error("%s: %s", entry.run, fault)
            return None
        return replace(document, problem=f"{AS_STORED} {why}")


def _content(digest: str) -> bytes:
    try:
        return store.get(digest)
    except (store.Missing, store.Damaged) as fault:
        raise NotFound(f"{GONE}{fault}") from fault


def _row_only(entry: Archived, why: str) -> Document:
    return Document(entry.workflow_id, entry.run, entry.events, None, entry.row.closed, problem=why)
