"""Run the dispatcher and the tasks: everything is put together here.

`python worker.py` serves all queues; `python worker.py --queue font-bakery` just that one.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner

from activities.adapters.github.setting import github_settings
from activities.adapters.misset import misset
from activities.adapters.settings import settings
from activities.adapters.temporal import connect
from activities.authoring import TaskModule
from activities.engine.activity import activities_of, describe, unknown_task
from activities.engine.verification import checks, verify, why_not
from activities.following.look import look
from activities.upkeep.archive import Archivist
from activities.upkeep.missing import follow_missing
from activities.upkeep.pull_request import find_pull_request
from activities.upkeep.round import call_until_heard
from activities.upkeep.sweep import Sweeper
from workflows import family_pr
from workflows.beginning import DEFINE
from workflows.dispatcher import Dispatcher
from workflows.domain.definition import Definition, StepDefinition
from workflows.domain.message import AnyMessage, Receipt, Start
from workflows.domain.mile import LastMile
from workflows.domain.outcome import Outcome
from workflows.domain.record import Record
from workflows.domain.sight import Sight
from workflows.domain.signature import Claim
from workflows.domain.sweeping import Order, Report
from workflows.follow import Follow
from workflows.keyring import KEYRING
from workflows.kind import Kind, Steps
from workflows.payload import prepare
from workflows.sweep import Sweep, SweepCall

PROCESSES: Mapping[str, Kind] = {"family-pr": family_pr}
SLOTS = {"font-bakery": 1, "browsers": 1}
"""How many tasks of a queue run at once in one worker; these fill a machine by themselves."""

TURNS = 4
"""How many dispatchers think at once. They share one interpreter: more would not be faster, and
each would take so long that Temporal takes it for deadlocked after two seconds: it begins again."""

SHAPES = (Start, AnyMessage, Receipt, Definition, Outcome, Record, LastMile, Sight, Order, Report)
"""What dispatchers read; worked out once, before the first of them."""

RUNNER = UnsandboxedWorkflowRunner()
"""Temporal's sandbox would import the dispatcher anew for each run, and be entered for each value
that is read or written: a third of a busy worker's time. The tests run dispatchers inside it."""

log = logging.getLogger("worker")


def definition(name: str, kind: Kind) -> Definition:
    """A kind of process as data."""
    return Definition(name, kind.VERSION, kind.TITLE, _steps(kind.STEPS), _steps(kind.ON_FAILURE))


def _steps(steps: Steps) -> tuple[StepDefinition, ...]:
    return tuple(
        StepDefinition(title, tuple(describe(module) for module in modules))
        for title, modules in steps.items()
    )


class Book:
    """The definitions that a worker can record."""

    def __init__(self, processes: Mapping[str, Kind]) -> None:
        self._processes = processes

    @activity.defn(name=DEFINE)
    async def define(self, name: str, version: int, claim: Claim | None = None) -> Definition:
        """Write down what a process is, so that it stays that until its end.

        A start that the site does not vouch for is refused. One without a claim needs no proof:
        it was made by the dispatcher itself.

        A version other than the wanted one is refused, and asked for again elsewhere: old and
        new workers side by side cannot hand a process to and fro. 0 wants the newest.
        """
        if claim and (why := await asyncio.to_thread(why_not, claim)):
            raise ApplicationError(why, non_retryable=True)
        if name not in self._processes:
            raise ApplicationError(f"There is no process “{name}”.", non_retryable=True)
        found = definition(name, self._processes[name])
        if version not in (0, found.version):
            raise ApplicationError(f"This worker has version {found.version}, not {version}.")
        return found


def modules(processes: Mapping[str, Kind]) -> list[TaskModule]:
    """Every task module of every process, once."""
    steps = [s for kind in processes.values() for s in (kind.STEPS, kind.ON_FAILURE)]
    return list(dict.fromkeys(m for step in steps for ms in step.values() for m in ms))


def queues(processes: Mapping[str, Kind] = PROCESSES) -> list[str]:
    """The task queues that the processes use, the dispatcher's first."""
    own = settings().task_queue
    return list(dict.fromkeys([own, *(getattr(m, "queue", own) for m in modules(processes))]))


def build(
    client: Client,
    queue: str,
    processes: Mapping[str, Kind] = PROCESSES,
    runner: WorkflowRunner = RUNNER,
) -> Worker:
    """A worker for one queue."""
    own = settings().task_queue
    mine = [m for m in modules(processes) if getattr(m, "queue", own) == queue]
    tasks = [function for module in mine for function in activities_of(module)]
    is_dispatcher = queue == own
    own_activities: list[Callable[..., Any]] = []
    if is_dispatcher:
        KEYRING.follow(checks)
        prepare(*SHAPES)
        own_activities = [Book(processes).define, verify, find_pull_request, look]
        versions = {name: kind.VERSION for name, kind in processes.items()}
        own_activities += [*Sweeper(client, versions).activities, Archivist(client).archive]
    return Worker(
        client,
        task_queue=queue,
        workflows=[Dispatcher, Follow, Sweep, SweepCall] if is_dispatcher else [],
        activities=[*tasks, unknown_task, *own_activities],
        workflow_runner=runner,
        max_concurrent_workflow_tasks=TURNS,
        max_concurrent_activities=SLOTS.get(queue, 20),
        max_heartbeat_throttle_interval=timedelta(seconds=1),
        graceful_shutdown_timeout=timedelta(seconds=2),
    )


async def _have_swept(client: Client) -> None:
    """See to it that older processes make way, now and from time to time."""
    await call_until_heard(client, Order({n: kind.VERSION for n, kind in PROCESSES.items()}))


async def _follow_missing(client: Client) -> None:
    """Follow what nobody follows; a fault in this does not end the worker."""
    try:
        if count := await follow_missing(client):
            log.info("%d pull requests are followed that were not before", count)
    except Exception:
        log.exception("could not look for pull requests that nobody follows")


async def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queue", choices=queues(), help="serve just this task queue")
    chosen = parser.parse_args().queue
    client = await connect()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    workers = [build(client, queue) for queue in ([chosen] if chosen else queues())]
    running = [asyncio.create_task(worker.run()) for worker in workers]
    log.info("serving %s", ", ".join(worker.task_queue for worker in workers))
    stopping = asyncio.create_task(stop.wait())
    is_dispatcher = chosen in (None, settings().task_queue)
    duties = (_follow_missing(client), _have_swept(client)) if is_dispatcher else ()
    upkeep = [asyncio.create_task(duty) for duty in duties]
    await asyncio.wait([stopping, *running], return_when=asyncio.FIRST_COMPLETED)
    for task in upkeep:
        task.cancel()
    await asyncio.gather(*(worker.shutdown() for worker in workers))
    await asyncio.gather(*running)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        github_settings()  # what cannot be is told now, not by the first task
        asyncio.run(main())
    except ValidationError as wrong:
        sys.exit("\n".join(misset(wrong)))
