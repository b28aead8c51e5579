"""Keeps one part running: starts it again whenever it ends, until it is told to leave."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from local.part import Part, put_aside, signal_group

TRIES = 3
"""A part that ends so often before it was ever ready is not started again."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CALM = 60.0
"""Seconds that a part must run for its next pause to be the first one again."""


class Keeper:
    """Holds a part and the process that it is now; `note` gets a sentence on each restart."""

    def __init__(self, part: Part, logs: Path, note: Callable[[str], None]) -> None:
        self.part = part
        self.log = logs / f"{part.name}.log"
        self._note = note
        self._leave = asyncio.Event()
        self._ready = False
        put_aside(self.log)
        self._work = asyncio.create_task(self._keep())

    async def ready(self, within: float) -> bool:
        """Whether the part became ready; it did not if it keeps ending or takes too long."""
        asked = asyncio.ensure_future(self.part.ready())
        try:
            await asyncio.wait(
                {asked, self._work}, timeout=within, return_when=asyncio.FIRST_COMPLETED
            )
            self._ready = asked.done()
            if self._ready:
                asked.result()  # a fault in asking is not readiness
            return self._ready
        finally:
            asked.cancel()

    async def leave(self) -> None:
        """End the part for good and wait until it has ended."""
        self._leave.set()
        await self._work

    async def _keep(self) -> None:
        pause, tries = FIRST_PAUSE, 0
        loop = asyncio.get_running_loop()
        while not self._leave.is_set():
            began = loop.time()
            ending = await self._run()
            tries += 1
            if self._leave.is_set() or (not self._ready and tries == TRIES):
                return
            pause = FIRST_PAUSE if loop.time() - began > CALM else pause
            self._note(f"{self.part.name} ended ({ending}). It is started again in {pause:g} s.")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leave.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _run(self) -> str:
        """One life of the part; how it ended, in words."""
        try:
            process = await self.part.start(self.log)
        except OSError as fault:  # e.g. no memory left: that may pass
            return str(fault)
        waits = [asyncio.create_task(w) for w in (process.wait(), self._leave.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if self._leave.is_set():
            await self.part.stop(process)
        for wait in waits:
            wait.cancel()
        signal_group(process.pid, signal.SIGKILL)  # what it left behind
        code = process.returncode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"
