"""Tasks that break, hang or are gone: always an outcome, never a stuck process."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

import worker
from activities.authoring import VERDICT, Outcome, Place, ask, ok
from tests.stage import Play, Stage, find, task
from workflows.domain.message import Call
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


async def test_a_result_of_another_shape_fails_the_task_and_not_the_process(client: Client) -> None:
    @activity.defn(name="two.start")
    async def newer_than_we_know(_: Call) -> dict[str, int]:
        return {"surprise": 1}

    second = task("two", _ok, queue="two-elsewhere")
    stage = Stage(client, Play({"One": (task("one", _ok),), "Two": (second,)}))
    dispatcher, elsewhere = stage.queues
    odd = Worker(client, task_queue=elsewhere, activities=[newer_than_we_know])
    async with worker.build(client, dispatcher, stage.kinds), odd:
        await stage.begin()
        process = await stage.until(lambda p: p.phase == "failing")
    assert "could not read the result" in find(process, "two").history[-1].text


async def test_the_attempt_before_has_ended_when_the_next_begins(client: Client) -> None:
    lived: list[str] = []

    async def slow(place: Place) -> Outcome:
        lived.append(f"{place.attempt} begins")
        if place.attempt == 1:
            try:
                await asyncio.sleep(1000)
            finally:
                await asyncio.sleep(0.5)  # it takes a while to clean up
                lived.append("1 ends")
        return ok()

    stage = Stage(client, Play({"One": (task("one", slow),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: lived)
        await stage.rerun("one")
        await stage.until(lambda p: p.ended, seconds=40)
    assert lived == ["1 begins", "1 ends", "2 begins"]
