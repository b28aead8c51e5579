"""What the pages of the fake are told of changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Protocol

from workflows.reading.document import Document
from workflows.reading.row import Row


class Watched(Protocol):
    """As web.process.live.Hub; whoever changes something notifies `changed`."""

    changed: asyncio.Condition

    async def rows(self) -> list[Row]:
        """The board."""

    async def document(self, key: str, run: str) -> Document:
        """A process as it stands now."""

    async def watch(self, key: str, run: str) -> AsyncGenerator[Document, None]:
        """A document at once, and after every change."""
        seen: object = None
        while True:
            document = await self.document(key, run)
            if (document.events, document.successor) != seen:
                seen = (document.events, document.successor)
                yield document
            else:
                await self._wait()

    async def watch_board(self) -> AsyncGenerator[list[Row], None]:
        """Rows at once, and after every change."""
        while True:
            yield await self.rows()
            await self._wait()

    async def _wait(self) -> None:
        """Until something changes, or a little while: what changed meanwhile is not missed."""
        with contextlib.suppress(TimeoutError):
            async with self.changed, asyncio.timeout(0.5):
                await self.changed.wait()
