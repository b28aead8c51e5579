"""What the site signs counts; a start that it did not sign ends at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client

from activities.adapters import signing_key
from activities.adapters.settings import settings
from activities.engine.verification import why_not
from tests.stage import ADA, GRACE, Stage, answer_to, find
from tests.workflows.test_forged import stage_of
from web.door.processes import Processes, workflow_id
from web.door.signer import Signer
from workflows.dispatcher import Dispatcher
from workflows.domain.message import Start
from workflows.domain.proof import claim_of_start


async def _start(client: Client, stage: Stage, start: Start) -> str:
    handle = await client.start_workflow(
        Dispatcher.run, start, id=workflow_id(start.key), task_queue=settings().task_queue
    )
    return handle.result_run_id or ""


async def test_a_forged_start_ends_at_once(client: Client) -> None:
    stage = stage_of(client)
    begun = await Signer().start(workflow_id(stage.key), Start("play", 0, stage.key, ADA, {}))
    forged: list[Any] = [replace(begun, signature=None), replace(begun, proposal={"family": "X"})]
    async with stage.workers():
        for start in forged:
            stage.run = await _start(client, stage, start)
            process = await stage.until(lambda p: p.ended)
            assert process.ended
            assert process.ended.text.startswith("Could not begin:")
            assert not process.steps
        stage.run = await _start(client, stage, begun)
        await stage.until_asked("one")


async def test_a_key_is_rotated_in_the_middle_and_nothing_is_lost(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        await stage.answer("one", verdict="OK")
        first, second = signing_key.current(), signing_key.make()
        stage.processes = Processes(client, Signer(lambda: second))  # sooner than it would be
        sent = await stage.answer("two", verdict="OK")
        assert sent.receipt
        process = await stage.until(lambda p: p.ended)
    keys = [e.signed.signature.key for t in process.steps[0].tasks for e in t.history if e.signed]
    assert keys == [first.id, second.id]


async def test_what_was_signed_says_when(client: Client) -> None:
    stage = stage_of(client)
    before = datetime.now(UTC)
    async with stage.workers():
        await stage.begin()
        await stage.answer("one", verdict="OK")
        process = await stage.process()
    entry = find(process, "one").history[-1]
    assert entry.signed and process.signed
    assert before <= process.signed.signature.at <= entry.signed.signature.at
    assert entry.signed.message["reply"] == {"verdict": "OK"}


async def test_a_message_that_counted_and_comes_again_as_a_signal_leaves_nothing(
    client: Client,
) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        plain = answer_to(asked, verdict="OK")
        id, process = workflow_id(stage.key), await stage.process()
        message = await Signer().message(id, stage.run, plain, process)
        handle = stage.processes.handle(stage.key, stage.run)
        await stage.processes._answer(handle, message)
        await handle.signal("act_later", message)
        await stage.stop()
        process = await stage.until(lambda p: p.ended)
    assert not process.log
    assert len(find(process, "one").history) == 3


async def test_a_late_message_is_told_in_the_name_of_who_signed_it(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
    await stage.send(answer_to(asked, ADA, verdict="OK"))
    await stage.send(answer_to(asked, GRACE, verdict="FAILED", reason="no"))
    async with stage.workers():
        process = await stage.until(lambda p: p.log)
    assert (process.log[0].by, bool(process.log[0].signed)) == (GRACE, True)
    assert "does not ask this any more" in process.log[0].text


async def test_an_old_start_that_is_sent_again_is_refused() -> None:
    start = await Signer().start("family-pr/karla", Start("play", 0, "karla", ADA, {}))
    now = datetime.now(UTC)
    assert why_not(claim_of_start("family-pr/karla", start, now)) == ""
    for minutes in (-20, 20):
        other = now + timedelta(minutes=minutes)
        assert "old start" in why_not(claim_of_start("family-pr/karla", start, other))
