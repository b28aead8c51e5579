"""Records histories of followed pull requests: `python -m tests.workflows.record_follow NAME`.

NAME is the released version; the files go to `histories/follow/NAME/`. A recorded file is never
changed.
"""

from __future__ import annotations

from dataclasses import replace

from temporalio.client import Client

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
from tests.workflows.recorder import HISTORIES, keep, main

FOLLOWED = HISTORIES / "follow"


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
    await outlook.show({"state": 5})  # type: ignore[arg-type]  # rubbish
    await outlook.show(replace(MERGED, patience=0.0))


STORIES = (live, open_again, troubled)


async def record(name: str, client: Client) -> None:
    """Live through all stories and keep their histories."""
    folder = FOLLOWED / name
    folder.mkdir(parents=True)
    for story in STORIES:
        outlook = Outlook(client)
        async with outlook.worker():
            await story(outlook)
        await keep(outlook.handle, folder / f"{story.__name__}.json")


if __name__ == "__main__":
    main(record)
