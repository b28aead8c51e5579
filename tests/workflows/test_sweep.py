"""The sweep: every open process of an older version makes way, however often it is killed."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio.client import Client

from activities.upkeep.round import NAME, call
from tests.stage import Stage, find
from tests.workflows.relay import Work, next_run
from workflows.domain.sweeping import Order, Report


async def swept(client: Client, version: int) -> dict[str, Report]:
    """Have a round made, and wait for its end."""
    await call(client, Order({"play": version}))
    handle = client.get_workflow_handle(NAME, result_type=dict[str, Report])
    async with asyncio.timeout(60):
        result: dict[str, Report] = await handle.result()
    return result


async def begin_all(stages: list[Stage]) -> None:
    async with stages[0].workers():
        await asyncio.gather(*(stage.begin() for stage in stages))
        await asyncio.gather(*(stage.until_asked("check") for stage in stages))


async def test_every_open_process_is_replaced_once_though_the_sweep_is_killed(
    client: Client,
) -> None:
    work = Work()
    stages = [Stage(client, work.play()) for _ in range(4)]
    await begin_all(stages)
    for stage in stages:
        stage.kinds = {"play": work.play(2)}
    async with stages[0].workers():
        await call(client, Order({"play": 2}))
        await asyncio.sleep(0.3)
        await client.get_workflow_handle(NAME).terminate("killed by a test")
        reports = await swept(client, 2)
        assert not reports["sweep.supersede"].faults
        for stage in stages:
            old, stage.run = stage.run, await next_run(stage)
            process = await stage.until(lambda p: find(p, "check").form)
            assert process.supersedes and process.supersedes.run == old
            assert (process.version, process.supersedes.earlier) == (2, 1)
        await swept(client, 2)
        for stage in stages:
            assert await stage.processes.latest(stage.key) == stage.run
    await until_listed(stages)  # while no worker runs; a round that was killed has no report


async def until_listed(stages: list[Stage]) -> None:
    """Wait until the last round is listed as ended, with a report of each of its duties."""
    processes = stages[0].processes
    async with asyncio.timeout(30):
        while True:
            found = await processes.rounds()
            if found and found[0].state == "COMPLETED":
                break
            await asyncio.sleep(0.2)
    assert [one.state for one in found].count("TERMINATED") >= 1
    assert set(found[0].reports) == {
        "sweep.supersede",
        "sweep.rescue",
        "sweep.find_orphans",
        "archive",
    }


async def test_an_old_worker_leaves_the_sweep_to_a_newer_one(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await call(client, Order({"play": 2}))
        await asyncio.sleep(1)
        assert (await stage.process()).wanted is None
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        assert await next_run(stage) != stage.run
        await client.get_workflow_handle(NAME).terminate("the test is over")


async def test_a_process_that_cannot_be_replayed_is_begun_anew_with_the_reason(
    client: Client, monkeypatch: Any
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
    told: list[str] = []
    monkeypatch.setattr("activities.adapters.notify.tell", lambda login, *_: told.append(login))
    monkeypatch.setattr("workflows.running.perform", _other_commands)
    async with stage.workers():
        async with asyncio.timeout(60):
            reports = await swept(client, 1)
        assert any("begun anew" in line for line in reports["sweep.rescue"].done), reports
        old = await stage.document()
        run = await stage.processes.latest(stage.key)
    assert old.closed == "TERMINATED"
    assert "begun anew" in old.why_closed
    assert {"ada", "grace"} <= set(told)
    new = await stage.processes.document(stage.key, run)
    assert new.process and new.process.supersedes and new.process.supersedes.run == stage.run


async def test_where_a_pull_request_exists_a_person_is_told_and_nothing_begins_anew(
    client: Client, monkeypatch: Any
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
    told: dict[str, str] = {}
    monkeypatch.setattr(
        "activities.adapters.notify.tell", lambda who, _, text: told.update({who: text})
    )
    monkeypatch.setattr("activities.upkeep.rescue.pull_request_of", _a_pull_request)
    monkeypatch.setattr("workflows.running.perform", _other_commands)
    async with stage.workers():
        await swept(client, 1)
        assert await stage.processes.latest(stage.key) == stage.run
    assert "a person has to look after it" in (await stage.document()).why_closed
    assert {"ada", "grace"} <= {who for who, text in told.items() if "a person has to" in text}


async def _a_pull_request(*_: Any) -> str:
    return "https://example.com/pull/1"


async def _other_commands(*_: Any) -> Any:
    raise NotImplementedError
