"""A set that must not start says so in one clear line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.chaos.test_kill import free_ports

ROOT = Path(__file__).parent.parent.parent


def run_set(state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local.run"],
        cwd=ROOT,
        env={**os.environ, **free_ports(), "STATE_DIR": str(state), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_busy_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run_set(tmp_path / "state", TEMPORAL_WEB_PORT=str(port))
    assert ended.returncode == 2
    assert ended.stderr == (
        f"Port {port} for Temporal Web is taken by another program. Stop that program, or choose "
        f"another port: TEMPORAL_WEB_PORT={port + 1000} make run\n"
    )
    assert not (tmp_path / "state" / "logs").exists(), "nothing was started"


def test_a_second_set_on_the_same_state_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from local.lock import hold\n"
        "with hold(Path(sys.argv[1]), 'http://127.0.0.1:8000'): print('held'); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-c", holder, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout
        first.stdout.readline()
        ended = run_set(tmp_path)
        first.kill()
    assert ended.returncode == 2
    assert f"runs already with {tmp_path}: http://127.0.0.1:8000" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    ended = run_set(tmp_path, SITE_PORT="eighty")
    assert (ended.returncode, ended.stderr) == (
        2,
        "SITE_PORT=eighty is no port. Choose a number from 1024 to 65535.\n",
    )


def test_a_target_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    ended = run_set(tmp_path / "state", TARGET="nowhere")
    assert ended.returncode == 2
    assert "nowhere" in ended.stderr
    assert "Traceback" not in ended.stderr
