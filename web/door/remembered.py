"""All processes: those that Temporal knows, and those that only the archive remembers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from temporalio.client import WorkflowHistory

from web.door.afterwards import Afterwards
from web.door.archive import Archive
from web.door.fault import NotFound, Unreachable
from web.door.processes import Processes, Sent, workflow_id
from web.door.stranded import Stranded
from web.door.successor import with_successor
from workflows.domain.message import AnyMessage, Start
from workflows.domain.mile import LastMile
from workflows.reading.document import Document
from workflows.reading.listing import in_order, with_after
from workflows.reading.row import Row
from workflows.reading.sweep_round import Round


class Remembered:
    """A Door. Where both know a run, Temporal's word counts."""

    def __init__(self, processes: Processes, archive: Archive) -> None:
        self._processes = processes
        self._archive = archive
        self._afterwards = Afterwards()
        self._stranded = Stranded()
        self.away = ""

    async def rows(self) -> list[Row]:
        """The board. While Temporal is away: the archived ones, if there are any."""
        kept = await self._archive.rows()
        try:
            known, self.away = await self._processes.rows(), ""
        except Unreachable as fault:
            if not kept:
                raise
            known, self.away = [], str(fault)
        runs = {row.run for row in known}
        wrong = {row.run: row.problem for row in kept if row.problem}
        listed = [replace(r, problem=wrong[r.run]) if r.run in wrong else r for r in known]
        every = [*listed, *await self._forgotten(kept, runs)]
        return in_order(await self._stranded.on(every))

    async def _forgotten(self, kept: list[Row], runs: set[str]) -> list[Row]:
        """The archived ones that Temporal does not list; their followers may still be there."""
        rows = [with_after(r, self._processes.listed.followed) for r in kept if r.run not in runs]
        return [await self._afterwards.on(row) for row in rows]

    async def latest(self, key: str) -> str:
        """The newest run of a family, also when only the archive remembers it."""
        try:
            return await self._processes.latest(key)
        except (NotFound, Unreachable):
            kept = [row for row in await self._archive.rows() if row.key == key]
            if not kept:
                raise
            return max(kept, key=lambda row: row.begun).run

    async def document(self, key: str, run: str) -> Document:
        """A process as it stands; where the site cannot replay it, as it was archived."""
        return await with_successor(await self._document(key, run), self)

    async def _document(self, key: str, run: str) -> Document:
        try:
            document = await self._processes.document(key, run)
        except (NotFound, Unreachable) as fault:
            return await self._archived(key, run, fault)
        if document.problem and document.closed:
            with suppress(NotFound):
                return await self._archived(key, run, NotFound())
        return await self._with_after(document)

    async def _archived(self, key: str, run: str, fault: Exception) -> Document:
        try:
            entry = await self._archive.find(workflow_id(key), run)
        except NotFound:
            raise fault from None
        document = await self._archive.document(entry)
        with suppress(NotFound, Unreachable):  # what follows a pull request lives longer
            document = replace(document, after=await self._processes.after(document))
        return await self._with_after(document)

    async def _with_after(self, document: Document) -> Document:
        """The document with what became of its pull request, where Temporal has not said that."""
        if document.after or not document.has_pull_request:
            return document
        return replace(document, after=await self._afterwards.of(document.key, document.run))

    async def after(self, document: Document) -> LastMile | None:
        """Where its pull request is by now; as it was kept where Temporal has forgotten it."""
        try:
            now = replace(document, after=await self._processes.after(document))
        except Unreachable:
            if kept := (await self._with_after(document)).after:
                return kept
            raise
        return (await self._with_after(now)).after

    async def history(self, key: str, run: str) -> WorkflowHistory:
        """All events of a process."""
        try:
            return await self._processes.history(key, run)
        except (NotFound, Unreachable) as fault:
            try:
                entry = await self._archive.find(workflow_id(key), run)
            except NotFound:
                raise fault from None
            return await self._archive.history(entry)

    async def begin(self, start: Start) -> str:
        """Start a process; its run id."""
        return await self._processes.begin(start)

    async def act(
        self, key: str, run: str, message: AnyMessage, seen: Document | None = None
    ) -> Sent:
        """Send what a person does to exactly this run."""
        return await self._processes.act(key, run, message, seen)

    async def rounds(self) -> list[Round]:
        """The newest rounds of the sweep."""
        return await self._processes.rounds()

    async def hint(self, branch: str) -> None:
        """Have the pull request of that branch looked at."""
        await self._processes.hint(branch, await self._archive.rows())
