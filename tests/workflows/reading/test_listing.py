"""The list of processes: what Temporal's visibility store says, without any worker."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, ok
from tests.stage import GRACE, Play, Stage, task
from workflows.reading.row import Row


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT, roles=("engineer", "designer"))


async def _ok() -> Outcome:
    return ok()


async def row(stage: Stage) -> Row:
    rows = await stage.processes.rows()
    return next(row for row in rows if row.run == stage.run)


async def test_a_row_says_where_a_process_stands_and_whom_it_waits_for(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ok),), "Two": (task("two", _ask),)}))
    async with stage.workers():
        await stage.begin(GRACE, family="Libre “Quoted” O'Sans")
        await stage.until_asked("two")
        await asyncio.sleep(0.7)  # the list follows a little later
        found = await row(stage)
        assert (found.family, found.initiator) == ("Libre “Quoted” O'Sans", "grace")
        assert (found.step, found.phase, found.version) == ("Two", "waiting", "1")
        assert found.waits_for == ("designer", "engineer")
        assert found.begun <= found.changed
        assert found.key == stage.key
        await stage.answer("two", verdict="OK")
        await stage.until(lambda p: p.ended)
        await asyncio.sleep(0.7)
        found = await row(stage)
        assert (found.phase, found.closed) == ("done", "COMPLETED")


async def test_a_terminated_process_is_listed_as_failed(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        await stage.processes.handle(stage.key, stage.run).terminate("by an operator")
        await asyncio.sleep(0.7)
        found = await row(stage)
        assert (found.phase, found.closed) == ("failed", "TERMINATED")
        document = await stage.document()
        assert document.closed == "TERMINATED"
        assert document.process is not None
