"""Records histories of followed pull requests: `python -m tests.workflows.record_follow NAME`.

NAME is the released version; the files go to `histories/follow/NAME/`. A recorded file is never
changed.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from tests.conftest import TEMPORAL
from tests.workflows.outlook import (
    CLOSED,
    MERGED,
    ON_PRODUCTION,
    ON_SANDBOX,
    OPEN,
    OTHER,
    Outlook,
    unreachable,
)
from workflows import attribute

HISTORIES = Path(__file__).parent / "histories" / "follow"


async def live(outlook: Outlook) -> None:
    """From open to live, with a look by the clock in between."""
    outlook.sight = replace(OPEN, poll=0.2)
    await outlook.begin()
    await outlook.until(lambda _: len(outlook.looks) > 2)
    for sight in (OPEN, MERGED, ON_SANDBOX, MERGED, ON_PRODUCTION, MERGED):
        await outlook.show(sight)
    await outlook.handle.result()


async def open_again(outlook: Outlook) -> None:
    """Pushed to by others, closed, opened again, merged; still followed."""
    await outlook.begin()
    for sight in (replace(OPEN, head=OTHER), OPEN, CLOSED, OPEN, MERGED):
        await outlook.show(sight)


async def troubled(outlook: Outlook) -> None:
    """The forge does not answer, or what it answers cannot be read."""
    await outlook.begin()
    await outlook.show(unreachable())
    await outlook.show({"state": 5})  # type: ignore[arg-type]
    await outlook.show(replace(MERGED, patience=0.0))


STORIES = (live, open_again, troubled)


async def record(name: str, client: Client) -> None:
    """Live through all stories and keep their histories."""
    folder = HISTORIES / name
    folder.mkdir(parents=True)
    for story in STORIES:
        outlook = Outlook(client)
        async with outlook.worker():
            await story(outlook)
        history = await outlook.handle.fetch_history()
        content = json.dumps(json.loads(history.to_json()), indent=1)
        content = re.sub(r'"identity": "[^"]*"', '"identity": "recorded"', content)
        (folder / f"{story.__name__}.json").write_text(content + "\n")
        print(f"{story.__name__}: {len(history.events)} events")


async def main(name: str) -> None:
    environment = await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(TEMPORAL),
        search_attributes=attribute.ALL,
        dev_server_extra_args=["--log-level", "never"],
    )
    async with environment:
        await record(name, environment.client)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
