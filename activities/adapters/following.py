"""Has a pull request followed after its process: starts that workflow, once."""

from __future__ import annotations

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.adapters.settings import settings
from workflows.domain.mile import WORKFLOW, LastMile, follow_id


async def follow(mile: LastMile, client: Client | None = None) -> None:
    """Follow it; nothing happens where it is or was followed already.

    Without a client, that of the activity which runs. Raises Temporal's RPCError.
    """
    try:
        await (client or activity.client()).start_workflow(
            WORKFLOW,
            mile,
            id=follow_id(mile.key, mile.run),
            task_queue=settings().task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=f"Pull request {mile.number} of {mile.key}",
        )
    except WorkflowAlreadyStartedError:
        return
