"""Verification: whether the site vouches for a message, asked of an activity and so recorded."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from workflows.domain.message import AnyMessage
    from workflows.domain.process import Process
    from workflows.domain.proof import claim

VERIFY = "verify"
PATIENTLY = RetryPolicy(maximum_interval=timedelta(seconds=10))
"""Only a store that is away gets here: the message waits for it and is not lost."""


async def verify(message: AnyMessage, process: Process | None) -> str:
    """Why a message does not count; empty when the site vouches for it."""
    info = workflow.info()
    try:
        why: str = await workflow.execute_activity(
            VERIFY,
            claim(info.workflow_id, info.run_id, message, process),
            result_type=str,
            start_to_close_timeout=timedelta(seconds=10),
            retry_policy=PATIENTLY,
            summary="Who vouches for a message",
        )
    except ActivityError as error:
        return f"Its signature could not be checked: {error.cause or error}"
    return why
