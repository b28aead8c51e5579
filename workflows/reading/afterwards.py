"""What follows a pull request, as Temporal's lists and descriptions tell it."""

from __future__ import annotations

from dataclasses import replace

from pydantic import TypeAdapter
from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.workflow.v1 import WorkflowExecutionInfo

from workflows.domain.mile import MEMO, LastMile

BROKEN_OFF = (
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
)
"""How it ends when not by itself."""

MILE: TypeAdapter[LastMile] = TypeAdapter(LastMile)


def mile_of(info: WorkflowExecutionInfo) -> LastMile | None:
    """The way of a pull request, from the memo of what follows it; None before the first look."""
    payload = info.memo.fields.get(MEMO)
    if payload is None:
        return None
    mile = MILE.validate_json(payload.data)
    if info.status in BROKEN_OFF:
        return replace(mile, ended=True, problem="Somebody has ended the following in Temporal.")
    return mile
