"""A real process opens its pull request; what follows is seen on pages, with nobody at work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.adapters import settings
from activities.adapters.forge.choice import forge
from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.hand import MERGE, Hand
from activities.adapters.forge.mark import branch_name
from activities.adapters.forge.port import Author, Message
from activities.authoring import Outcome, Place, ok
from activities.following import beginning
from activities.following.beginning import followed
from activities.upkeep.missing import follow_missing
from tests.activities.judged import NEW, NOON, embedded
from tests.stage import Play, Stage, task
from web.door.processes import Processes
from web.process import aftermath
from web.process.live import Hub
from workflows.domain.mile import follow_id
from workflows.reading.document import Document
from workflows.reading.row import Row

GRACE = Author("grace", 2)


async def open_it(place: Place) -> Outcome:
    """As the real task: a branch, a pull request, and then it is followed."""
    embedded()
    branch = branch_name(place.key, place.run)
    message = Message("Karla", f"{place.process}/{place.run}", NOON, ())
    mark = f"<!-- {place.run} -->"
    commit = await forge().branch_with("ofl/karla", list(NEW.items()), branch, message)
    pull = await forge().open_pull_request(branch, "Karla", mark, (), mark)
    said = await followed(place, pull.number, pull.url, "ofl/karla", commit)
    facts = {"number": pull.number, "url": pull.url, "directory": "ofl/karla", "commit": commit}
    return ok(said or "Opened.", data=facts, pull_request=pull.url)


@pytest.fixture
def stage(client: Client, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setenv("TASK_QUEUE", "after")
    settings.settings.cache_clear()
    step = (task("open_pull_request", open_it, provides=("pull_request",)),)
    return Stage(client, Play({"Pull request": step}))


def hand() -> Hand:
    used = forge()
    assert isinstance(used, EmbeddedForge)
    return Hand(used)


async def test_a_merge_is_seen_live_on_the_page_of_an_ended_process(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aftermath, "AFTERWARDS", 0.1)
    async with stage.workers():
        await stage.begin()
        ended = await stage.until(lambda p: p.ended)
        assert ended.steps[0].tasks[0].history[-1].text == "Opened."
        async with aclosing(Hub(stage.processes).watch(stage.key, stage.run)) as documents:
            await _until(documents, "open")
            await hand().change(1, MERGE, GRACE)
            await stage.processes.hint(branch_name(stage.key, stage.run))
            document = await _until(documents, "merged")
    assert document.closed == "COMPLETED"
    assert document.after
    assert [line.by.login for line in document.after.milestones] == ["dispatcher", "grace"]
    assert document.after.is_judged
    again = await stage.document()  # no worker runs any more
    assert again.after == document.after


async def test_the_board_tells_it_too_and_who_comes_late_is_told(stage: Stage) -> None:
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: p.ended)
        await hand().change(1, MERGE, GRACE)
        await stage.processes.hint(branch_name(stage.key, stage.run))
        async with asyncio.timeout(20), aclosing(Hub(stage.processes).watch_board()) as lists:
            async for rows in lists:
                if [row.after for row in rows if row.key == stage.key] == ["merged"]:
                    break
    assert len(await _rows(stage)) == 1


async def test_what_could_not_be_followed_is_followed_by_the_next_worker(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RPCError("Not now.", RPCStatusCode.UNAVAILABLE, b"")

    monkeypatch.setattr(beginning, "follow", refuse)
    monkeypatch.setattr(beginning, "PAUSE", 0.01)
    async with stage.workers():
        await stage.begin()
        ended = await stage.until(lambda p: p.ended)
        said = ended.steps[0].tasks[0].history[-1]
        assert (said.status, said.text) == ("OK", beginning.NOT_YET)
        async with asyncio.timeout(20), aclosing(Hub(stage.processes).watch_board()) as lists:
            async for rows in lists:
                if [row.phase for row in rows if row.key == stage.key] == ["done"]:
                    break
        assert await follow_missing(stage.client) >= 1
        async with aclosing(Hub(stage.processes).watch(stage.key, stage.run)) as documents:
            document = await _until(documents, "open")
    assert document.after
    assert document.after.begun == said.at


async def test_a_follower_that_was_ended_by_hand_is_no_silent_one(stage: Stage) -> None:
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: p.ended)
        async with aclosing(Hub(stage.processes).watch(stage.key, stage.run)) as documents:
            await _until(documents, "open")
        await stage.client.get_workflow_handle(follow_id(stage.key, stage.run)).terminate()
        after = (await stage.document()).after
    assert after
    assert after.ended
    assert "ended the following" in after.problem


async def test_hints_about_nothing_of_ours_are_let_go(stage: Stage) -> None:
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: p.ended)
    await stage.processes.hint("family-pr/nobody/3f0a9c1b2d4e")
    await Processes(stage.client).hint("")


async def _rows(stage: Stage) -> list[Row]:
    return [row for row in await Processes(stage.client).rows() if row.key == stage.key]


async def _until(documents: AsyncGenerator[Document, None], station: str) -> Document:
    async with asyncio.timeout(20):
        async for document in documents:
            if document.after and document.after.station == station:
                return document
    raise AssertionError(station)
