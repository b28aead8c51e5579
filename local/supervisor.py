"""Brings all parts of the set up in order, and ends them together."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from local.keeper import Keeper
from local.part import Part, last_lines

READY_WITHIN = 90.0
"""Seconds for a part to become ready at the start of the set."""


class NotStarted(Exception):  # noqa: N818  reads as a sentence: the part was not started
    """A part of the set does not come up."""


class Supervisor:
    """Starts parts in order, each when the one before is ready; stops them in reverse order."""

    def __init__(self, parts: Sequence[Part], logs: Path, say: Callable[[str], None]) -> None:
        self._parts = parts
        self._logs = logs
        self._say = say
        self._keepers: list[Keeper] = []

    async def run(self, when_ready: Callable[[], None]) -> None:
        """Run the set until SIGINT, SIGTERM or SIGHUP; NotStarted if it does not come up."""
        asked = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
        stop = asyncio.create_task(asked.wait())
        start = asyncio.create_task(self._start())
        try:
            await asyncio.wait({start, stop}, return_when=asyncio.FIRST_COMPLETED)
            if start.done():
                start.result()
                when_ready()
                await stop
        finally:
            for task in (start, stop):
                task.cancel()
            await asyncio.wait({start, stop})
            for keeper in reversed(self._keepers):
                await keeper.leave()

    async def _start(self) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        for part in self._parts:
            keeper = Keeper(part, self._logs, self._note)
            self._keepers.append(keeper)
            if not await keeper.ready(READY_WITHIN):
                end = last_lines(keeper.log)
                raise NotStarted(f"{part.name} does not start. The end of {keeper.log}:\n\n{end}")

    def _note(self, sentence: str) -> None:
        line = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {sentence}"
        with (self._logs / "supervisor.log").open("a") as log:
            log.write(line + "\n")
        self._say(line)
