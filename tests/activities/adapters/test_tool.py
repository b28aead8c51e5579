"""A tool runs apart from us, within its limits, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import threading
from pathlib import Path

import pytest

from activities.adapters import tool

PYTHON = sys.executable


async def test_the_tool_is_told_nothing_but_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SITE_SECRET", "GITHUB_TOKEN", "GITHUB_APP_PRIVATE_KEY", "GITHUB_CLIENT_SECRET"):
        monkeypatch.setenv(name, "hush")
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
