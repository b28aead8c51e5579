"""Live: what one person does is seen by all who look."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

from temporalio.client import Client

from activities.authoring import VERDICT, Outcome, ask, ok, progress
from tests.stage import Play, Stage, find, task
from web.process.live import Hub


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


async def test_an_answer_is_seen_by_all_who_watch(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    hub = Hub(stage.processes)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        watching = [asyncio.create_task(_until_closed(hub, stage)) for _ in range(5)]
        await asyncio.sleep(0.2)
        await stage.answer("one", verdict="OK")
        seen = await asyncio.wait_for(asyncio.gather(*watching), 10)
    assert seen == [True] * 5
    assert not hub._channels or all(one.is_idle for one in hub._channels.values())


async def _until_closed(hub: Hub, stage: Stage) -> bool:
    async for document in hub.watch(stage.key, stage.run):
        if document.closed:
            return document.process is not None and document.process.status == "OK"
    return False


async def test_progress_of_a_running_task_is_seen_and_costs_no_history(client: Client) -> None:
    go_on = threading.Event()

    async def slow() -> Outcome:
        progress(3, 10, "third of ten")
        await asyncio.to_thread(go_on.wait, 20)
        return ok()

    stage = Stage(client, Play({"One": (task("one", slow),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda p: find(p, "one").attempt)
        before = (await stage.document()).events
        async with asyncio.timeout(15):
            async for document in Hub(stage.processes).watch(stage.key, stage.run):
                if document.running and document.running[0].done:
                    break
        assert document.running[0].text == "third of ten"
        assert (await stage.document()).events <= before + 1  # started, but no progress
        go_on.set()
        await stage.until(lambda p: p.ended)


async def test_who_comes_back_at_once_is_told_again(client: Client) -> None:
    stage = Stage(client, Play({"One": (task("one", _ask),)}))
    hub = Hub(stage.processes)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        for _ in range(3):
            async with asyncio.timeout(5), aclosing(hub.watch(stage.key, stage.run)) as documents:
                assert (await anext(documents)).process
            async with asyncio.timeout(5), aclosing(hub.watch_board()) as lists:
                assert await anext(lists)
