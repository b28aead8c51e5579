"""A closed process is begun anew by a person: the next run of the same family, linked both ways."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from web.door.heirlooms import whole
from web.door.port import Door
from workflows.domain import anew
from workflows.domain.lineage import Lineage
from workflows.domain.message import Restart
from workflows.domain.refused import Refused
from workflows.reading.document import Document
from workflows.reading.history import start_of


@dataclass(frozen=True)
class Begun:
    """The run that continues another. `lost`: tasks that run again, as files of theirs are gone."""

    run: str
    lost: tuple[str, ...] = ()


async def begin_anew(processes: Door, document: Document, message: Restart) -> Begun:
    """Begin the run that continues this one; the same form sent again leads to the same run."""
    if found := await _continued(processes, document):
        return _same(*found, message)
    process = document.process
    if process is None or document.problem:
        raise Refused(
            "This process cannot be read in full, so nothing of it can be taken over. "
            "Begin with a new request."
        )
    anew.check(process, message)
    try:
        start = anew.start(process, message, datetime.now(UTC))
        start, lost = await asyncio.to_thread(whole, start)
        return Begun(await processes.begin(start), lost)
    except Refused:  # another is open: perhaps this form was sent twice, at the same time
        if found := await _continued(processes, document):
            return _same(*found, message)
        raise


async def _continued(processes: Door, document: Document) -> tuple[str, Lineage | None] | None:
    """The run that continues this one, and what that says of it.

    The newest run is asked too: lists are behind what happens.
    """
    newest = await processes.latest(document.key)
    for run in dict.fromkeys((document.successor, newest)):
        if run and run != document.run:
            lineage = await _lineage(processes, document.key, run)
            if run == document.successor or (lineage and lineage.run == document.run):
                return run, lineage
    return None


async def _lineage(processes: Door, key: str, run: str) -> Lineage | None:
    """What a run says that it continues; one that no dispatcher has read says it in its start."""
    if process := (await processes.document(key, run)).process:
        return process.supersedes
    start = start_of(await processes.history(key, run))
    return start.supersedes if start else None


def _same(run: str, lineage: Lineage | None, message: Restart) -> Begun:
    if lineage and anew.says_the_same(lineage, message):
        return Begun(run)
    raise Refused("Another process continues this one already; please look again.")
