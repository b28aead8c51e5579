"""A process that only the archive remembers is restarted: with Temporal's database deleted."""

from __future__ import annotations

import asyncio
from pathlib import Path

from temporalio.client import Client

from activities.upkeep.archive import archive_closed
from tests.activities.upkeep.test_archive import until_listed
from tests.stage import Stage, find
from tests.web.door.test_remembered import server, visit
from tests.web.process.test_aftermath import successor
from tests.web.visitor import Visitor, hidden_fields
from tests.workflows.relay import Work
from tests.workflows.test_begun_anew import closed
from web.door.archive import Archive
from web.door.remembered import Remembered
from web.process.live import Hub
from workflows.domain.actor import ENGINEER

REASON = "Temporal has lost its database."


async def archived(client: Client, work: Work) -> Stage:
    """A process that was stopped, in the archive."""
    stage = Stage(client, work.play())
    async with stage.workers():
        await closed(stage)
    await until_listed(stage)
    assert (await archive_closed(client)).faults == ()
    return stage


async def restart(visitor: Visitor, page: str) -> str:
    """Send the form of the archived page, and send it again; where it leads to."""
    await visitor.sign_in("ada")
    html = (await visitor.get(page)).text
    assert "From the archive" in html
    form = {**hidden_fields(html, f"{page}/restart"), "reason": REASON}
    sent = await visitor.post(f"{page}/restart", form)
    assert sent.status_code == 303, sent.text
    again = await visitor.post(f"{page}/restart", form)
    assert again.headers["location"] == sent.headers["location"], "it counts once"
    other = await visitor.post(f"{page}/restart", {**form, "reason": "Another."})
    assert other.status_code == 409
    return sent.headers["location"].partition("?")[0]


async def test_it_goes_on_with_what_still_holds_and_the_board_has_one_lineage(
    tmp_path: Path, own_state: Path
) -> None:
    work = Work()
    async with await server(tmp_path / "first.db") as environment:
        old = await archived(environment.client, work)
    (tmp_path / "first.db").unlink()
    page = f"/processes/{old.key}/{old.run}"
    async with (
        await server(tmp_path / "second.db") as environment,
        visit(environment.client, own_state) as visitor,
    ):
        stage = Stage(environment.client, work.play())
        stage.key, stage.run = old.key, old.run
        hub = Hub(stage.processes, Remembered(stage.processes, Archive()))
        looks = asyncio.Semaphore(0)
        watching = asyncio.create_task(successor(hub, stage, looks))
        await asyncio.wait_for(looks.acquire(), 20)
        new = await restart(visitor, page)
        stage.run = new.rpartition("/")[2]
        assert await asyncio.wait_for(watching, 20) == stage.run, "seen without loading again"
        async with stage.workers():
            process = await stage.until(lambda p: (t := find(p, "sign")) and t.form)
        assert f'href="{page}"' in (await visitor.get(new)).text
        assert f'href="{new}"' in (await visitor.get(page)).text
        board = await visitor.data("/")
    assert work.runs == {"get": 1, "check": 1, "sign": 1}, "nothing was done again"
    before = process.supersedes
    assert before and (before.run, before.reason, before.by.login) == (old.run, REASON, "ada")
    assert ENGINEER in before.by.roles
    assert [row["run"] for row in board["rows"]] == [stage.run]
    assert [row["run"] for row in board["earlier"][stage.run]] == [old.run]
