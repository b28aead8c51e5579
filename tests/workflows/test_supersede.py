"""A new version: the old process is closed, the new one goes on with what still holds."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import Client

from tests.stage import ADA, Stage, answer_to, find, new_id
from tests.workflows.relay import Work, next_run, to, wish
from workflows.domain.message import Restart
from workflows.domain.process import Process
from workflows.domain.refused import Refused
from workflows.domain.status import Status


async def next_or_defined(stage: Stage) -> Process:
    await wish(stage, 3)
    async with asyncio.timeout(20):
        while True:
            run = await stage.processes.latest(stage.key)
            process = (await stage.processes.document(stage.key, run)).process
            if process and process.version == 3:
                return process
            await asyncio.sleep(0.05)


async def test_an_old_process_is_closed_and_a_new_one_goes_on_with_what_still_holds(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.answer("sign", verdict="OK")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        old = stage.run
        await wish(stage, 2)
        new = await to(stage, 2)
        before = (await stage.document()).process
        stage.run = new
        after = await stage.until(lambda p: (t := find(p, "check")) and t.form)
    assert before and before.superseded and before.ended
    assert before.superseded.holds == ("Get", "Check", "Sign")
    assert before.status is Status.FAILED and "Superseded by version 2" in before.ended.text
    assert len([line for line in before.log if "To be replaced" in line.text]) == 1
    assert after.supersedes and (after.supersedes.run, after.version) == (old, 2)
    assert work.runs == {"get": 1, "check": 1, "sign": 1}
    taken = find(after, "get").history[-1]
    assert taken.taken_over_from and taken.taken_over_from.run == old
    assert "Taken over from version 1" in taken.text
    assert find(after, "sign").status is Status.PENDING, "a verdict is not carried over"


async def test_a_task_of_another_version_or_with_other_inputs_runs_again(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.until_asked("sign")
    stage.kinds = {"play": work.play(2, check=2)}
    async with stage.workers():
        stage.run = await to(stage, 2)
        await stage.until_asked("check")
    assert work.runs == {"get": 1, "check": 2, "sign": 1}


async def test_a_process_that_opens_its_pull_request_finishes_and_is_never_replaced(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.answer("check", verdict="OK")
        await stage.answer("sign", verdict="OK")
        await stage.until(lambda p: find(p, "open").attempt)
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        await wish(stage, 2)
        await stage.until(lambda p: p.wanted)
        with pytest.raises(Refused, match="must not be interrupted"):
            await stage.send(Restart(new_id(), ADA, "now!"))
        work.gate.set()
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.OK and process.superseded is None
    assert any("pull request exists" in line.text for line in process.log)
    assert await stage.processes.latest(stage.key) == stage.run


async def test_the_process_goes_on_until_a_worker_of_the_wanted_version_is_there(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await wish(stage, 2)
        await stage.until(lambda p: p.wanted)
        await stage.answer("sign", verdict="OK")
        assert (await stage.process()).ended is None
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        run = await next_run(stage)
        stage.run = run
        process = await stage.until_asked("sign")
    assert process.predecessor


async def test_a_successor_that_is_overtaken_before_it_is_defined_begins_as_the_newest(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        stage.run = await to(stage, 2)
    stage.kinds = {"play": work.play(3)}
    async with stage.workers():
        first = await next_or_defined(stage)
        assert first.version in (2, 3)


async def test_a_person_restarts_a_process_with_a_reason(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("check")
        with pytest.raises(Refused, match="reason is missing"):
            await stage.send(Restart(new_id(), ADA, " "))
        await stage.send(Restart(new_id(), ADA, "The tag was moved."))
        new = await next_run(stage)
        with pytest.raises(Refused, match="has ended"):
            await stage.send(answer_to(asked, verdict="OK"))
        stage.run = new
        process = await stage.until(lambda p: (t := find(p, "check")) and t.form)
    assert process.supersedes and process.supersedes.by == ADA
    assert process.version == 1


async def test_a_message_of_a_newer_site_leaves_a_line_and_changes_nothing(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        strange = {"kind": "stop", "id": "x", "by": {"login": "ada"}, "reason": "r", "novel": 1}
        await stage.processes.handle(stage.key, stage.run).signal("act_later", strange)
        process = await stage.until(lambda p: p.log)
    assert "a newer site sent it" in process.log[0].text
    assert process.ended is None
