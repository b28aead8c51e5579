"""The sweep: keeps all processes in order, whoever starts it; killed and run again, it ends alike.

Each worker starts it, and a schedule does; there is one at a time, under one fixed id. What it does
is repeatable, so it keeps nothing itself but the report of what it found.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.domain.sweeping import Order, Report

DUTIES = ("sweep.supersede", "sweep.rescue", "sweep.find_orphans", "archive")
PATIENTLY = RetryPolicy(maximum_attempts=20, maximum_interval=timedelta(seconds=10))
"""Enough for lost workers, and for an old worker that has to leave it to a newer one."""


@workflow.defn(name="Sweep")
class Sweep:
    """One round; asked for again meanwhile, it makes another."""

    @workflow.init
    def __init__(self, order: Order) -> None:
        self.versions = dict(order.versions)
        self.asked = True
        self.reports: dict[str, Report] = {}

    @workflow.run
    async def run(self, order: Order) -> dict[str, Report]:
        """Do all duties, one after the other; one that fails does not keep the others from it."""
        while self.asked:
            self.asked = False
            for duty in DUTIES:
                self.reports[duty] = await self._do(duty)
        return self.reports

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

    @workflow.signal
    def again(self, order: Order) -> None:
        """Make another round, for these versions if they are newer."""
        for kind, version in order.versions.items():
            self.versions[kind] = max(version, self.versions.get(kind, 0))
        self.asked = True

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
