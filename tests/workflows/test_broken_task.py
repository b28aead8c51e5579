"""Tasks that break, hang or are gone: always an outcome, never a stuck process."""

from __future__ import annotations

import time
from datetime import timedelta

from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, ok
from tests.stage import Play, Stage, find, task
from workflows.domain.status import Status


async def _ok() -> Outcome:
    return ok("Done.")


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


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
