"""Whoever looks at a closed process sees by whom it is continued, without loading it again."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

from tests.stage import ADA, Stage, new_id
from tests.workflows.relay import Work
from tests.workflows.test_begun_anew import anew, closed
from web.door.archive import Archive
from web.door.remembered import Remembered
from web.process.live import Hub
from workflows.domain.message import Restart

WATCHERS = 3


async def successor(hub: Hub, stage: Stage, looks: asyncio.Semaphore) -> str:
    """The run that the page of the closed process comes to lead to."""
    async for document in hub.watch(stage.key, stage.run):
        if document.successor:
            return document.successor
        looks.release()
    return ""


async def seen_when_restarted(stage: Stage) -> tuple[str, set[str], int]:
    """The new run, what all who watched the old one saw, and how many looked into the list."""
    hub = Hub(stage.processes, Remembered(stage.processes, Archive()))
    looks = asyncio.Semaphore(0)
    watching = [asyncio.create_task(successor(hub, stage, looks)) for _ in range(WATCHERS)]
    for _ in watching:
        await asyncio.wait_for(looks.acquire(), 20)
    run = await anew(stage, Restart(new_id(), ADA, "The tag was moved."))
    listening = hub._board._viewers
    async with asyncio.timeout(20):
        seen = set(await asyncio.gather(*watching))
    assert not hub._channels or all(one.is_idle for one in hub._channels.values())
    return run, seen, listening


async def test_a_restart_is_seen_on_the_open_page_of_the_closed_process(client: Client) -> None:
    stage = Stage(client, Work().play())
    async with stage.workers():
        await closed(stage)
        run, seen, listening = await seen_when_restarted(stage)
    assert seen == {run}
    assert listening <= 1, "one look into the list serves all"
