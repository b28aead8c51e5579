"""A run that asks GitHub for what it does not describe fails at its end, also from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.github.record import FILE

ROOT = Path(__file__).parents[2]
TEST = """
from tests.github.report import pytest_configure, pytest_sessionfinish, pytest_terminal_summary
"""


def run(folder: Path, lines: str, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest, in a folder of its own, with a test that passes."""
    (folder / "conftest.py").write_text(TEST)
    (folder / "test_it.py").write_text(f"def test_it():\n    {lines}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    outside = {name: value for name, value in os.environ.items() if name != FILE}
    return subprocess.run(
        [*command, *options, "--rootdir", str(folder), "-c", os.devnull],
        cwd=ROOT,
        env=outside | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


ELSEWHERE = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', "
    "'from tests.github.record import RECORD; RECORD.violation(\"elsewhere\")'], check=True)"
)


@pytest.mark.parametrize("shared", [(), ("--numprocesses=1",)], ids=["whole", "shared"])
@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        ("from tests.github.record import RECORD; RECORD.violation('here')", 1, "here"),
        (ELSEWHERE, 1, "elsewhere"),
        (
            "from tests.github.record import RECORD; RECORD.used('a/b', 'get', '/a', 200)",
            0,
            "     1  GET    /a  200",
        ),
    ],
    ids=["a violation", "a violation elsewhere", "a use"],
)
def test_the_end_of_a_run(
    tmp_path: Path, lines: str, code: int, words: str, shared: tuple[str, ...]
) -> None:
    done = run(tmp_path, lines, *shared)
    assert done.returncode == code, done.stdout
    assert words in done.stdout
