"""A process of three steps whose tasks count their runs, and the wish to replace it."""

from __future__ import annotations

import asyncio
import threading

from activities.authoring import VERDICT, Outcome, ask, ok
from tests.stage import Play, Stage, task
from workflows.domain.actor import SWEEP
from workflows.domain.message import Supersede


class Work:
    """Tasks that count how often they were run."""

    def __init__(self) -> None:
        self.runs: dict[str, int] = {}
        self.gate = threading.Event()

    def _count(self, name: str) -> None:
        self.runs[name] = self.runs.get(name, 0) + 1

    async def get(self) -> Outcome:
        self._count("get")
        return ok("Fetched.", package={"digest": "d1"})

    async def check(self, package: dict[str, str]) -> Outcome:
        self._count("check")
        return ask(f"Look at {package['digest']}.", *VERDICT)

    async def sign(self) -> Outcome:
        self._count("sign")
        return ask("Sign?", *VERDICT, barred=("initiator",))

    async def open(self) -> Outcome:
        self._count("open")
        await asyncio.to_thread(self.gate.wait)
        return ok("Opened.", pull_request="https://example.com/1")

    def play(self, version: int = 1, check: int = 1) -> Play:
        return Play(
            {
                "Get": (task("get", self.get, provides=("package",)),),
                "Check": (task("check", self.check, version=check), task("sign", self.sign)),
                "Open": (task("open", self.open, provides=("pull_request",)),),
            },
            VERSION=version,
        )


async def to(stage: Stage, version: int) -> str:
    """Supersede the process; the run id of the next."""
    await wish(stage, version)
    return await next_run(stage)


async def wish(stage: Stage, version: int) -> None:
    message = Supersede(f"supersede-{stage.run}-{version}", SWEEP, version, stage.run)
    await stage.processes.handle(stage.key, stage.run).signal("supersede", message)


async def next_run(stage: Stage) -> str:
    async with asyncio.timeout(20):
        while True:
            if (run := await stage.processes.latest(stage.key)) != stage.run:
                return run
            await asyncio.sleep(0.05)
