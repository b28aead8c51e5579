"""The cast: processes brought to random states, and what was confirmed to people on the way."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass

from temporalio.client import Client

from tests.chaos.versions.relay import play
from tests.stage import ADA, Stage, find
from workflows.domain.refused import Refused
from workflows.reading.document import Document


@dataclass
class Player:
    """One process; `answered` tells whether the site confirmed an answer to `judge`."""

    stage: Stage
    answered: bool = False
    old: Document | None = None
    new: Document | None = None


async def begin(client: Client, number: int, chance: random.Random) -> list[Player]:
    """A third has just begun, a third waits for a person, a third was answered by one."""
    players = [Player(Stage(client, play(1))) for _ in range(number)]
    gate = asyncio.Semaphore(10)

    async def bring(player: Player, far: float) -> None:
        async with gate:
            await player.stage.begin(family=player.stage.key)
            if far < 0.3:
                return
            await player.stage.until(lambda p: find(p, "judge").form, 120)
            if far > 0.6:
                with suppress(Refused):
                    sent = await player.stage.answer("judge", ADA, verdict="OK")
                    player.answered = sent.receipt is not None
            if far > 0.8:
                await player.stage.until(lambda p: find(p, "after").form, 120)

    await asyncio.gather(*(bring(player, chance.random()) for player in players))
    return players


async def until_settled(players: list[Player], seconds: float = 150) -> None:
    """Read what became of each, as soon as it asks its next question in whichever run."""
    gate = asyncio.Semaphore(5)

    async def settle(player: Player) -> None:
        stage = player.stage
        while True:
            async with gate:
                run = await stage.processes.latest(stage.key)
                player.new = await stage.processes.document(stage.key, run)
                player.old = await stage.processes.document(stage.key, stage.run)
            process = player.new.process
            replaced = run != stage.run or _last(player) == "after"
            if replaced and process and not process.ended and find(process, _last(player)).form:
                return
            await asyncio.sleep(0.5)

    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(settle(player) for player in players))


def _last(player: Player) -> str:
    published = player.old and player.old.process and player.old.process.published
    return "after" if published else "judge"
