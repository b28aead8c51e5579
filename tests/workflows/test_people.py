"""What people send to a process, and when nobody is there to read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, ok
from tests.stage import ADA, EVE, GRACE, Play, Stage, answer_to, find, new_id, task
from workflows.domain.refused import Refused
from workflows.domain.status import Status


async def _ok() -> Outcome:
    return ok("Done.")


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


async def test_a_refused_answer_leaves_no_event(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        before = (await stage.document()).events
        with pytest.raises(Refused, match="answered by: engineer"):
            await stage.send(answer_to(asked, EVE, verdict="OK"))
        with pytest.raises(Refused, match="Reason is missing"):
            await stage.send(answer_to(asked, verdict="FAILED"))
        assert (await stage.document()).events == before


async def test_the_same_form_sent_twice_counts_once_and_is_answered_alike(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),), "Two": (task("two", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        message = answer_to(asked, id="same", verdict="OK")
        first, second = await stage.send(message), await stage.send(message)
        assert first.receipt == second.receipt is not None
        with pytest.raises(Refused, match="already sent with other content"):
            await stage.send(answer_to(asked, id="same", verdict="FAILED", reason="no"))
        process = await stage.process()
    assert len(find(process, "one").history) == 3


async def test_an_answer_without_any_worker_is_recorded_and_counts_once(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),), "Two": (task("two", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
    message = answer_to(asked, id="later", verdict="OK")
    sent = await stage.send(message)
    document = await stage.document()
    assert sent.receipt is None
    [unread] = document.unread
    assert replace(unread.message, signature=None) == message
    async with stage.workers():
        process = await stage.until(lambda p: find(p, "two").form)
    assert len(find(process, "one").history) == 3
    assert not process.log


async def test_a_stale_answer_that_comes_later_leaves_a_line_and_no_entry(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        await stage.rerun("one")
        await stage.until_asked("one", attempt=2)
    await stage.send(answer_to(asked, GRACE, verdict="OK"))
    async with stage.workers():
        process = await stage.until(lambda p: p.log)
    assert process.log[0].by == GRACE
    assert "not counted, because" in process.log[0].text
    assert find(process, "one").status is Status.PENDING


async def test_a_page_of_an_old_run_never_acts_on_the_new_one(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        await stage.stop()
        await stage.until(lambda p: p.ended)
        old = stage.run
        await stage.begin()
        await stage.until_asked("one")
        with pytest.raises(Refused, match="has ended"):
            await stage.processes.act(stage.key, old, answer_to(asked, id=new_id(), verdict="OK"))
        assert (await stage.process()).status is Status.PENDING


async def test_the_last_answer_sent_again_after_the_end_gives_the_first_receipt(
    client: Client,
) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        message = answer_to(asked, verdict="OK")
        first = await stage.send(message)
        await stage.until(lambda p: p.ended)
        assert await stage.send(message) == first
        with pytest.raises(Refused, match="has ended"):
            await stage.send(answer_to(asked, verdict="OK"))


async def test_what_comes_before_the_definition_waits_for_it(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    await stage.begin()
    sent = await stage.stop("Started by mistake.")
    assert sent.receipt is None
    async with stage.workers():
        process = await stage.until(lambda p: p.ended)
    assert process.ended and process.ended.by == ADA
    assert "Started by mistake" in process.ended.text
    assert not process.log
