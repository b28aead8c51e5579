"""Records histories of real runs, to be replayed for ever: `python -m tests.workflows.record NAME`.

NAME is the released version; the files go to `histories/NAME/`. A recorded file is never changed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio.client import Client

from activities.authoring import VERDICT, VERDICT_ON_FINDINGS, Outcome, Record, ask, failed, ok
from activities.exhibits import Finding, findings, table
from tests.stage import ADA, GRACE, Play, Stage, answer_to, task
from tests.workflows.recorder import HISTORIES, keep, main


async def _package() -> Outcome:
    return ok("Fetched.", table("Source", ("What",), (("Karla",),)), package={"digest": "d1"})


async def _check(package: dict[str, str]) -> Outcome:
    row = Finding("hhea", "new", "PASS", "FAIL", f"Too tall in {package['digest']}.", "Karla.ttf")
    shown = (findings("What was found", [row]),)
    return ask("Look.", *VERDICT_ON_FINDINGS, evidence=shown, in_spite_of_findings=True)


async def _sign() -> Outcome:
    return ask("Is it good?", *VERDICT, barred=("initiator",))


async def _tell(record: Record) -> Outcome:
    return ask(f"Where to report {record.title}?", *VERDICT)


async def _broken() -> Outcome:
    return failed("The file is truncated.")


def play(first: Callable[[], Awaitable[Outcome]] = _package) -> Play:
    """A small process with everything in it."""
    return Play(
        {
            "Get": (task("get", first, provides=("package",)),),
            "Check": (task("check", _check), task("again", _sign)),
            "Sign off": (task("sign_off", _sign),),
        },
        {"Report": (task("tell", _tell),)},
    )


async def happy(stage: Stage) -> None:
    """From the start to OK, with a waiver and a repeated answer."""
    async with stage.workers():
        await stage.begin()
        await stage.answer("again", verdict="OK")
        message = answer_to(await stage.until_asked("check"), verdict="OK", reason="Known.")
        await stage.send(message)
        await stage.send(message)
        await stage.answer("sign_off", verdict="OK")
        await stage.until(lambda p: p.ended)


async def failing(stage: Stage) -> None:
    """A broken task, run again, closed as failed, reported."""
    stage.kinds = {"play": play(_broken)}
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: p.phase == "failing")
        await stage.rerun("get", "Perhaps it heals.", by=GRACE)
        await stage.until(lambda p: p.phase == "failing" and p.steps[0].attempts == 2)
        await stage.finalize("It does not heal.", by=ADA)
        await stage.answer("tell", verdict="OK", reason="")
        await stage.until(lambda p: p.ended)


async def stopped(stage: Stage) -> None:
    """Stopped by a person while questions were open."""
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.stop("The designer withdrew.")
        await stage.until(lambda p: p.ended)


async def cancelled(stage: Stage) -> None:
    """Cancelled from the console."""
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.processes.handle(stage.key, stage.run).cancel()
        await stage.until(lambda p: p.ended)


async def workerless(stage: Stage) -> None:
    """Answered while no worker ran, once rightly and once too late; still open."""
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("check")
        await stage.until_asked("again")
    await stage.send(answer_to(asked, ADA, verdict="OK", reason="Known."))
    await stage.send(answer_to(asked, GRACE, verdict="FAILED", reason="Not known."))
    async with stage.workers():
        await stage.until(lambda p: p.log)


STORIES = (happy, failing, stopped, cancelled, workerless)


async def record(name: str, client: Client) -> None:
    """Live through all stories and keep their histories."""
    folder = HISTORIES / name
    folder.mkdir()
    for story in STORIES:
        stage = Stage(client, play())
        await story(stage)
        await keep(stage.processes.handle(stage.key, stage.run), folder / f"{story.__name__}.json")


if __name__ == "__main__":
    main(record)
