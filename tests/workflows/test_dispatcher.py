"""The dispatcher on a real server: processes as people live them."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, failed, ok
from tests.stage import ADA, EVE, GRACE, Play, Stage, answer_to, find, new_id, task
from workflows.domain.refused import Refused
from workflows.domain.status import Status


async def _ok() -> Outcome:
    return ok("Done.")


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


async def test_steps_that_are_ok_follow_one_another_without_anybody(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ok),), "Two": (task("two", _ok),)}))
    async with stage.workers():
        await stage.begin()
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.OK
    assert [entry.status for entry in find(process, "two").history] == ["PENDING", "OK"]


async def test_a_person_closes_a_failed_step_and_the_failure_steps_run(client: Client) -> None:
    play = Play(
        {"One": (task("one", _ask),), "Two": (task("two", _ok),)}, {"Report": (task("tell", _ok),)}
    )
    stage = Stage(client, play)
    async with stage.workers():
        await stage.begin()
        await stage.answer("one", verdict="FAILED", reason="The a is open.")
        await stage.until(lambda p: p.phase == "failing")
        await stage.finalize("Not good enough.")
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.FAILED
    assert process.steps[0].verdict and process.steps[0].verdict.by == ADA
    assert find(process, "tell").status is Status.OK
    assert not find(process, "two").history


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
    assert [unread.message for unread in document.unread] == [message]
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


async def test_a_task_that_raises_is_failed_with_the_reason_and_can_run_again(
    client: Client,
) -> None:
    moods = ["bad", "good"]

    async def moody() -> Outcome:
        if moods.pop(0) == "bad":
            raise ValueError("the moon is full")
        return ok("Fine now.")

    stage = Stage(client, Play({"One": (task("one", moody),)}))
    async with stage.workers():
        await stage.begin()
        process = await stage.until(lambda p: p.phase == "failing")
        assert "the moon is full" in find(process, "one").history[-1].text
        assert "Traceback" not in find(process, "one").history[-1].text
        await stage.rerun("one", "The moon has set.")
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.OK
    assert [entry.attempt for entry in find(process, "one").history] == [1, 1, 2, 2]


async def test_a_task_that_blocks_is_failed_at_its_limit_and_its_worker_lives(
    client: Client,
) -> None:
    async def blocked() -> Outcome:
        time.sleep(3)  # noqa: ASYNC251  that is what is tried
        return ok()

    play = Play({"One": (task("one", blocked, limit=timedelta(seconds=1)), task("two", _ask))})
    stage = Stage(client, play)
    async with stage.workers():
        await stage.begin()
        await stage.answer("two", verdict="OK")
        process = await stage.until(lambda p: p.phase == "failing")
    assert "longer than its limit" in find(process, "one").history[-1].text


async def test_a_task_that_the_code_no_longer_has_is_failed_with_advice(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),), "Two": (task("two", _ok),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
    stage.kinds = {"play": Play({"One": (task("one", _ask),)})}
    async with stage.workers():
        await stage.answer("one", verdict="OK")
        process = await stage.until(lambda p: p.phase == "failing")
    assert "has no task “two”" in find(process, "two").history[-1].text


async def test_closing_a_step_cancels_what_still_runs_in_it(client: Client) -> None:
    ended = asyncio.Event()

    async def endless() -> Outcome:
        try:
            await asyncio.sleep(1000)
        finally:
            ended.set()
        return ok()

    async def bad() -> Outcome:
        return failed("No.")

    stage = Stage(client, Play({"One": (task("one", endless), task("two", bad))}))
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: p.phase == "failing")
        await stage.finalize()
        process = await stage.until(lambda p: p.ended, seconds=20)
    assert ended.is_set()
    assert find(process, "one").status is Status.FAILED
    assert "Cancelled" in find(process, "one").history[-1].text


async def test_a_cancel_from_the_console_is_a_stop_by_the_operator(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        await stage.processes.handle(stage.key, stage.run).cancel()
        process = await stage.until(lambda p: p.ended)
    assert process.ended and process.ended.by.login == "operator"
    assert process.status is Status.FAILED


async def test_one_open_process_per_family(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        with pytest.raises(Refused, match="open already"):
            await stage.begin()


async def test_names_go_from_step_to_step_and_a_missing_one_is_named(client: Client) -> None:
    async def give() -> Outcome:
        return ok(package="p1")

    async def take(package: str, other: str) -> Outcome:
        return ok(package + other)

    stage = Stage(
        client,
        Play({"One": (task("one", give, provides=("package",)),), "Two": (task("two", take),)}),
    )
    async with stage.workers():
        await stage.begin()
        process = await stage.until(lambda p: p.phase == "failing")
    assert "Needs other" in find(process, "two").history[-1].text


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
