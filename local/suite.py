"""Runs all tests, in the groups that need a Python of their own: `make test`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

FAILED = 1
"""Pytest's exit code where tests have failed; other faults are not tried again."""

SHARES = (os.cpu_count() or 1) + 1
"""Processes that share the tests; each has a server of its own. Most tests wait for something."""

# Playwright's own event loop and pytest-asyncio's cannot share a process. A file of the browser's
# tests shares one served site, so it stays in one process.
GROUPS = {
    "all but the browser": (
        "tests",
        f"--numprocesses={SHARES}",
        "--dist=worksteal",
        "--ignore=tests/browser",
        "--ignore=tests/bench",
        "--ignore=tests/chaos",
    ),
    "the browser": (
        "-p",
        "no:asyncio",
        "-p",
        "tests.without_asyncio",
        f"--numprocesses={SHARES}",
        "--dist=loadfile",
        "tests/browser",
    ),
}


def main(arguments: list[str]) -> int:
    """Run each group, also after a failure; `arguments` go to pytest. Non-zero if one failed."""
    endings = {name: _tried([*group, *arguments]) for name, group in GROUPS.items()}
    print()
    for name, (code, summary) in endings.items():
        print(f"{name}: {summary or f'pytest ended with exit code {code}'}")
    return max(code for code, _ in endings.values())


def _tried(arguments: list[str]) -> tuple[int, str]:
    """Run a group, and what failed once more: real servers and browsers share a busy machine.

    The summary tells of both tries, so that a test that needs a second one is not overlooked.
    """
    code, summary = _run(arguments)
    if code != FAILED:
        return code, summary
    print("\nOnce more, only what failed:\n", flush=True)
    code, again = _run([*arguments, "--last-failed"])
    return code, f"{summary}; on the second try: {again}"


def _run(arguments: list[str]) -> tuple[int, str]:
    """Run pytest and pass its output on; its exit code and last line."""
    color = "--color=yes" if sys.stdout.isatty() else "--color=no"
    command = [sys.executable, "-m", "pytest", color, *arguments]
    summary = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as pytest:
        for line in pytest.stdout or ():
            print(line, end="", flush=True)
            summary = line.strip(" =\n") or summary
    return abs(pytest.returncode), summary


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
