"""A person begins a closed process anew: signed, linked both ways, with what still holds."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from temporalio.client import Client

from tests.stage import ADA, EVE, GRACE, Stage, find, new_id
from tests.workflows.record_succession import open_pull_request
from tests.workflows.relay import Work
from web.door.archive import Archive
from web.door.begun_anew import begin_anew
from web.door.processes import Processes
from web.door.remembered import Remembered
from web.door.signer import Signer
from workflows.domain.message import Restart, Start
from workflows.domain.process import Process
from workflows.domain.proof import FORGED
from workflows.domain.refused import Refused
from workflows.domain.status import Status


class InAnothersName(Signer):
    """Signs a restart, and hands on one that names somebody else."""

    async def start(self, process: str, start: Start) -> Start:
        signed = await super().start(process, start)
        assert signed.supersedes
        return replace(signed, supersedes=replace(signed.supersedes, by=GRACE))


async def closed(stage: Stage) -> Process:
    """A process that was stopped while its questions were open, one of them answered."""
    await stage.begin()
    await stage.answer("sign", verdict="OK")
    await stage.until_asked("check")
    await stage.stop("The tag is wrong.")
    return await stage.until(lambda p: p.ended)


async def anew(stage: Stage, message: Restart) -> str:
    door = Remembered(stage.processes, Archive())
    return (await begin_anew(door, await door.document(stage.key, stage.run), message)).run


async def led_on(stage: Stage, run: str) -> str:
    """The run that the page of an earlier one leads to; Temporal's lists are a moment behind."""
    door = Remembered(stage.processes, Archive())
    async with asyncio.timeout(30):
        while True:
            if run_after := (await door.document(stage.key, run)).successor:
                return run_after
            await asyncio.sleep(0.05)


async def test_a_closed_process_is_begun_anew_once_with_what_still_holds(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    message = Restart(new_id(), ADA, "The tag was moved.")
    async with stage.workers():
        await closed(stage)
        with pytest.raises(Refused, match="reason is missing"):
            await anew(stage, Restart(new_id(), ADA, " "))
        with pytest.raises(Refused, match="may restart"):
            await anew(stage, Restart(new_id(), EVE, "Mine!"))
        run = await anew(stage, message)
        assert await anew(stage, message) == run, "the same form leads to the same process"
        with pytest.raises(Refused, match="continues this one already"):
            await anew(stage, Restart(new_id(), ADA, "Again."))
        old, stage.run = stage.run, run
        process = await stage.until(lambda p: (t := find(p, "sign")) and t.form)
        assert await led_on(stage, old) == run
    assert work.runs == {"get": 1, "check": 1, "sign": 1}
    assert process.supersedes and process.supersedes.run == old
    assert (process.supersedes.by, process.initiator) == (ADA, GRACE)
    assert process.signed and process.signed.message["supersedes"]["by"]["login"] == "ada"
    assert "because: The tag was moved." in process.log[0].text
    asked = find(process, "sign").predecessor
    assert asked and asked.by == ADA, "a verdict is shown, and not carried over"


async def test_it_is_begun_anew_while_no_worker_runs_and_the_same_form_still_counts_once(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    message = Restart(new_id(), ADA, "The tag was moved.")
    async with stage.workers():
        await closed(stage)
    run, same = await asyncio.gather(anew(stage, message), anew(stage, message))
    assert same == run, "two clicks at once"
    assert await anew(stage, message) == run
    stage.run = run
    async with stage.workers():
        assert (await stage.until(lambda p: p.steps)).supersedes


async def test_where_another_process_of_the_family_is_open_it_is_refused(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await closed(stage)
        old = stage.run
        await stage.begin()
        newer, stage.run = stage.run, old
        with pytest.raises(Refused, match="is open already"):
            await anew(stage, Restart(new_id(), ADA, "Again."))
    assert await stage.processes.latest(stage.key) == newer


async def test_a_pull_request_that_only_the_forge_knows_is_found_before_it_begins(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await closed(stage)
        url = await open_pull_request(stage)
        stage.run = await anew(stage, Restart(new_id(), ADA, "Again."))
        process = await stage.until(lambda p: p.ended)
        with pytest.raises(Refused, match="could not begin"):
            await anew(stage, Restart(new_id(), ADA, "Once more."))
    assert process.ended and process.status is Status.FAILED
    assert f"may exist: {url}" in process.ended.text
    assert work.runs == {"get": 1, "check": 1, "sign": 1}, "nothing was done"


async def test_a_start_that_was_not_signed_for_whoever_restarts_does_not_begin(
    client: Client,
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await closed(stage)
        stage.processes = Processes(client, InAnothersName())
        stage.run = await anew(stage, Restart(new_id(), ADA, "Again."))
        process = await stage.until(lambda p: p.ended)
    assert process.ended and FORGED in process.ended.text
