"""Raises a version under N open processes while workers and sweep are killed; see `make help`."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from local.namespace import connect as connect_patiently
from local.server import program
from tests.chaos.test_kill import free_ports
from workflows.attribute import ALL

Worker = subprocess.Popen[bytes]


@asynccontextmanager
async def server(state: Path) -> AsyncIterator[Client]:
    """A server of its own; the environment names it, for the workers too."""
    port = free_ports()["TEMPORAL_PORT"]
    os.environ |= {"STATE_DIR": str(state), "TEMPORAL_ADDRESS": f"127.0.0.1:{port}"}
    kinds = {1: "Text", 2: "Keyword", 3: "Int", 4: "Double", 5: "Bool", 6: "Datetime"}
    kinds[7] = "KeywordList"
    known = [f"--search-attribute={a.name}={kinds[int(a.indexed_value_type)]}" for a in ALL]
    pragmas = ("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL")
    command = [str(program()), "server", "start-dev", "--headless", "--port", port, *known]
    command += ["--db-filename", str(state / "temporal.db"), "--log-level", "never", *pragmas]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:  # noqa: ASYNC220  at once
        try:
            await connect_patiently()
            from activities.adapters.temporal import connect  # noqa: PLC0415  settings are set

            yield await connect()
        finally:
            running.kill()


def begin_worker(version: int, log: Path) -> subprocess.Popen[bytes]:
    """A worker process of one version."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", "tests.chaos.versions.relay", str(version)]
        return subprocess.Popen(command, stdout=output, stderr=output)


async def kill_at_random(
    client: Client, chance: random.Random, log: Path, until: float
) -> tuple[int, Worker]:
    """Kill -9 the worker, or end the sweep, again and again; how often, and the last one."""
    kills, running = 0, begin_worker(2, log)
    while time.monotonic() < until:
        await asyncio.sleep(chance.uniform(1.5, 5))
        if chance.random() < 0.4:
            with suppress(RPCError):
                await client.get_workflow_handle("sweep").terminate("killed at random")
        running.kill()
        running.wait()
        kills += 1
        running = begin_worker(2, log)
    return kills, running


async def main(number: int, seed: int) -> int:
    """Live through it, and hold the invariants against what is left."""
    chance = random.Random(seed)  # noqa: S311  no secret: the same seed, the same chaos
    with tempfile.TemporaryDirectory(dir=os.environ.get("CHAOS_DIR")) as folder:
        state = Path(folder)
        async with server(state) as client:
            from tests.chaos.versions import cast, verdict  # noqa: PLC0415  settings are set

            old = begin_worker(1, state / "worker.log")
            players = await cast.begin(client, number, chance)
            old.kill()
            old.wait()
            begun = time.monotonic()
            kills, last = await kill_at_random(client, chance, state / "worker.log", begun + 25)
            await cast.until_settled(players)
            print(
                f"{number} processes, seed {seed}: {kills} workers killed, "
                f"all settled {time.monotonic() - begun:.0f} s after the raise"
            )
            held = await verdict.hold(players, state)
            last.kill()
            return 0 if held else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(os.environ.get("N", "100")), int(os.environ.get("SEED", "1")))))
