"""An execution as Temporal describes it: which run is the newest, and what runs in it now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from temporalio.api.common.v1 import Payloads, WorkflowExecution
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import (
    DescribeWorkflowExecutionRequest,
    DescribeWorkflowExecutionResponse,
)
from temporalio.client import Client

from workflows.payload import DATA_CONVERTER
from workflows.reading.document import Running


async def latest_run(client: Client, workflow_id: str) -> str:
    """The run id of the newest run; raises Temporal's RPCError."""
    described = await describe(client, workflow_id, "")
    return described.workflow_execution_info.execution.run_id


async def running(client: Client, workflow_id: str, run: str) -> tuple[Running, ...]:
    """The tasks that wait for a worker or run in one; raises Temporal's RPCError."""
    described = await describe(client, workflow_id, run)
    return tuple([await _running(activity) for activity in described.pending_activities])


async def describe(client: Client, workflow_id: str, run: str) -> DescribeWorkflowExecutionResponse:
    """The raw description: the SDK's own refuses a workflow that somebody paused."""
    execution = WorkflowExecution(workflow_id=workflow_id, run_id=run)
    request = DescribeWorkflowExecutionRequest(namespace=client.namespace, execution=execution)
    return await client.workflow_service.describe_workflow_execution(request)


async def _running(activity: PendingActivityInfo) -> Running:
    task, _, function = activity.activity_type.name.partition(".")
    state = PendingActivityState.Name(activity.state).removeprefix("PENDING_ACTIVITY_STATE_")
    progress = await _progress(activity.heartbeat_details)
    return Running(
        task=task,
        function=function,
        state=state.lower().replace("cancel_requested", "cancelling"),
        tries=activity.attempt,
        last_fault=activity.last_failure.message[:500],
        done=int(progress.get("done", 0)),
        total=int(progress.get("total", 0)),
        text=str(progress.get("text", "")),
        until=_until(activity),
    )


def _until(activity: PendingActivityInfo) -> datetime | None:
    if not activity.HasField("next_attempt_schedule_time"):
        return None
    until = activity.next_attempt_schedule_time.ToDatetime(UTC)
    return until if until > datetime.now(UTC) else None


async def _progress(details: Payloads) -> dict[str, Any]:
    decoded = await DATA_CONVERTER.decode(list(details.payloads))
    return decoded[0] if decoded and isinstance(decoded[0], dict) else {}
