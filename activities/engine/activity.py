"""How a task module becomes Temporal activities: every way it can end is an outcome."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from temporalio import activity
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from activities.authoring import (
    Outcome,
    PassingFault,
    Progress,
    Status,
    TaskModule,
    current_progress,
    failed,
)
from activities.engine.argument import GIVEN, arguments
from activities.engine.redaction import redacted
from activities.engine.thread import in_own_thread
from workflows.domain.definition import TRIES, TaskDefinition
from workflows.domain.message import Call

BEAT = 3.0
"""Seconds between heartbeats; Temporal misses an activity after ten."""

LARGEST_OUTCOME = 400_000
"""Bytes of JSON; larger things belong into the store."""

OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)
LONGEST_FAULT = 500
"""Characters of a passing fault; the page shows it while the next try is waited for."""


def key(module: TaskModule) -> str:
    """The task's name for machines: the module's own."""
    return module.__name__.rpartition(".")[2]


def describe(module: TaskModule) -> TaskDefinition:
    """The task as data: all that a process will ever know of this module."""
    functions = [module.start, *([module.answer] if hasattr(module, "answer") else [])]
    wanted = dict.fromkeys(name for f in functions for name in inspect.signature(f).parameters)
    optional = {
        name: getattr(module, name)
        for name in ("provides", "queue", "limit", "version", "rerun_roles", "irrevocable")
        if hasattr(module, name)
    }
    needs = tuple(name for name in wanted if name not in GIVEN)
    return TaskDefinition(
        key(module),
        module.title,
        needs,
        answers=hasattr(module, "answer"),
        reusable=_is_reusable(module),
        asks_initiator="initiator" in inspect.signature(module.start).parameters,
        **optional,
    )


def _is_reusable(module: TaskModule) -> bool:
    """Whether equal needs give an equal result: nothing that differs from run to run is used."""
    used = set(inspect.signature(module.start).parameters)
    own = getattr(module, "irrevocable", False) or "pull_request" in getattr(module, "provides", ())
    return getattr(module, "reusable", not own) and not used & {"record", "callback", "place"}


def activities_of(module: TaskModule) -> list[Callable[[Call], Awaitable[Outcome]]]:
    """Each public function of the task as an activity named `<task>.<function>`."""
    return [_activity(module, name) for name in ("start", "answer") if hasattr(module, name)]


def _activity(module: TaskModule, name: str) -> Callable[[Call], Awaitable[Outcome]]:
    @activity.defn(name=f"{key(module)}.{name}")
    async def perform(call: Call) -> Outcome:
        return await _with_heartbeat(_guarded(module, getattr(module, name), call))

    return perform


@activity.defn(dynamic=True)
async def unknown_task(_: Sequence[RawValue]) -> Outcome:
    """Stands in for every task that this worker's code does not have."""
    name = activity.info().activity_type.partition(".")[0]
    return failed(
        f"The worker has no task “{name}” (any more). Update the worker and run the task again, "
        "or close the step with this reason."
    )


async def _with_heartbeat(work: Awaitable[Outcome]) -> Outcome:
    shown = Progress()
    current_progress.set(shown)
    beating = asyncio.create_task(_beat(shown))
    try:
        return await work
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating


async def _beat(shown: Progress) -> None:
    """By the clock, whatever the task does: a lost worker is noticed quickly."""
    told, waited = None, BEAT
    while True:
        if (now := asdict(shown)) != told or waited >= BEAT:
            activity.heartbeat(now)
            told, waited = now, 0.0
        await asyncio.sleep(0.5)
        waited += 0.5


async def _guarded(
    module: TaskModule, function: Callable[..., Awaitable[Outcome]], call: Call
) -> Outcome:
    limit = timedelta(seconds=call.limit)
    try:
        _check_version(module, call)
        given = arguments(function, call)
        async with asyncio.timeout(call.limit):
            outcome = await in_own_thread(_run(function, given), f"{call.task}-{call.attempt}")
        return _checked(module, outcome)
    except PassingFault as fault:
        return _try_again(fault)
    except TimeoutError:
        return failed(f"It took longer than its limit of {limit} and was stopped.")
    except asyncio.CancelledError:
        if (why := activity.cancellation_details()) and why.worker_shutdown:
            raise ApplicationError("The worker was stopped.", type="WorkerStopped") from None
        raise
    except Exception as error:
        activity.logger.exception("%s broke", call.task)  # the stack trace stays in the log
        return failed(redacted(f"It broke: {type(error).__name__}: {error}")[:2000])


async def _run(function: Callable[..., Awaitable[Outcome]], given: dict[str, Any]) -> Outcome:
    return await function(**given)


def _try_again(fault: PassingFault) -> Outcome:
    if activity.info().attempt >= TRIES:
        return failed(redacted(f"It was tried {TRIES} times. {fault}"))
    delay = timedelta(seconds=fault.after) if fault.after is not None else None
    said = redacted(str(fault))[:LONGEST_FAULT]
    # Without the trace behind it: Temporal shows no failure that is longer than some 2 kB.
    raise ApplicationError(said, type="PassingFault", next_retry_delay=delay) from None


def _check_version(module: TaskModule, call: Call) -> None:
    here = getattr(module, "version", 1)
    if here != call.version:
        raise ValueError(
            f"this process was begun with version {call.version} of the task, the worker has "
            f"version {here}. Restart the process, or use a worker of the older version."
        )


def _checked(module: TaskModule, outcome: Outcome) -> Outcome:
    """Refuse an outcome that could not be kept or acted upon: then the task is FAILED."""
    if not isinstance(outcome, Outcome):
        raise TypeError(f"the task returned {type(outcome).__name__}, not an outcome")
    if (outcome.status is Status.PENDING) != (outcome.form is not None):
        raise ValueError("a pending task has to ask something, a finished one must not")
    if surplus := outcome.names.keys() - set(getattr(module, "provides", ())):
        raise ValueError(f"the task publishes {', '.join(sorted(surplus))} without saying so")
    size = len(OUTCOME.dump_json(outcome))
    if size > LARGEST_OUTCOME:
        raise ValueError(f"the outcome has {size} bytes; put large things into the store")
    return replace(outcome, text=redacted(outcome.text))
