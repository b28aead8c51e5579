"""Stickiness: Temporal offers a workflow first to the worker that has it in memory."""

from __future__ import annotations

from contextlib import suppress

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetStickyTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError


async def free(client: Client, workflow_id: str, run: str = "") -> None:
    """Let any worker take the workflow's next turn at once; the newest run where none is named.

    A worker that was killed is waited for ten seconds otherwise. A server that refuses this, or
    does not know the workflow, costs those seconds and nothing else.
    """
    request = ResetStickyTaskQueueRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=workflow_id, run_id=run),
    )
    with suppress(RPCError):
        await client.workflow_service.reset_sticky_task_queue(request)
