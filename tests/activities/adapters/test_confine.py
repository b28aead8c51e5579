"""What a hostile font could do with the tool that reads it: nothing outside its folder."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.adapters import tool

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A scratch folder where tasks have theirs; pytest's own lie where nobody else may look."""
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@pytest.fixture
def state(own_state: Path) -> Path:
    """The state folder, with a secret in it."""
    own_state.mkdir()
    (own_state / "secret").write_text("hush")
    return own_state


def test_this_machine_gives_every_protection(state: Path) -> None:
    assert all(tool.protections(SYSTEM_PYTHON).values()), tool.protections(SYSTEM_PYTHON)


@pytest.mark.parametrize("python", [SYSTEM_PYTHON, sys.executable])
async def test_there_is_no_way_to_the_network(python: str, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 3)"
        done = await tool.run([python, "-c", code], folder)
        assert "ConnectionRefusedError" in done.errors
        reached = await tool.run([python, "-c", code], folder, network=True)
        assert reached.code == 0, reached.errors


@pytest.mark.parametrize("python", [SYSTEM_PYTHON, sys.executable])
async def test_it_writes_to_its_folder_and_nowhere_else(
    python: str, folder: Path, state: Path
) -> None:
    code = f"""
import os
open("mine", "w").write("kept")
for path in ("/tmp/x", "/etc/x", {str(state / "x")!r}, "/proc/sys/kernel/hostname", __file__):
    try:
        open(path, "w")
        print("wrote to", path)
    except OSError:
        pass
"""
    script = folder / "script.py"
    script.write_text(code.replace("__file__", repr(__file__)))
    done = await tool.run([python, str(script)], folder)
    written = [line for line in done.output.splitlines() if str(state) not in line]
    assert (done.code, written) == (0, []), done.errors
    assert (folder / "mine").read_text() == "kept"
    assert not (state / "x").exists()  # there it writes to nothing that lasts


@pytest.mark.parametrize("python", [SYSTEM_PYTHON, sys.executable])
async def test_it_sees_none_of_our_files_and_processes(
    python: str, folder: Path, state: Path
) -> None:
    code = f"""
import os
try:
    seen = os.listdir({str(state)!r})
except PermissionError:  # pytest's folders are closed to others
    seen = []
print(seen, [name for name in os.listdir("/proc") if name.isdigit()])
"""
    done = await tool.run([python, "-c", code], folder)
    assert done.output.strip() == "[] ['1', '2']", done.errors


async def test_a_scratch_folder_within_the_state_works_too(state: Path) -> None:
    folder = state / "scratch" / "one"
    folder.mkdir(parents=True)
    await tool.run([SYSTEM_PYTHON, "-c", "open('mine', 'w').write('kept')"], folder)
    assert (folder / "mine").read_text() == "kept"


async def test_it_has_no_privilege_and_gains_none(folder: Path) -> None:
    done = await tool.run(["/bin/cat", "/proc/self/status"], folder)
    status = dict(line.split(":\t", 1) for line in done.output.splitlines() if ":\t" in line)
    assert {int(status[name], 16) for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} <= {0}
    assert status["NoNewPrivs"] == "1"
    assert "0" not in status["Uid"].split()


async def test_it_passes_through_a_closed_folder_without_seeing_what_else_is_there(
    folder: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "key").write_text("hush")
    script = closed / "script.py"
    script.write_text("""
import os, sys
from pathlib import Path
print(os.getuid(), Path(sys.argv[0]).with_name("key").exists())
""")
    done = await tool.run([sys.executable, str(script)], folder)
    user, sees_key = done.output.split()
    assert int(user) != 0, done.errors
    assert sees_key == str(os.geteuid() != 0)  # who runs it as himself can read his own files


async def test_a_file_without_end_is_cut_off(folder: Path) -> None:
    code = "import os; f = open('big', 'wb'); f.truncate(3 << 30)"
    assert (await tool.run([SYSTEM_PYTHON, "-c", code], folder)).code != 0
