"""The list of processes: one look for all who ask, so that many readers cost as much as one."""

from __future__ import annotations

import asyncio
import time

from temporalio.client import Client

from web.door.fault import Unreachable, answering
from workflows.reading.listing import Followed, look
from workflows.reading.row import Row

FRESH = 0.5
"""Seconds for which a look is good for everybody: a Temporal server allows ten lists a second."""


class Listed:
    """What Temporal lists now; `followed` is what became of pull requests, by process."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._looking = asyncio.Lock()
        self._rows: list[Row] = []
        self._fault: Unreachable | None = None
        self._looked_at = -FRESH
        self.followed: Followed = {}

    async def rows(self) -> list[Row]:
        """Open processes first, then the newest. Who waited for a look in vain does not wait on."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= FRESH:
                await self._look()
            if self._fault:
                raise self._fault
        return self._rows

    async def _look(self) -> None:
        self._fault = None
        try:
            async with answering():
                self._rows, self.followed = await look(self._client)
        except Unreachable as fault:
            self._fault = fault
        finally:
            self._looked_at = time.monotonic()

    def forget(self) -> None:
        """Look anew when asked next: something was begun."""
        self._looked_at = -FRESH
