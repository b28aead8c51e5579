"""What people had answered before counts only when somebody confirms it."""

from __future__ import annotations

import pytest
from temporalio.client import Client

from tests.stage import ADA, GRACE, Stage, find, new_id
from tests.workflows.relay import Work, to
from workflows.domain.message import Confirmed, Reconfirm
from workflows.domain.refused import Refused
from workflows.domain.status import Status


async def _answered_and_superseded(client: Client) -> tuple[Work, Stage]:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.answer("sign", verdict="OK")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        stage.run = await to(stage, 2)
        await stage.until_asked("check")
    return work, stage


async def test_earlier_answers_are_confirmed_by_one_act_and_name_who_gave_them(
    client: Client,
) -> None:
    work, stage = await _answered_and_superseded(client)
    async with stage.workers():
        process = await stage.until_asked("sign")
        assert process.predecessor and process.predecessor.by == ADA
        number = process.form.number if process.form else 0
        with pytest.raises(Refused, match="started this process"):
            await stage.send(Reconfirm(new_id(), GRACE, (Confirmed("sign", 1, number),)))
        with pytest.raises(Refused, match="run again meanwhile"):
            await stage.send(Reconfirm(new_id(), ADA, (Confirmed("sign", 2, number),)))
        await stage.send(Reconfirm(new_id(), ADA, (Confirmed("sign", 1, number),)))
        entry = find(await stage.process(), "sign").history[-1]
    assert (entry.status, entry.by) == (Status.OK, ADA)
    assert entry.predecessor == process.predecessor
    assert work.runs["sign"] == 1
