"""A fault that passes: the task is tried again by itself, and until then it says why it waits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from temporalio.client import Client

from activities.authoring import Outcome, PassingFault, ok
from tests.stage import Play, Stage, task
from workflows.domain.status import Status
from workflows.reading.document import Running

LONG = "GitHub's rate limit is reached. " * 200


async def test_a_limit_is_waited_for_as_long_as_was_said_and_the_page_says_why(
    client: Client,
) -> None:
    tries: list[datetime] = []

    async def limited() -> Outcome:
        tries.append(datetime.now(UTC))
        if len(tries) == 1:
            try:
                raise ValueError(LONG)  # what lies behind a fault must not take its place
            except ValueError as error:
                raise PassingFault(LONG, 4.0) from error
        return ok("Fine now.")

    stage = Stage(client, Play({"One": (task("one", limited),)}))
    async with stage.workers():
        await stage.begin()
        waiting = await _waiting(stage)
        process = await stage.until(lambda p: p.ended)
    assert waiting.last_fault.startswith("GitHub's rate limit is reached.")
    assert waiting.until is not None
    assert process.status is Status.OK
    assert (tries[1] - tries[0]).total_seconds() > 3


async def _waiting(stage: Stage) -> Running:
    async with asyncio.timeout(20):
        while True:
            for running in (await stage.document()).running:
                if running.tries > 1:
                    return running
            await asyncio.sleep(0.05)
