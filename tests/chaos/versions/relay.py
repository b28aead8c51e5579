"""A kind of quick tasks, and a worker for one version of it, which is its argument.

Each run of a task leaves a line in `runs.log` below STATE_DIR: which process, which task.
"""

from __future__ import annotations

import asyncio
import sys

import worker
from activities.adapters.settings import settings
from activities.adapters.temporal import connect
from activities.authoring import VERDICT, Outcome, ask, ok
from activities.upkeep.round import call_until_heard
from tests.stage import Play, task
from workflows.domain.sweeping import Order


def _ran(proposal: dict[str, str], name: str) -> None:
    with (settings().state / "runs.log").open("a") as log:
        log.write(f"{proposal['family']} {name}\n")


async def _get(proposal: dict[str, str]) -> Outcome:
    _ran(proposal, "get")
    return ok("Fetched.", package={"digest": proposal["family"]})


async def _judge(proposal: dict[str, str], package: dict[str, str]) -> Outcome:
    _ran(proposal, "judge")
    return ask(f"Is {package['digest']} good?", *VERDICT)


async def _other(proposal: dict[str, str], package: dict[str, str]) -> Outcome:
    _ran(proposal, "other")
    return ok("Checked.")


async def _slow(proposal: dict[str, str], package: dict[str, str]) -> Outcome:
    _ran(proposal, "slow")
    await asyncio.sleep(3)
    return ok("Measured.")


async def _open(proposal: dict[str, str]) -> Outcome:
    _ran(proposal, "open")
    await asyncio.sleep(1)
    return ok("Opened.", pull_request=f"https://example.com/{proposal['family']}")


async def _after(proposal: dict[str, str]) -> Outcome:
    return ask("Is it merged?", *VERDICT)


def play(version: int) -> Play:
    """The kind in a version; the task `other` has another version in each."""
    return Play(
        {
            "Get": (task("get", _get, provides=("package",)),),
            "Check": (
                task("judge", _judge),
                task("other", _other, version=version),
                task("slow", _slow),
            ),
            "Open": (task("open", _open, provides=("pull_request",)),),
            "After": (task("after", _after),),
        },
        VERSION=version,
    )


async def main(version: int) -> None:
    """Serve until killed."""
    client = await connect()
    built = worker.build(client, settings().task_queue, {"play": play(version)})
    running = asyncio.create_task(built.run())
    calling = asyncio.create_task(call_until_heard(client, Order({"play": version})))
    await asyncio.gather(running, calling)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
