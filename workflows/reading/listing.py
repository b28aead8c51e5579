"""The list of processes, from Temporal's visibility store; it needs no worker."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.workflow.v1 import WorkflowExecutionInfo
from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey

from workflows import attribute
from workflows.domain.mile import MEMO, WORKFLOW, LastMile, follow_id
from workflows.reading.afterwards import mile_of
from workflows.reading.row import Row
from workflows.reading.stranded import PHASE

FOLLOWED = f"WorkflowType = '{WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'"

QUERY = f"{attribute.KIND.name} IS NOT NULL OR ({FOLLOWED})"
"""Processes, and what follows their pull requests: one look for both."""

CLOSED = f"{attribute.KIND.name} IS NOT NULL AND ExecutionStatus != 'Running'"

PAGE = 1000
LIMIT = 5000
"""More rows than a board can show; the newest of them are listed."""


Followed = Mapping[str, WorkflowExecutionInfo]
"""What follows pull requests, by its workflow id."""


async def rows(client: Client) -> list[Row]:
    """All processes, open ones first, then the newest; raises Temporal's RPCError."""
    return (await look(client))[0]


async def look(client: Client) -> tuple[list[Row], Followed]:
    """The same, and what follows their pull requests, also of processes that are not listed.

    The raw list is read: the SDK's own refuses the whole list when one workflow is paused.
    """
    found: list[WorkflowExecutionInfo] = []
    async for info in _each(client, QUERY):
        found.append(info)
        if len(found) == LIMIT:
            break
    after = {i.execution.workflow_id: i for i in found if i.type.name == WORKFLOW}
    listed = [with_after(_row(info), after) for info in found if info.type.name != WORKFLOW]
    return in_order(listed), after


def in_order(found: Iterable[Row]) -> list[Row]:
    """Open ones and those that need a person first, then the newest."""

    def place(row: Row) -> tuple[bool, datetime]:
        return not row.closed or row.phase == PHASE, row.changed

    return sorted(found, key=place, reverse=True)


async def miles(client: Client) -> AsyncIterator[LastMile]:
    """The way of each pull request that is followed or was, as far as Temporal knows it."""
    async for info in _each(client, FOLLOWED):
        if mile := mile_of(info):
            yield mile


async def closed_rows(client: Client) -> AsyncIterator[Row]:
    """All processes that Temporal has closed and not forgotten, however many."""
    async for info in _each(client, CLOSED):
        row = _row(info)
        if row.closed and info.type.name != WORKFLOW:
            yield row


async def open_rows(client: Client, kind: str) -> AsyncIterator[Row]:
    """All processes of a kind that are not closed, paused ones too; the list may be behind."""
    quoted = kind.replace("'", "''")
    query = f"{attribute.KIND.name} = '{quoted}' AND CloseTime IS NULL"
    async for info in _each(client, query):
        if not (row := _row(info)).closed:
            yield row


async def _each(client: Client, query: str) -> AsyncIterator[WorkflowExecutionInfo]:
    token = b""
    while True:
        request = ListWorkflowExecutionsRequest(
            namespace=client.namespace, query=query, page_size=PAGE, next_page_token=token
        )
        answer = await client.workflow_service.list_workflow_executions(request)
        for info in answer.executions:
            yield info
        token = answer.next_page_token
        if not token:
            break


def with_after(row: Row, after: Followed) -> Row:
    """A row with where its pull request is by now, from the memo of what follows that."""
    info = after.get(follow_id(row.key, row.run))
    payload = info.memo.fields.get(MEMO) if info else None
    if payload is None:
        return row
    mile = json.loads(payload.data)
    return replace(row, after=mile["station"], still=mile["reminded"])


def _row(info: WorkflowExecutionInfo) -> Row:
    known = info.search_attributes.indexed_fields
    begun = _moment(info.start_time)
    changed = _value(known, attribute.CHANGED_AT)
    closed = _closed(info)
    return Row(
        workflow_id=info.execution.workflow_id,
        run=info.execution.run_id,
        family=_value(known, attribute.FAMILY) or "",
        version=_value(known, attribute.VERSION) or "",
        step=_value(known, attribute.STEP) or "",
        phase=_phase(_value(known, attribute.PHASE) or "", closed),
        waits_for=_words(_value(known, attribute.WAITS_FOR)),
        initiator=_value(known, attribute.INITIATOR) or "",
        begun=begun,
        changed=datetime.fromisoformat(changed) if changed else begun,
        closed=closed,
        supersedes=_value(known, attribute.SUPERSEDES) or "",
    )


def _value(known: Mapping[str, Payload], key: SearchAttributeKey[Any]) -> Any:
    """One attribute as JSON. The SDK's decoder takes 0.2 ms a row, too long for a long board."""
    payload = known.get(key.name)
    return json.loads(payload.data) if payload and payload.data else None


def _words(value: str | list[str] | None) -> tuple[str, ...]:
    """A keyword list: Temporal hands out one with a single word as that word."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def _phase(phase: str, closed: str) -> str:
    """A run that Temporal closed without its dispatcher (terminated) has failed."""
    return "failed" if closed and phase not in ("done", "failed") else phase or "running"


def _closed(info: WorkflowExecutionInfo) -> str:
    name = WorkflowExecutionStatus.Name(info.status).removeprefix("WORKFLOW_EXECUTION_STATUS_")
    return "" if name in ("RUNNING", "PAUSED") else name


def _moment(time: Timestamp) -> datetime:
    return time.ToDatetime(tzinfo=UTC)
