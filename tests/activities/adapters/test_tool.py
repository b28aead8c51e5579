"""A tool runs apart from us, within its limits, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import threading
import time
import uuid
from collections.abc import Callable
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


async def test_the_tool_is_told_nothing_but_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_SECRET", "hush")
    code = "import os; print(*os.environ, os.environ['HOME'], os.environ['X'])"
    done = await tool.run([PYTHON, "-I", "-c", code], tmp_path, environment={"X": "given"})
    names = {"PATH", "LANG", "HOME", "TMPDIR", "X", "LC_CTYPE"}  # Python adds the last one
    *seen, home, given = done.output.split()
    assert set(seen) <= names
    assert (home, given) == (str(tmp_path), "given")


async def test_lines_arrive_one_by_one_and_both_tails_are_kept(tmp_path: Path) -> None:
    lines: list[str] = []
    code = "import sys; print('one\\ntwo'); print('no end', end=''); print('oh', file=sys.stderr)"
    done = await tool.run([PYTHON, "-c", code], tmp_path, on_line=lines.append)
    assert lines == ["one", "two", "no end"]
    assert (done.code, done.errors) == (0, "oh\n")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ([PYTHON, "-c", "raise SystemExit(3)"], 3),
        ([PYTHON, "-c", "import os; os.kill(os.getpid(), 9)"], 128 + 9),
        (["no-such-tool"], 127),
    ],
)
async def test_the_exit_code_tells_how_it_ended(
    command: list[str], code: int, tmp_path: Path
) -> None:
    assert (await tool.run(command, tmp_path)).code == code


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
    cancelled = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - cancelled < tool.GRACE + 1
    assert marked(mark) == []


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
    started = time.monotonic()
    assert (await tool.run([PYTHON, "-c", code, mark], tmp_path)).code == 0
    assert time.monotonic() - started < 10
    assert marked(mark) == []


async def test_a_flood_of_output_does_not_fill_the_memory(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code = "import os\nfor _ in range(150): os.write(1, b'x' * (1 << 20))\nos.write(2, b'end')"
    done = await tool.run([PYTHON, "-c", code], tmp_path, on_line=lambda _: None)
    assert (done.code, done.errors) == (0, "end")
    assert len(done.output) == tool.TAIL
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 << 10  # KiB


async def test_memory_is_bounded(tmp_path: Path) -> None:
    done = await tool.run([PYTHON, "-c", "bytearray(1 << 30)"], tmp_path, memory=512 << 20)
    assert (done.code, done.errors.splitlines()[-1]) == (1, "MemoryError")


async def test_a_fault_of_the_listener_is_raised_and_ends_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        await tool.run([PYTHON, "-c", "print(1)"], tmp_path, on_line=lambda _: print(1 / 0))


def test_it_works_in_a_thread_with_a_loop_of_its_own(tmp_path: Path) -> None:
    codes: list[int] = []

    def task() -> None:
        command = [PYTHON, "-c", "raise SystemExit(5)"]
        codes.append(asyncio.run(tool.run(command, tmp_path)).code)

    thread = threading.Thread(target=task)
    thread.start()
    thread.join(30)
    assert codes == [5]


def test_only_a_plain_file_of_fair_size_is_read_as_a_result(tmp_path: Path) -> None:
    secret, link, pipe = tmp_path / "secret", tmp_path / "link", tmp_path / "pipe"
    secret.write_bytes(b"12345")
    link.symlink_to(secret)
    os.mkfifo(pipe)
    assert tool.read(secret) == b"12345"
    assert tool.read(secret, most=4) is None
    assert tool.read(link) is None
    assert tool.read(pipe) is None
    assert tool.read(tmp_path / "nothing") is None
