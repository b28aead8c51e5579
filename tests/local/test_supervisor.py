"""The set comes up together, is kept running, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

# A set of two small programs; each writes its process id and waits. The second also has a child
# of its own, as a worker has its tools.
SET = """
import asyncio, sys
from pathlib import Path
from local.part import Part
from local.supervisor import NotStarted, Supervisor

folder = Path(sys.argv[1])

def part(name):
    async def ready():
        while not (folder / name).exists():
            await asyncio.sleep(0.02)
    return Part(name, (sys.executable, str(folder / f"{name}.py")), ready, grace=5)

set = Supervisor([part("first"), part("second")], folder / "logs", lambda s: print(s, flush=True))
try:
    asyncio.run(set.run(lambda: print("READY", flush=True)))
except NotStarted as fault:
    sys.exit(str(fault))
print("STOPPED", flush=True)
"""

CHILD = """
import os, signal, subprocess, sys, time
from pathlib import Path
here = Path(__file__)
def leave(*_):
    with here.with_name("left").open("a") as left:
        left.write(here.stem + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("begins", flush=True)
if here.stem == "second":
    tool = subprocess.Popen(["sleep", "600"])
    here.with_name("tool").write_text(str(tool.pid))
here.with_name("now").write_text(str(os.getpid()))
here.with_name("now").replace(here.with_suffix(""))
while True:
    time.sleep(0.05)
"""


class Running:
    """A set in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", SET, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def child(self, name: str) -> int:
        return int((self.folder / name).read_text())

    def until(self, line: str) -> str:
        assert self.process.stdout
        for printed in self.process.stdout:
            if line in printed:
                return printed
        raise AssertionError(f"the set ended without saying {line!r}")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Running]:
    for name in ("first", "second"):
        (tmp_path / f"{name}.py").write_text(CHILD)
    running = Running(tmp_path)
    running.until("READY")
    yield running
    running.process.kill()
    running.process.communicate()


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(fact: Callable[[], bool], within: float = 8.0) -> bool:
    deadline = time.monotonic() + within
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_part_that_is_killed_is_started_again_and_the_log_says_so(started: Running) -> None:
    before, tool = started.child("second"), started.child("tool")
    os.kill(before, signal.SIGKILL)
    assert "second ended (signal 9). It is started again in 0.5 s." in started.until("second")
    assert eventually(lambda: started.child("second") != before)
    assert not alive(tool), "what a dead part left in its group is ended"
    logs = started.folder / "logs"
    assert "second ended (signal 9)" in (logs / "supervisor.log").read_text()
    assert (logs / "second.log").read_text().count("begins") == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_ends_all_parts_the_last_one_first(started: Running, number: int) -> None:
    children = [started.child(name) for name in ("first", "second", "tool")]
    started.process.send_signal(number)
    output, _ = started.process.communicate(timeout=15)
    assert "STOPPED" in output
    assert started.process.returncode == 0
    assert not any(alive(child) for child in children)
    assert (started.folder / "left").read_text() == "second\nfirst\n"


def test_kill_9_of_the_supervisor_leaves_no_orphan(started: Running) -> None:
    children = [started.child(name) for name in ("first", "second")]
    started.process.kill()
    started.process.wait()
    assert eventually(lambda: not any(alive(child) for child in children))
    os.kill(started.child("tool"), signal.SIGKILL)  # a tool's own end is its worker's business


def test_a_part_that_never_comes_up_stops_the_set_and_shows_its_log(tmp_path: Path) -> None:
    (tmp_path / "first.py").write_text(CHILD)
    (tmp_path / "second.py").write_text("raise SystemExit('the disk is full')")
    running = Running(tmp_path)
    output, _ = running.process.communicate(timeout=20)
    assert running.process.returncode == 1
    assert "second does not start" in output
    assert output.rstrip().endswith("the disk is full")
    assert not alive(running.child("first"))


def test_a_stop_while_the_set_comes_up_ends_what_has_started(tmp_path: Path) -> None:
    (tmp_path / "first.py").write_text(CHILD)
    (tmp_path / "second.py").write_text("import time; time.sleep(600)")
    running = Running(tmp_path)
    assert eventually((tmp_path / "logs" / "second.log").exists)
    running.process.terminate()
    running.process.communicate(timeout=15)
    assert not alive(running.child("first"))
