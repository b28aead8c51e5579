"""The beginning of a process: its definition is recorded, and whoever began it is vouched for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.domain import anew, restart
    from workflows.domain.actor import DISPATCHER
    from workflows.domain.definition import Definition
    from workflows.domain.message import Start
    from workflows.domain.process import Process
    from workflows.domain.proof import claim_of_start
    from workflows.domain.signature import Claim
    from workflows.domain.status import Status
    from workflows.publication import pull_request_of

DEFINE = "define"
DEFINING = RetryPolicy(maximum_interval=timedelta(seconds=10))
Newer = Callable[[int], int]
"""The newest version that is wished for meanwhile, if it is newer than this one; else 0."""


async def begin(start: Start, newer: Newer) -> Process:
    """The process before its first step; one that could not begin has ended already.

    A run that continues another was begun by the dispatcher itself, and needs no signature. Where
    a person begins a closed process anew, the forge is asked whether that one has a pull request.
    """
    info = workflow.info()
    claim = None
    if not info.continued_run_id:
        claim = claim_of_start(info.workflow_id, start, info.start_time)
    try:
        if start.version:
            definition = await _define_newest(start, claim, newer)
        else:
            definition = await define(start.kind, 0, claim)
    except ActivityError as error:
        if isinstance(error.cause, ApplicationError):
            return undefined(start, error.cause.message)
        raise asyncio.CancelledError from error
    if (before := anew.was_closed_before(start, info.continued_run_id)) and (
        url := await pull_request_of(start.key, before.process, before.run)
    ):
        return undefined(start, f"a pull request of the process before it may exist: {url}.")
    process = Process.begin(definition, start, workflow.now(), info.workflow_id, info.run_id)
    restart.greet(process, workflow.now())
    return process


async def define(kind: str, version: int, claim: Claim | None = None) -> Definition:
    """What a process of that kind is; waits for a worker that has the wanted version."""
    definition: Definition = await workflow.execute_activity(
        DEFINE,
        args=[kind, version, claim],
        result_type=Definition,
        start_to_close_timeout=timedelta(seconds=10),
        retry_policy=DEFINING,
        summary="What this process is",
    )
    return definition


async def _define_newest(start: Start, claim: Claim | None, newer: Newer) -> Definition:
    """As `define`, but goes on to a newer version when the wanted one is overtaken meanwhile."""
    version = start.version
    while True:
        work = asyncio.create_task(define(start.kind, version, claim))
        await workflow.wait_condition(lambda: work.done() or newer(version) > 0)  # noqa: B023  awaited here
        if work.done():
            return work.result()
        version = newer(version)
        work.cancel()
        await workflow.wait([work])


def undefined(start: Start, why: str) -> Process:
    """A process that has ended before it could begin."""
    info = workflow.info()
    nothing = Definition(start.kind, start.version, start.kind, ())
    process = Process.begin(nothing, start, workflow.now(), info.workflow_id, info.run_id)
    process.end(Status.FAILED, DISPATCHER, workflow.now(), f"Could not begin: {why}")
    return process
