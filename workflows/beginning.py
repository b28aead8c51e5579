"""The beginning of a process: its definition is recorded, and whoever began it is vouched for."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.domain.actor import DISPATCHER
    from workflows.domain.definition import Definition
    from workflows.domain.message import Start
    from workflows.domain.process import Process
    from workflows.domain.proof import claim_of_start
    from workflows.domain.status import Status

DEFINE = "define"
DEFINING = RetryPolicy(maximum_interval=timedelta(seconds=10))


async def begin(start: Start) -> Process:
    """The process before its first step; one that could not begin has ended already.

    A run that continues another was begun by the dispatcher itself, and needs no signature.
    """
    info = workflow.info()
    claim = None if info.continued_run_id else claim_of_start(info.workflow_id, start)
    try:
        definition = await workflow.execute_activity(
            DEFINE,
            args=[start.kind, start.version, claim],
            result_type=Definition,
            start_to_close_timeout=timedelta(seconds=10),
            retry_policy=DEFINING,
            summary="What this process is",
        )
    except ActivityError as error:
        if isinstance(error.cause, ApplicationError):
            return undefined(start, error.cause.message)
        raise asyncio.CancelledError from error
    return Process.begin(definition, start, workflow.now(), info.workflow_id, info.run_id)


def undefined(start: Start, why: str) -> Process:
    """A process that has ended before it could begin."""
    info = workflow.info()
    nothing = Definition(start.kind, start.version, start.kind, ())
    process = Process.begin(nothing, start, workflow.now(), info.workflow_id, info.run_id)
    process.end(Status.FAILED, DISPATCHER, workflow.now(), f"Could not begin: {why}")
    return process
