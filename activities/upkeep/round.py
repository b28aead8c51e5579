"""A round of the sweep: asked for by whoever starts, made once at a time; and its schedule."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)
from temporalio.common import WorkflowIDConflictPolicy

from activities.adapters.settings import settings
from activities.upkeep.sticky import free
from workflows.domain.sweeping import Order

NAME = "sweep"
LONGEST_PAUSE = 60.0

log = logging.getLogger("sweep")


async def call(client: Client, order: Order) -> None:
    """Have a round made: a new one, or one more of the sweep that runs."""
    await free(client, NAME)  # whoever began it may have been killed
    await client.start_workflow(
        "Sweep",
        order,
        id=NAME,
        task_queue=settings().task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        start_signal="again",
        start_signal_args=[order],
        static_summary="Keeps all processes in order",
    )


async def call_until_heard(client: Client, order: Order, pause: float = 1.0) -> None:
    """Have a round made now and from time to time; a server that does not answer is asked again.

    A worker must serve meanwhile: it may be the only one that can lighten the server's load.
    `pause` is the first one between two tries, in seconds; each is twice as long as the last.
    """
    while True:
        try:
            await call(client, order)
            await schedule(client)
        except Exception as error:  # whatever it is, the worker serves on
            log.warning("the sweep could not be called, it is tried again: %s", error)
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def schedule(client: Client) -> None:
    """See to it that a round is made every SWEEP_MINUTES; nothing happens where that is so."""
    every = timedelta(minutes=settings().sweep_minutes)
    action = ScheduleActionStartWorkflow(
        "SweepCall", id=f"{NAME}-call", task_queue=settings().task_queue
    )
    with suppress(ScheduleAlreadyRunningError):
        await client.create_schedule(
            NAME,
            Schedule(
                action=action,
                spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
                policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
            ),
        )
