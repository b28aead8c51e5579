"""Whatever ends first, tool, task or worker: nothing that a tool has started outlives it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from activities.adapters import tool

PYTHON = sys.executable
ROOT = Path(__file__).parents[3]

STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()  # a grandchild that has left its group
    if os.fork() == 0:
        print("ready", flush=True)
time.sleep(300)
"""
"""A tool that does not want to end, and has children in hiding. Its argument marks it."""

BARE = tool._START.replace(
    "; main()", "; from activities.adapters import kernel; kernel.unshare = lambda _: False; main()"
)
"""How a tool starts on a machine that gives no namespaces at all."""

WORKER = """
import asyncio, sys
from pathlib import Path
from activities.adapters import tool
tool._START = {start!r}
asyncio.run(tool.run([sys.executable, "-c", {code!r}, {mark!r}], Path({folder!r}), on_line=print))
"""
"""A worker that runs a stubborn tool."""

either_machine = pytest.mark.parametrize(
    "start", [tool._START, BARE], ids=["own process list", "no namespaces"]
)


@pytest.fixture
def mark() -> str:
    return f"mark-{uuid.uuid4()}"


def marked(mark: str) -> list[int]:
    """The processes that carry the mark among their arguments, wardens left aside."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark.encode() in words and b"-S" not in words:
            found.append(int(entry.name))
    return found


async def eventually(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)


async def test_a_tool_beyond_its_limit_is_ended_with_all_it_started(
    tmp_path: Path, mark: str
) -> None:
    with pytest.raises(tool.Stuck, match=r"took longer than its limit of 1 seconds"):
        await tool.run([PYTHON, "-c", STUBBORN, mark], tmp_path, limit=1)
    assert marked(mark) == []


@either_machine
async def test_a_cancelled_tool_is_ended_with_all_it_started(
    start: str, tmp_path: Path, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "_START", start)
    ready = asyncio.Event()
    running = asyncio.create_task(
        tool.run([PYTHON, "-c", STUBBORN, mark], tmp_path, on_line=lambda _: ready.set())
    )
    await asyncio.wait_for(ready.wait(), 10)
    assert len(marked(mark)) == 3
    sent: list[int] = []
    _listen(sent, monkeypatch)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert sent == [signal.SIGTERM, signal.SIGUSR1]  # the last resort was not needed
    assert marked(mark) == []


def _listen(sent: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note the signals; the warden has as long as a busy machine needs for its work."""
    wait = tool._wait

    async def patient(process: asyncio.subprocess.Process, seconds: float) -> None:
        await wait(process, seconds if sent == [signal.SIGTERM] else 120)

    for name in ("kill", "killpg"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, partial(_sent, real, sent))
    monkeypatch.setattr(tool, "_wait", patient)


def _sent(real: Callable[[int, int], None], sent: list[int], pid: int, what: int) -> None:
    sent.append(what)
    real(pid, what)


@either_machine
async def test_a_killed_worker_leaves_no_tool_behind(start: str, tmp_path: Path, mark: str) -> None:
    code = WORKER.format(start=start, code=STUBBORN, mark=mark, folder=str(tmp_path))
    worker = await asyncio.create_subprocess_exec(
        PYTHON, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout
    try:
        await asyncio.wait_for(worker.stdout.readline(), 20)
        assert len(marked(mark)) == 3
    finally:
        worker.kill()
        await worker.communicate()
    await eventually(lambda: not marked(mark))


async def test_the_orphans_of_a_finished_tool_are_ended(tmp_path: Path, mark: str) -> None:
    code = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(300)"
    assert (await tool.run([PYTHON, "-c", code, mark], tmp_path)).code == 0
    assert marked(mark) == []
