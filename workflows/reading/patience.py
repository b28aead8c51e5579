"""Patience: waits for work as long as it gets on, and leaves work that does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

TICK = 0.5
"""Seconds between two looks. Counting looks, not seconds: where everything stood still, the work
could not get on either."""

CANCELS = 5
"""Temporal's replay waits again while it is cancelled, in several places."""

_left: set[asyncio.Task[Any]] = set()


class StoodStill(Exception):  # noqa: N818  reads as a sentence
    """The work did not get on any more."""


async def while_it_gets_on(
    work: Coroutine[Any, Any, T], progress: Callable[[], int], looks: int
) -> T:
    """What the work comes to. Raises StoodStill after so many looks without progress.

    Whoever waits may be cancelled, as when a reader leaves; the work comes to its own end then.
    """
    watching = asyncio.create_task(_watched(work, progress, looks))
    _keep(watching)
    return await asyncio.shield(watching)


async def _watched(work: Coroutine[Any, Any, T], progress: Callable[[], int], looks: int) -> T:
    task = asyncio.create_task(work)
    seen, idle = progress(), 0
    while idle < looks:
        if (await asyncio.wait({task}, timeout=TICK))[0]:
            return task.result()
        now = progress()
        seen, idle = now, idle + 1 if now == seen else 0
    await _leave(task)
    raise StoodStill


async def _leave(task: asyncio.Task[Any]) -> None:
    """End the work; if it does not end by that, nobody waits for it any more."""
    _keep(task)
    for _ in range(CANCELS):
        task.cancel()
        if (await asyncio.wait({task}, timeout=TICK / 10))[0]:
            break


def _keep(task: asyncio.Task[Any]) -> None:
    """Or it could be collected while it is pending, which is complained of."""
    _left.add(task)
    task.add_done_callback(_forget)


def _forget(task: asyncio.Task[Any]) -> None:
    _left.discard(task)
    if not task.cancelled():
        task.exception()  # whatever it was, it is of no interest by now
