"""Measures how long a new version takes to replace 100 open processes; part of `make bench`.

Prints a figure, judges nothing. It ends when each new process is defined, has begun its step and is
linked to the old one, which is what the board shows.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from temporalio.client import Client

from tests.chaos.versions.__main__ import begin_worker, server
from workflows.reading.listing import open_rows

NUMBER = int(os.environ.get("N", "100"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
LONGEST = 300.0
"""Seconds after which a raise counts as failed."""


async def main() -> None:
    """The median of some raises, each from the start of the new worker."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("CHAOS_DIR")) as folder:
        async with server(Path(folder)) as client:
            times = await raises(client, Path(folder) / "worker.log")
    told = ", ".join(f"{one:.1f}" for one in times)
    median = statistics.median(times)
    print(f"{NUMBER} open processes replaced by a new version: median {median:.1f} s of {told}")


async def raises(client: Client, log: Path) -> list[float]:
    """How many seconds each raise takes; the processes are the same ones all the time."""
    worker = begin_worker(1, log)
    await begin(client)
    times = []
    for version in range(2, ROUNDS + 2):
        worker.kill()
        worker.wait()
        begun = time.perf_counter()
        worker = begin_worker(version, log)
        async with asyncio.timeout(LONGEST):
            while await replaced(client, version) < NUMBER:  # noqa: ASYNC110  a server is asked
                await asyncio.sleep(0.2)
        times.append(time.perf_counter() - begun)
    worker.kill()
    return times


async def begin(client: Client) -> None:
    from tests.chaos.versions.relay import play  # noqa: PLC0415  settings are set by now
    from tests.stage import Stage, find  # noqa: PLC0415  as above

    gate = asyncio.Semaphore(10)

    async def one() -> None:
        async with gate:
            stage = Stage(client, play(1))
            await stage.begin(family=stage.key)
            await stage.until(lambda p: find(p, "judge").form, 120)

    await asyncio.gather(*(one() for _ in range(NUMBER)))


async def replaced(client: Client, version: int) -> int:
    rows = [row async for row in open_rows(client, "play")]
    return sum(row.version == str(version) and bool(row.step and row.supersedes) for row in rows)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
