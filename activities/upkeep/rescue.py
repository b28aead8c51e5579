"""Rescue: an open process that this code cannot replay is closed, and begun anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from activities.adapters import store
from activities.adapters.people.port import Unanswered
from activities.upkeep.orphan import UNREADABLE, begin_anew, original
from activities.upkeep.pull_request import pull_request_of
from activities.upkeep.telling import engineers, tell
from workflows.domain.actor import SWEEP
from workflows.domain.message import Supersede
from workflows.domain.sweeping import Report
from workflows.reading.document import Document
from workflows.reading.history import read
from workflows.reading.listing import open_rows
from workflows.reading.replay import SLOW, NotInTime
from workflows.reading.row import Row
from workflows.reading.stranded import BY_A_PERSON, name_of

FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
COMPLETED = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
STILL = 5.0
"""Seconds without any older process making way, after which none is expected to."""

PATIENCE = 15.0
"""Seconds in which a dispatcher has to show that it cannot go on either."""


async def rescue_all(client: Client, versions: Mapping[str, int]) -> Report:
    """Try to replay each open history; replace those that neither we nor a dispatcher can."""
    done, faults = [], []
    await _until_still(client, versions)
    for kind, version in versions.items():
        async for row in open_rows(client, kind):
            try:
                document = await _gently_read(client, row)
                if document.problem:
                    if await _is_stuck(client, row, version):
                        done.append(await _replace(client, row))
                    else:
                        faults.append(f"{row.workflow_id} {row.run}: another worker can read it")
            except NotInTime:
                faults.append(f"{row.workflow_id} {row.run}: could not be read in time")
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    faults.append(f"{row.workflow_id} {row.run}: {error.message}"[:300])
    return Report(len(done), tuple(done[:100]), tuple(faults[:100]))


async def _until_still(client: Client, versions: Mapping[str, int]) -> None:
    """Wait while older processes make way, and so need this worker; who cannot, never does."""
    left, since = None, time.monotonic()
    while (older := await _older(client, versions)) and time.monotonic() - since < STILL:
        if older != left:
            left, since = older, time.monotonic()
        await asyncio.sleep(1)


async def _older(client: Client, versions: Mapping[str, int]) -> set[str]:
    rows = [(row, new) for kind, new in versions.items() async for row in open_rows(client, kind)]
    return {row.run for row, new in rows if row.version.isdigit() and int(row.version) < new}


async def _gently_read(client: Client, row: Row) -> Document:
    """Read it, and pause for as long as that took: dispatchers need this worker as well."""
    begun = time.monotonic()
    document = await read(await _history(client, row))
    await asyncio.sleep(time.monotonic() - begun)
    return document


async def _history(client: Client, row: Row) -> WorkflowHistory:
    return await client.get_workflow_handle(row.workflow_id, run_id=row.run).fetch_history()


async def _is_stuck(client: Client, row: Row, version: int) -> bool:
    """Whether a dispatcher, made to look at it, fails as well: this worker may just be older."""
    handle = client.get_workflow_handle(row.workflow_id, run_id=row.run)
    before = len((await _history(client, row)).events)
    message = Supersede(f"supersede-{row.run}-{version}", SWEEP, version, row.run)
    await handle.signal("supersede", message)
    for _ in range(int(PATIENCE * 2)):
        await asyncio.sleep(0.5)
        tail = (await _history(client, row)).events[before:]
        if any(event.event_type == COMPLETED for event in tail):
            return False
        if any(_is_failure(event) for event in tail):
            return True
    return False


def _is_failure(event: HistoryEvent) -> bool:
    """Whether a dispatcher failed at the events; one that was only too slow begins again."""
    failure = event.workflow_task_failed_event_attributes.failure
    return event.event_type == FAILED and SLOW not in failure.message


async def _replace(client: Client, row: Row) -> str:
    """Ask the forge, close it with the reason, begin anew where there is no pull request.

    What is to be begun stands in the closing event: interrupted here, the next sweep goes on. That
    one needs a person is written down before it is closed; until then it is open for all.
    """
    handle = client.get_workflow_handle(row.workflow_id, run_id=row.run)
    if pull := await pull_request_of(row.key, row.workflow_id, row.run):
        why = f"{UNREADABLE} Its pull request is {pull}: {BY_A_PERSON}"
        await asyncio.to_thread(store.publish, name_of(row.run), why.encode())
        await handle.terminate(reason=why)
        await _tell(row, why)
        return f"{row.workflow_id} {row.run}: closed, pull request {pull}"
    start = await original(client, row)
    await handle.terminate(start, reason=f"{UNREADABLE} It is begun anew.")
    await _tell(row, f"{UNREADABLE} It is begun anew.")
    await begin_anew(client, row, start)
    return f"{row.workflow_id} {row.run}: begun anew"


async def _tell(row: Row, text: str) -> None:
    """Tell whoever began it and all engineers; who cannot be looked up is told by a later round."""
    found: tuple[str, ...] = ()
    with suppress(Unanswered):
        found = await engineers()
    await tell(row, (row.initiator, *found), text)
