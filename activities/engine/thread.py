"""A thread of its own for each running task: a task may block and still cannot stall its worker."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds that a cancelled task has to clean up before it is left behind."""


class _Work(Generic[T]):
    """A coroutine that runs in its own loop and thread, seen from the loop that waits for it."""

    def __init__(self, coroutine: Coroutine[Any, Any, T], name: str) -> None:
        self._coroutine = coroutine
        self._outside = asyncio.get_running_loop()
        self._inside: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[T] | None = None
        self.done: asyncio.Future[T] = self._outside.create_future()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run,), name=name)
        self._thread.daemon = True  # a task that never returns must not keep the worker alive
        self._thread.start()

    def _run(self) -> None:
        try:
            result = asyncio.run(self._main())
        except BaseException as error:  # handed over whole to the loop that waits
            self._hand_over(self._fail, error)
        else:
            self._hand_over(self._succeed, result)

    async def _main(self) -> Any:
        self._inside = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._coroutine)
        return await self._task

    def _hand_over(self, function: Callable[[Any], None], value: Any) -> None:
        if not self._outside.is_closed():
            self._outside.call_soon_threadsafe(function, value)

    def _succeed(self, result: T) -> None:
        if not self.done.done():
            self.done.set_result(result)

    def _fail(self, error: BaseException) -> None:
        if self.done.done():
            return
        if isinstance(error, asyncio.CancelledError):
            self.done.cancel()
        else:
            self.done.set_exception(error)

    def cancel(self) -> None:
        if self._inside and self._task and not self._inside.is_closed():
            self._inside.call_soon_threadsafe(self._task.cancel)


async def in_own_thread(coroutine: Coroutine[Any, Any, T], name: str) -> T:
    """Run a coroutine in a thread and loop of its own; cancelling this cancels it there."""
    work = _Work(coroutine, name)
    try:
        return await asyncio.shield(work.done)
    except asyncio.CancelledError:
        work.cancel()
        await asyncio.wait([work.done], timeout=PATIENCE)
        if work.done.done() and not work.done.cancelled():
            work.done.exception()  # seen: the cancellation is what counts
        raise
