"""A page is never ahead of the dispatcher."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

import worker
from activities.authoring import VERDICT, Outcome, ask
from tests.stage import Play, Stage, answer_to, find, task


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


async def test_a_question_is_shown_when_the_dispatcher_has_read_it_and_not_before(
    client: Client,
) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask, queue="one-elsewhere"),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        await stage.rerun("one")
        await stage.until_asked("one", attempt=2)
    dispatcher, elsewhere = stage.queues
    async with worker.build(client, dispatcher, stage.kinds):
        await stage.rerun("one")  # nobody serves the task's own queue yet
        await stage.until(lambda p: find(p, "one").attempt == 3)
    async with worker.build(client, elsewhere, stage.kinds):
        await asyncio.sleep(1)  # its answer is in the history now, and no dispatcher has read it
        assert find(await stage.process(), "one").form is None
    async with stage.workers():
        asked = await stage.until_asked("one", attempt=3)
        await stage.send(answer_to(asked, verdict="OK"))
        await stage.until(lambda p: p.ended)


async def test_many_answers_at_the_first_moment_are_all_counted(client: Client) -> None:
    stages = [Stage(client, Play({"One": (task("one", _ask),)})) for _ in range(40)]
    async with stages[0].workers():
        await asyncio.gather(*(stage.begin() for stage in stages))
        await asyncio.gather(*(stage.answer("one", verdict="OK") for stage in stages))
        ends = await asyncio.gather(*(stage.until(lambda p: p.ended) for stage in stages))
    assert {end.status.value for end in ends} == {"OK"}
