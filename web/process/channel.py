"""A channel: the newest value of something, for all who watch it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger("web.process.channel")


class Channel(Generic[T]):
    """The newest value of something, for any number of viewers; a slow one skips values."""

    def __init__(self, follow: Callable[[Channel[T]], Awaitable[None]]) -> None:
        self._changed = asyncio.Condition()
        self._value: T | None = None
        self._number = 0
        self._viewers = 0
        self._follower: asyncio.Task[None] | None = None
        self._follow = follow

    async def publish(self, value: T) -> None:
        """Show a value to all viewers, if it differs from the last."""
        if value != self._value:
            async with self._changed:
                self._value, self._number = value, self._number + 1
                self._changed.notify_all()

    async def watch(self) -> AsyncGenerator[T, None]:
        """Each new value; the source is followed while anybody watches."""
        self._viewers += 1
        if self._follower is None:
            self._value = None
            self._follower = asyncio.create_task(self._run())
        try:
            seen = 0 if self._value is not None else self._number
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self._number > seen)  # noqa: B023  at once
                    seen, value = self._number, self._value
                if value is not None:
                    yield value
        finally:
            self._viewers -= 1
            if not self._viewers and self._follower:
                self._follower.cancel()
                self._follower = None  # whoever comes while it ends needs another one

    async def _run(self) -> None:
        try:
            await self._follow(self)
        except Exception:
            log.exception("following stopped; the next viewer begins again")
            self._follower = None

    @property
    def is_idle(self) -> bool:
        """Whether nobody watches."""
        return not self._viewers
