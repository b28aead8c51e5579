"""The sweep: keeps all processes in order, whoever starts it; killed and run again, it ends alike.

Each worker starts it, and a schedule does; there is one at a time, under one fixed id. What it does
is repeatable, so it keeps nothing itself but the report of what it found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.domain.sweeping import Order, Report
    from workflows.sent import only

FIRST = "sweep.supersede"
THEN = ("sweep.rescue", "sweep.find_orphans", "archive", "sweep.tell")
BEFORE = (FIRST, *THEN[:3])
"""The duties of rounds that were begun before making way came first."""

PATIENTLY = RetryPolicy(maximum_attempts=20, maximum_interval=timedelta(seconds=10))
"""Enough for lost workers, and for an old worker that has to leave it to a newer one."""


@workflow.defn(name="Sweep")
class Sweep:
    """One round; asked for again meanwhile, it makes another.

    Older processes are told to make way at once, whatever else is being done: people wait for it.
    """

    @workflow.init
    def __init__(self, order: Order) -> None:
        self.versions = dict(order.versions)
        self.asked = self.hurried = True
        self.others: asyncio.Task[None] | None = None
        self.reports: dict[str, Report] = {}

    @workflow.run
    async def run(self, order: Order) -> dict[str, Report]:
        """Do all duties; one that fails does not keep the others from it."""
        if workflow.patched("making-way-first"):
            await self._make_way_first()
        else:
            await self._one_after_the_other()
        return self.reports

    async def _one_after_the_other(self) -> None:
        while self.asked:
            self.asked = False
            for duty in BEFORE:
                self.reports[duty] = await self._do(duty)

    async def _make_way_first(self) -> None:
        while self.hurried or self.asked or self._is_busy():
            if self.hurried:
                await self._have_replaced()
            elif self._is_busy():
                await workflow.wait_condition(lambda: self.hurried or not self._is_busy())
            else:
                self.asked = False
                self.others = asyncio.create_task(self._do_others())

    def _is_busy(self) -> bool:
        return self.others is not None and not self.others.done()

    async def _have_replaced(self) -> None:
        """Have older processes told to make way; for a newer version, it is begun anew."""
        self.hurried = False
        versions = dict(self.versions)
        work = asyncio.create_task(self._do(FIRST))
        await workflow.wait_condition(lambda: work.done() or self.versions != versions)
        if work.done():
            self._report(FIRST, work.result())
        else:
            work.cancel()  # whoever does it may be dead, and is not waited for
            self.hurried = True

    async def _do_others(self) -> None:
        for duty in THEN:
            self._report(duty, await self._do(duty))

    def _report(self, duty: str, found: Report) -> None:
        self.reports[duty] = self.reports.get(duty, Report()).then(found)

    async def _do(self, duty: str) -> Report:
        try:
            found: Report = await workflow.execute_activity(
                duty,
                args=[] if duty == "archive" else [Order(self.versions)],
                result_type=Report,
                start_to_close_timeout=timedelta(minutes=30),
                heartbeat_timeout=timedelta(seconds=15),
                retry_policy=PATIENTLY,
            )
        except ActivityError as error:
            cause = error.cause
            why = cause.message if isinstance(cause, ApplicationError) else str(cause or error)
            return Report(faults=(f"not done: {why}"[:500],))
        return found

    @workflow.signal(dynamic=True)
    def again(self, name: str, sent: Sequence[RawValue]) -> None:
        """Make another round, for these versions if they are newer; rubbish asks for nothing."""
        order: Order | None = only(sent, Order) if name == "again" else None
        if order is None:
            return
        for kind, version in order.versions.items():
            self.versions[kind] = max(version, self.versions.get(kind, 0))
        self.asked = self.hurried = True

    @workflow.query
    def report(self) -> dict[str, Report]:
        """What was found so far, by duty."""
        return self.reports


@workflow.defn(name="SweepCall")
class SweepCall:
    """What the schedule starts, as its own runs cannot have the fixed id."""

    @workflow.run
    async def run(self) -> None:
        """Have a round made, or wait for nothing where one is being made."""
        await workflow.execute_activity(
            "sweep.call", start_to_close_timeout=timedelta(minutes=1), retry_policy=PATIENTLY
        )
