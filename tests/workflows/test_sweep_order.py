"""The order of the sweep: whoever waits for a newer version never waits for slow duties."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowHandle, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, Worker

from worker import RUNNER
from workflows.domain.sweeping import Order, Report
from workflows.sweep import Sweep

HISTORIES = Path(__file__).parent / "histories" / "sweep"


class Duties:
    """Activities that say what they were asked for; those in `slow` wait for the gate."""

    def __init__(self, *slow: str) -> None:
        self.asked: list[tuple[str, int]] = []
        self.slow = set(slow)
        self.gate = asyncio.Event()

    async def _do(self, name: str, order: Order) -> Report:
        version = order.versions["play"]
        self.asked.append((name, version))
        if name in self.slow:
            await self.gate.wait()
        return Report(1, (f"{name} {version}",))

    @property
    def activities(self) -> list[Callable[..., Any]]:
        @activity.defn(name="sweep.supersede")
        async def supersede(order: Order) -> Report:
            return await self._do("supersede", order)

        @activity.defn(name="sweep.rescue")
        async def rescue(order: Order) -> Report:
            return await self._do("rescue", order)

        @activity.defn(name="sweep.find_orphans")
        async def orphans(order: Order) -> Report:
            return Report()

        @activity.defn(name="archive")
        async def archive() -> Report:
            return Report(archived=1, before=7)

        @activity.defn(name="sweep.tell")
        async def tell(order: Order) -> Report:
            return Report()

        return [supersede, rescue, orphans, archive, tell]

    async def until(self, what: tuple[str, int]) -> None:
        async with asyncio.timeout(30):
            while what not in self.asked:  # noqa: ASYNC110  a real server is waited for
                await asyncio.sleep(0.02)


def worker(client: Client, duties: Duties) -> Worker:
    return Worker(
        client,
        task_queue="sweeping",
        workflows=[Sweep],
        workflow_runner=RUNNER,
        activities=duties.activities,
    )


def read(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json("sweep", path.read_text())


async def begin(client: Client, id: str, version: int) -> WorkflowHandle[Sweep, dict[str, Report]]:
    return await client.start_workflow(
        Sweep.run, Order({"play": version}), id=id, task_queue="sweeping"
    )


async def test_a_newer_version_does_not_wait_for_slow_duties_of_the_round_before(
    client: Client,
) -> None:
    duties = Duties("rescue")
    async with worker(client, duties):
        sweep = await begin(client, "sweep-slow", 2)
        await duties.until(("rescue", 2))
        await sweep.signal("again", Order({"play": 3}))
        await duties.until(("supersede", 3))
        assert ("rescue", 3) not in duties.asked, "two rounds of the slow ones at once"
        duties.gate.set()
        reports = await sweep.result()
    assert duties.asked[-1] == ("rescue", 3), "and those follow, for the newer version too"
    assert reports["sweep.supersede"].done == ("supersede 2", "supersede 3")
    assert (reports["archive"].archived, reports["archive"].before) == (2, 7)


async def test_a_newer_version_does_not_wait_for_a_worker_that_died_with_an_older_wish(
    client: Client,
) -> None:
    duties = Duties("supersede")
    async with worker(client, duties):
        sweep = await begin(client, "sweep-dead", 2)
        await duties.until(("supersede", 2))
        await sweep.signal("again", Order({"play": 3}))
        await duties.until(("supersede", 3))
        duties.gate.set()
        assert (await sweep.result())["sweep.supersede"].done == ("supersede 3",)


async def test_a_signal_of_any_shape_breaks_no_round(client: Client) -> None:
    duties = Duties("rescue")
    async with worker(client, duties):
        sweep = await begin(client, "sweep-rubbish", 2)
        await duties.until(("rescue", 2))
        await sweep.signal("again")
        await sweep.signal("again", args=["rubbish", 5])
        await sweep.signal("unknown", {"versions": {"play": 4}})
        await sweep.signal("again", Order({"play": 3}))
        await duties.until(("supersede", 3))
        duties.gate.set()
        await sweep.result()


@pytest.mark.parametrize("path", sorted(HISTORIES.glob("*/*.json")), ids=lambda p: p.parent.name)
async def test_rounds_of_every_released_version_replay(path: Path) -> None:
    history = read(path)
    replayer = Replayer(
        workflows=[Sweep], workflow_runner=RUNNER, data_converter=pydantic_data_converter
    )
    await replayer.replay_workflow(history)


def test_two_reports_become_one() -> None:
    both = Report(2, ("a", "b"), ("lost",), 3, 4).then(Report(2, ("b", "c"), (), 1, 7))
    assert both == Report(3, ("a", "b", "c"), (), 4, 7)
