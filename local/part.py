"""One part of the set: a program that is kept running, with a log of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent

LOG_LIMIT = 10_000_000
"""Bytes; a longer log is put aside at the next start, one older log is kept."""


async def at_once() -> None:
    """For parts that nobody has to wait for."""


@dataclass(frozen=True)
class Part:
    """A program and what to know to keep it.

    `ready` returns as soon as the part serves. `grace`: seconds to end by itself when it is
    stopped. `environment` is added to the environment of the whole set, of which variables that
    begin with `withheld` are kept back; an empty one keeps nothing back.
    """

    name: str
    command: tuple[str, ...]
    ready: Callable[[], Awaitable[None]] = at_once
    grace: float = 10.0
    environment: Mapping[str, str] = field(default_factory=dict)
    withheld: str = ""

    async def start(self, log: Path) -> asyncio.subprocess.Process:
        """Start it in a process group of its own, so that Ctrl-C reaches only the supervisor."""
        child = (sys.executable, str(Path(__file__).with_name("child.py")), str(os.getpid()))
        with log.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *child,
                *self.command,
                cwd=ROOT,
                env={**self._inherited(), "PYTHONUNBUFFERED": "1", **self.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _inherited(self) -> dict[str, str]:
        kept_back = self.withheld
        return {n: v for n, v in os.environ.items() if not (kept_back and n.startswith(kept_back))}

    async def stop(self, process: asyncio.subprocess.Process) -> None:
        """Ask it to end, wait, then end it and everything it left in its group."""
        signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self.grace)
        signal_group(process.pid, signal.SIGKILL)
        await process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to all of a process group, if there is still something in it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def put_aside(log: Path) -> None:
    """Begin a new log where the old one has grown too long."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.1"))


def last_lines(log: Path, number: int = 12) -> str:
    """The end of a log, for people."""
    with contextlib.suppress(FileNotFoundError), log.open("rb") as content:
        content.seek(max(0, log.stat().st_size - 8000))
        return "\n".join(content.read().decode(errors="replace").splitlines()[-number:])
    return ""
