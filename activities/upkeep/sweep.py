"""The sweep's duties: every open process of an older version makes way for the one in use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.upkeep import orphan, rescue, telling
from activities.upkeep.round import call
from activities.upkeep.sticky import free
from workflows.domain.actor import SWEEP
from workflows.domain.message import Supersede
from workflows.domain.sweeping import Order, Report
from workflows.reading.listing import open_rows
from workflows.reading.row import Row

LOOKS = 2
"""How often in a row nothing new has to be listed: the list is behind what happens."""

AT_ONCE = 20


class Sweeper:
    """The activities of a worker that has these versions of the kinds of process."""

    def __init__(self, client: Client, versions: Mapping[str, int]) -> None:
        self._client = client
        self._versions = dict(versions)

    @property
    def activities(self) -> list[Callable[..., Any]]:
        """All duties, and what the schedule calls."""
        return [self.supersede, self.rescue, self.find_orphans, self.tell, self.call]

    @activity.defn(name="sweep.call")
    async def call(self) -> None:
        """Have a round made."""
        await call(self._client, Order(self._versions))

    @activity.defn(name="sweep.supersede")
    async def supersede(self, order: Order) -> Report:
        """Ask every open process of an older version to make way."""
        self._check(order)
        async with beating():
            told: set[str] = set()
            quiet = 0
            while quiet < LOOKS:
                quiet = 0 if await self._ask_all(told) else quiet + 1
                await asyncio.sleep(1)
        return Report(len(told), tuple(sorted(told)[:100]))

    @activity.defn(name="sweep.rescue")
    async def rescue(self, order: Order) -> Report:
        """Replace what cannot be replayed any more."""
        self._check(order)
        async with beating():
            return await rescue.rescue_all(self._client, self._versions)

    @activity.defn(name="sweep.find_orphans")
    async def find_orphans(self, order: Order) -> Report:
        """Finish replacements that were interrupted, and report other terminated processes."""
        self._check(order)
        async with beating():
            return await orphan.find(self._client, self._versions)

    @activity.defn(name="sweep.tell")
    async def tell(self, order: Order) -> Report:
        """Tell people what became of their processes."""
        self._check(order)
        async with beating():
            return await telling.tell_all(self._client)

    def _check(self, order: Order) -> None:
        """An old worker beside a new one does not judge what it does not know."""
        for kind, wanted in order.versions.items():
            if (here := self._versions.get(kind, 0)) < wanted:
                raise ApplicationError(f"This worker has version {here} of {kind}, not {wanted}.")

    async def _ask_all(self, told: set[str]) -> bool:
        """Whether the list had anything that was not asked yet."""
        new = []
        for kind, version in self._versions.items():
            async for row in open_rows(self._client, kind):
                older = row.version.isdigit() and int(row.version) < version
                if older and row.run not in told:
                    new.append((row, version))
        gate = asyncio.Semaphore(AT_ONCE)

        async def ask(row: Row, version: int) -> None:
            async with gate:
                await self._ask(row, version)
            told.add(row.run)

        await asyncio.gather(*(ask(row, version) for row, version in new))
        return bool(new)

    async def _ask(self, row: Row, version: int) -> None:
        message = Supersede(f"supersede-{row.run}-{version}", SWEEP, version, row.run)
        handle = self._client.get_workflow_handle(row.workflow_id, run_id=row.run)
        await free(self._client, row.workflow_id, row.run)  # an older worker has it in memory
        try:
            await handle.signal("supersede", message)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # closed meanwhile: nothing to ask
                raise


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """Heartbeats while the block lasts, so that a killed worker is noticed."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(3)

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
