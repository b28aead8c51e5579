"""The sweep: every open process of an older version makes way, however often it is killed."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio.client import Client

from activities.upkeep.round import NAME, call
from tests.stage import Stage, find
from tests.workflows.relay import Work, next_run
from web.door.archive import Archive
from web.door.remembered import Remembered
from workflows.domain.sweeping import Order, Report
from workflows.reading.row import Row
from workflows.reading.sweep_round import Round
from workflows.sweep import FIRST, THEN


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
    found = await last_rounds(stages[0])  # while no worker runs; a killed round has no report
    assert [one.state for one in found].count("TERMINATED") >= 1


async def last_rounds(stage: Stage) -> list[Round]:
    """The rounds, as soon as the last is listed as ended."""
    async with asyncio.timeout(30):
        while True:
            found = await stage.processes.rounds()
            if found and found[0].state == "COMPLETED":
                return found
            await asyncio.sleep(0.2)


async def test_the_report_of_a_round_names_every_process_that_was_told_to_make_way(
    client: Client,
) -> None:
    work = Work()
    stages = [Stage(client, work.play()) for _ in range(3)]
    await begin_all(stages)
    for stage in stages:
        stage.kinds = {"play": work.play(2)}
    async with stages[0].workers():
        asked = await swept(client, 2)
        for stage in stages:
            await next_run(stage)
    report = (await last_rounds(stages[0]))[0].reports  # as the site reads it, without a worker
    assert set(report) == {FIRST, *THEN}
    assert report == asked
    assert {stage.run for stage in stages} <= set(report[FIRST].done)
    assert report[FIRST].number == len(report[FIRST].done)


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
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr("activities.adapters.notify.tell", lambda *said: told.append(said))
    monkeypatch.setattr("activities.upkeep.rescue.pull_request_of", _a_pull_request)
    monkeypatch.setattr("workflows.running.perform", _other_commands)
    async with stage.workers():
        await swept(client, 1)
        assert await stage.processes.latest(stage.key) == stage.run
    assert "a person has to look after it" in (await stage.document()).why_closed
    assert (await on_the_board(stage)).phase == "stranded"
    heard = [said[0] for said in told if stage.key in said[1] and "a person has to" in said[2]]
    assert sorted(heard) == ["ada", "grace"], "the engineers, of whom one began it, once each"


async def on_the_board(stage: Stage) -> Row:
    """Its row, as soon as Temporal lists it as closed."""
    async with asyncio.timeout(30):
        while True:
            listed = await Remembered(stage.processes, Archive()).rows()
            row = next(row for row in listed if row.run == stage.run)
            if row.closed:
                return row
            await asyncio.sleep(0.5)


async def _a_pull_request(*_: Any) -> str:
    return "https://example.com/pull/1"


async def _other_commands(*_: Any) -> Any:
    raise NotImplementedError
