"""Records histories of successions: `python -m tests.workflows.record_succession NAME`.

It goes after `record`, into the same folder; what was recorded before is left as it is. The forge
is that of STATE_DIR.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio.client import Client

from activities.adapters.forge.choice import forge
from activities.adapters.forge.mark import branch_name, marker
from activities.adapters.forge.port import Message
from tests.activities.judged import NEW, NOON, embedded
from tests.stage import ADA, Stage, find, new_id
from tests.workflows.recorder import HISTORIES, keep, main
from tests.workflows.relay import Work, next_run, to
from web.door.archive import Archive
from web.door.begun_anew import begin_anew
from web.door.remembered import Remembered
from workflows.domain.message import Confirmed, Reconfirm, Restart

Story = Callable[[Stage, Work], Awaitable[None]]
Deed = Callable[[Stage], Awaitable[object]]


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


async def begun_anew(stage: Stage, work: Work) -> None:
    """One that was stopped is begun anew: evidence taken over, an answer confirmed, to the end."""
    async with stage.workers():
        await stop_and_restart(stage)
        asked = await stage.until_asked("sign")
        number = asked.form.number if asked.form else 0
        await stage.send(Reconfirm(new_id(), ADA, (Confirmed("sign", 1, number),)))
        await stage.answer("check", verdict="OK")
        work.gate.set()
        await stage.until(lambda p: p.ended)


async def begun_in_vain(stage: Stage, work: Work) -> None:
    """The same, but the forge knows a pull request of the one before: it ends at once."""
    async with stage.workers():
        await stop_and_restart(stage, meanwhile=open_pull_request)
        await stage.until(lambda p: p.ended)


async def stop_and_restart(stage: Stage, meanwhile: Deed | None = None) -> None:
    """A process is stopped while it asks, and begun anew by a person; the stage is with the new."""
    await stage.begin()
    await stage.answer("sign", verdict="OK")
    await stage.until_asked("check")
    await stage.stop("The tag is wrong.")
    await stage.until(lambda p: p.ended)
    if meanwhile:
        await meanwhile(stage)
    door = Remembered(stage.processes, Archive())
    document = await door.document(stage.key, stage.run)
    message = Restart(new_id(), ADA, "The tag was moved.")
    stage.run = (await begin_anew(door, document, message)).run


async def open_pull_request(stage: Stage) -> str:
    """A pull request of this process in the embedded forge; its address."""
    embedded()
    branch = branch_name(stage.key, stage.run)
    mark = marker(f"family-pr/{stage.key}", stage.run)
    message = Message("Play", f"family-pr/{stage.key}", NOON, ())
    await forge().branch_with("ofl/play", list(NEW.items()), branch, message)
    return (await forge().open_pull_request(branch, "Play", mark, (), mark)).url


STORIES: tuple[Story, ...] = (superseded, reconfirmed, restarted, begun_anew, begun_in_vain)


async def record(name: str, client: Client) -> None:
    """Live through the stories that are not recorded yet, and keep their histories."""
    for story in STORIES:
        if (path := HISTORIES / name / f"{story.__name__}.json").exists():
            continue
        work = Work()
        stage = Stage(client, work.play())
        await story(stage, work)
        await keep(stage.processes.handle(stage.key, stage.run), path)


if __name__ == "__main__":
    main(record)
