"""The stand-in by command: it says how to use it, serves, and ends with what was asked of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.github.record import FILE

ROOT = Path(__file__).parents[2]


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """A test that fails does not wait for ever for a program that nobody stops."""
    try:
        yield
    except BaseException:
        process.kill()
        raise


def test_it_is_started_used_and_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.github", "--port", "0", "--state", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != FILE}
    with (
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process,
        ended(process),
    ):
        assert process.stdout
        first = process.stdout.readline()
        url = first.split()[-7].rstrip(".")
        assert url.startswith("http://127.0.0.1:"), first
        settings = tmp_path / "github" / "settings.env"
        assert settings.stat().st_mode & 0o077 == 0
        assert f"GITHUB_API_URL={url}" in settings.read_text()
        with httpx.Client(transport=httpx.HTTPTransport(retries=6)) as http:  # it says it first
            assert http.get(f"{url}/repos/google/fonts").status_code == 200
            assert http.get(f"{url}/google/fonts").status_code == 200
            assert http.get(f"{url}/repos/google/fonts/bogus").status_code == 599
        process.send_signal(signal.SIGTERM)
        output = process.stdout.read()
    assert "GET    /repos/{owner}/{repo}  200" in output
    assert "no such operation" in output
    assert process.returncode == 1


def test_a_folder_that_is_not_its_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "github").mkdir()
    mine = tmp_path / "github" / "mine.txt"
    mine.write_text("mine")
    command = [sys.executable, "-m", "tests.github", "--port", "0", "--state", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, mine.read_text()) == (1, "mine")
    assert "Choose another" in done.stdout
