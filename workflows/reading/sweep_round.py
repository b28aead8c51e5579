"""Rounds of the sweep, as Temporal's histories tell them; no worker is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflow.v1 import WorkflowExecutionInfo
from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows.domain.sweeping import Report

QUERY = "WorkflowId = 'sweep' AND WorkflowType = 'Sweep'"
NEWEST = 10
T = TypeVar("T")
REPORT: TypeAdapter[Report] = TypeAdapter(Report)
RESULT: TypeAdapter[dict[str, Report]] = TypeAdapter(dict[str, Report])


@dataclass(frozen=True)
class Round:
    """`state` is RUNNING, or how Temporal closed it; `reports` has what each duty came to.

    A duty that has not ended is not among them.
    """

    run: str
    state: str
    begun: datetime
    ended: datetime | None = None
    reports: dict[str, Report] = field(default_factory=dict)

    @property
    def is_quiet(self) -> bool:
        """Whether all was in order, so that nothing had to be done."""
        every = self.reports.values()
        busy = any(one.number or one.archived or one.faults for one in every)
        return self.state == "COMPLETED" and not busy


async def rounds(client: Client) -> list[Round]:
    """The newest rounds, newest first; raises Temporal's RPCError."""
    request = ListWorkflowExecutionsRequest(
        namespace=client.namespace, query=QUERY, page_size=NEWEST
    )
    answer = await client.workflow_service.list_workflow_executions(request)
    found = await asyncio.gather(*(_round(client, info) for info in answer.executions))
    return sorted((one for one in found if one), key=lambda one: one.begun, reverse=True)


async def _round(client: Client, info: WorkflowExecutionInfo) -> Round | None:
    """None where Temporal has forgotten it meanwhile."""
    ids = info.execution
    handle = client.get_workflow_handle(ids.workflow_id, run_id=ids.run_id)
    try:
        events = (await handle.fetch_history()).events
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    state = WorkflowExecutionStatus.Name(info.status).removeprefix("WORKFLOW_EXECUTION_STATUS_")
    ended = info.close_time.ToDatetime(tzinfo=UTC) if info.HasField("close_time") else None
    begun = info.start_time.ToDatetime(tzinfo=UTC)
    return Round(ids.run_id, state, begun, ended, reports_of(events))


def reports_of(events: Sequence[HistoryEvent]) -> dict[str, Report]:
    """What is known of each duty: from its own end, and in the end from the round's result."""
    duties: dict[int, str] = {}
    found: dict[str, Report] = {}
    for event in events:
        duties[event.event_id] = event.activity_task_scheduled_event_attributes.activity_type.name
        done = event.activity_task_completed_event_attributes
        if name := duties.get(done.scheduled_event_id):
            found[name] = _read(REPORT, done.result) or Report(faults=("cannot be read",))
    result: Payloads = events[-1].workflow_execution_completed_event_attributes.result
    whole = _read(RESULT, result)
    return {**found, **whole} if whole else found


def _read(shape: TypeAdapter[T], content: Payloads) -> T | None:
    try:
        return shape.validate_json(content.payloads[0].data)
    except (IndexError, ValidationError):
        return None
