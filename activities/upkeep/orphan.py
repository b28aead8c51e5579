"""Orphans: terminated processes without a successor; interrupted replacements are finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.adapters.settings import settings
from workflows import attribute
from workflows.domain.actor import SWEEP
from workflows.domain.lineage import Lineage
from workflows.domain.message import Start
from workflows.domain.sweeping import Report
from workflows.reading.listing import closed_rows
from workflows.reading.row import Row

UNREADABLE = "Its history cannot be replayed by this version."
START: TypeAdapter[Start] = TypeAdapter(Start)


async def original(client: Client, row: Row) -> Start:
    """How the first of a chain of runs was started, signed as it was then; now as a successor."""
    events = (
        await client.get_workflow_handle(row.workflow_id, run_id=row.run).fetch_history()
    ).events
    first = events[0].workflow_execution_started_event_attributes
    if first.first_execution_run_id not in ("", row.run):
        handle = client.get_workflow_handle(row.workflow_id, run_id=first.first_execution_run_id)
        events = (await handle.fetch_history()).events
        first = events[0].workflow_execution_started_event_attributes
    start = START.validate_json(first.input.payloads[0].data)
    version = int(row.version) if row.version.isdigit() else 0
    lineage = Lineage(
        row.workflow_id,
        row.run,
        version,
        SWEEP,
        datetime.now(UTC),
        f"{UNREADABLE} Begun anew.",
        signed_with=_signed_with(start),
    )
    return replace(start, supersedes=lineage)


def _signed_with(start: Start) -> Lineage | None:
    before = start.supersedes
    return before.signed_with if before and before.by == SWEEP else before


async def begin_anew(client: Client, row: Row, start: Start) -> None:
    """Start the successor, once: another open process of the family is left as it is."""
    try:
        await client.start_workflow(
            "Process",
            start,
            id=row.workflow_id,
            task_queue=settings().task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            search_attributes=attribute.first(start, row.family),
            static_summary=f"{row.family}, begun anew by the sweep",
        )
    except WorkflowAlreadyStartedError:
        return


async def find(client: Client, versions: Mapping[str, int]) -> Report:
    """Begin anew what was to be; name the other terminated processes that nobody followed."""
    rows = [row async for row in closed_rows(client) if row.closed == "TERMINATED"]
    begun, left = [], []
    for row in rows:
        handle = client.get_workflow_handle(row.workflow_id)
        if (await handle.describe()).run_id != row.run:
            continue
        start = await _intended(client, row)
        if start is None:
            left.append(f"{row.workflow_id} {row.run}: terminated, and nothing follows it")
        elif start.kind in versions:
            await begin_anew(client, row, start)
            begun.append(f"{row.workflow_id} {row.run}: begun anew")
    return Report(len(begun), tuple(begun[:100]), tuple(left[:100]))


async def _intended(client: Client, row: Row) -> Start | None:
    """What the closing event says is to be begun, if it was a sweep that closed the run."""
    handle = client.get_workflow_handle(row.workflow_id, run_id=row.run)
    last = (await handle.fetch_history()).events[-1]
    closing = last.workflow_execution_terminated_event_attributes
    if not (closing.reason.startswith(UNREADABLE) and closing.details.payloads):
        return None
    try:
        return START.validate_json(closing.details.payloads[0].data)
    except ValidationError:
        return None
