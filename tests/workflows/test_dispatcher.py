"""The dispatcher on a real server: processes as people live them."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, failed, ok
from tests.stage import ADA, Play, Stage, find, task
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
