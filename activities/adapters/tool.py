"""Tools: programs that read untrusted fonts, run apart from us."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from activities.adapters.settings import settings

GRACE = 2.0  # seconds between asking a tool to end and ending it
CHUNK = 64 << 10  # bytes read at once
TAIL = 64 << 10  # bytes kept of what a tool prints
LONGEST_LINE = 1 << 20  # bytes; the rest of a longer line is dropped
FLOOD = 64 << 20  # bytes; nobody listens to lines after that many
LARGEST_RESULT = 64 << 20  # bytes

_START = "import sys; sys.path[:0] = [{!r}]; from activities.adapters.warden import main; main()"
_ROOT = str(Path(__file__).parents[2])


@dataclass(frozen=True)
class Finished:
    """A tool that came to its end. `output` and `errors` are the last 64 KiB of each.

    `code` is 128 + N where signal N ended it, 127 where it could not be started.
    """

    code: int
    output: str
    errors: str


class Stuck(Exception):  # noqa: N818  reads as a sentence: the tool is stuck
    """The tool took longer than its limit and was ended."""


async def run(
    command: Sequence[str],
    folder: Path,
    *,
    limit: float = 1800,
    memory: int = 4 << 30,
    on_line: Callable[[str], None] | None = None,
    environment: Mapping[str, str] | None = None,
    network: bool = False,
) -> Finished:
    """Run a tool to its end in `folder`, the only place it may write to.

    `limit` is in seconds, `memory` in bytes of address space (0: no limit, for programs that
    reserve much more than they use, as browsers do). `on_line` gets each line of the output.
    The tool sees no variable of ours but those in `environment`. Cancelling ends the tool with
    all it has started; so does the death of the thread that called this. Raises Stuck.
    """
    process = await asyncio.create_subprocess_exec(
        *_confined(command, folder, limit, memory, network),
        cwd=folder,
        env=_environment(folder, environment or {}),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )
    return await _attend(process, Path(command[0]).name, limit, on_line)


def read(path: Path, most: int = LARGEST_RESULT) -> bytes | None:
    """A file that a tool has written, None where there is none.

    A link that could lead to a file of ours, and one larger than `most` bytes, count as none.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(file, "rb") as opened:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            return None
        return opened.read()


def protections(program: str = sys.executable) -> dict[str, bool]:
    """What this machine protects us with when it runs `program`: in plain words, yes or no."""
    with tempfile.TemporaryDirectory() as folder:
        command = _confined([program], Path(folder), 60, 0, False, probe=True)
        done = subprocess.run(
            command, env=_environment(Path(folder), {}), capture_output=True, timeout=60, check=True
        )
    return {str(words): bool(given) for words, given in json.loads(done.stdout).items()}


def _confined(
    command: Sequence[str],
    folder: Path,
    limit: float,
    memory: int,
    network: bool,
    probe: bool = False,
) -> list[str]:
    state = settings().state
    options = {
        "folder": str(folder.resolve()),
        "parent": os.getpid(),
        "limit": limit,
        "memory": memory,
        "network": network,
        "hidden": [str(state)] if state.is_dir() else [],
        "probe": probe,
    }
    warden = [sys.executable, "-I", "-S", "-c", _START.format(_ROOT)]
    return [*warden, json.dumps(options), *map(str, command)]


def _environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    home = str(folder.resolve())
    ours = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    return {**ours, "HOME": home, "TMPDIR": home, **more}


async def _attend(
    process: Process, name: str, limit: float, on_line: Callable[[str], None] | None
) -> Finished:
    assert process.stdout and process.stderr  # noqa: S101  we have just asked for them
    output = asyncio.create_task(_read(process.stdout, on_line))
    errors = asyncio.create_task(_read(process.stderr, None))
    try:
        await asyncio.wait_for(process.wait(), limit)
    except TimeoutError:
        raise Stuck(f"{name} took longer than its limit of {limit:g} seconds.") from None
    finally:
        await _end(process)
        _, held = await asyncio.wait([output, errors], timeout=GRACE)
        for reader in held:
            reader.cancel()
    if held:  # only where there is no own process list, and the tool fought its warden
        raise Stuck(f"{name} left something behind that still runs.")
    return Finished(process.returncode or 0, output.result(), errors.result())


async def _read(stream: asyncio.StreamReader, on_line: Callable[[str], None] | None) -> str:
    """Read to the end, whatever comes and whatever `on_line` raises; the last of it."""
    try:
        return await _follow(stream, on_line)
    finally:
        while await stream.read(CHUNK):
            pass


async def _follow(stream: asyncio.StreamReader, on_line: Callable[[str], None] | None) -> str:
    tail, rest, seen = b"", b"", 0
    while chunk := await stream.read(CHUNK):
        tail = (tail + chunk)[-TAIL:]
        seen += len(chunk)
        if on_line and seen <= FLOOD:
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[:LONGEST_LINE]
            for line in lines:
                on_line(line.decode(errors="replace"))
    if on_line and rest:
        on_line(rest.decode(errors="replace"))
    return tail.decode(errors="replace")


async def _end(process: Process) -> None:
    """End a tool that still runs, with all that it has started."""
    try:
        for whom, what in ((os.killpg, signal.SIGTERM), (os.kill, signal.SIGUSR1)):
            if process.returncode is None:
                whom(process.pid, what)
                await _wait(process, GRACE)
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await _wait(process, GRACE)


async def _wait(process: Process, seconds: float) -> None:
    await asyncio.wait([asyncio.create_task(process.wait())], timeout=seconds)
