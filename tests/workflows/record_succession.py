"""Records histories of successions, after `record`, into the same folder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio.client import Client

from tests.stage import ADA, Stage, find, new_id
from tests.workflows.recorder import HISTORIES, keep, main
from tests.workflows.relay import Work, next_run, to
from workflows.domain.message import Confirmed, Reconfirm, Restart

Story = Callable[[Stage, Work], Awaitable[None]]


async def superseded(stage: Stage, work: Work) -> None:
    """A process with an answered question makes way for version 2."""
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.answer("sign", verdict="OK")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        await to(stage, 2)


async def reconfirmed(stage: Stage, work: Work) -> None:
    """Its successor: evidence taken over, the earlier answer confirmed, to the end."""
    await superseded(stage, work)
    async with stage.workers():
        stage.run = await next_run(stage)
        asked = await stage.until_asked("sign")
        number = asked.form.number if asked.form else 0
        await stage.send(Reconfirm(new_id(), ADA, (Confirmed("sign", 1, number),)))
        await stage.rerun("check", "Once more.")
        await stage.until(lambda p: find(p, "check").form and find(p, "check").attempt == 2)
        await stage.answer("check", verdict="OK")
        work.gate.set()
        await stage.until(lambda p: p.ended)


async def restarted(stage: Stage, work: Work) -> None:
    """A person wants it begun anew."""
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.send(Restart(new_id(), ADA, "The tag was moved."))
        await next_run(stage)


STORIES: tuple[Story, ...] = (superseded, reconfirmed, restarted)


async def record(name: str, client: Client) -> None:
    """Live through all stories and keep their histories."""
    for story in STORIES:
        work = Work()
        stage = Stage(client, work.play())
        await story(stage, work)
        file = HISTORIES / name / f"{story.__name__}.json"
        await keep(stage.processes.handle(stage.key, stage.run), file)


if __name__ == "__main__":
    main(record)
