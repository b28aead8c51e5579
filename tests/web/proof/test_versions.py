"""Processes that made way for others, and those that follow them, are genuine too."""

from __future__ import annotations

from typing import Any

from temporalio.client import Client

from tests.stage import ADA, Stage, new_id
from tests.web.proof.recorded import checked, record_of
from tests.workflows.relay import Work, to
from workflows.domain.message import Confirmed, Reconfirm


async def test_what_is_taken_over_and_confirmed_again_is_genuine(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.answer("sign", verdict="OK")
    old = stage.run
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        stage.run = await to(stage, 2)
        await stage.until_asked("check")
        task = await stage.until_asked("sign")
        number = task.form.number if task.form else 0
        await stage.send(Reconfirm(new_id(), ADA, (Confirmed("sign", 1, number),)))
        await stage.stop("Enough.")
        await stage.until(lambda p: p.ended)
    runs = [stage.processes.handle(stage.key, run) for run in (old, stage.run)]
    verdict = await checked(await record_of(*[await run.fetch_history() for run in runs]))
    assert (verdict.findings, verdict.undecided) == ([], [])
    assert verdict.checked["processes"] == 2


async def test_what_others_signal_spoils_no_record(client: Client) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        handle = stage.processes.handle(stage.key, stage.run)
        shapes: list[list[Any]] = [[], ["rubbish"], [{}, {}]]
        for sent in shapes:
            await handle.signal("act_later", args=sent)
            await handle.signal("supersede", args=sent)
        await stage.stop("Enough.")
        await stage.until(lambda p: p.ended)
    verdict = await checked(await record_of(await handle.fetch_history()))
    assert (verdict.findings, verdict.undecided) == ([], [])
