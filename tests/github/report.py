"""Says at the end of a test run which of GitHub's operations it used; fails it for violations.

Programs that the tests start, such as a served GitHub, write theirs to a file that is read then;
so do the processes that share the tests of a run.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.github.record import FILE, RECORD


def pytest_configure(config: pytest.Config) -> None:
    """Tell programs that will be started where to write."""
    if shares(config):
        return  # it was told
    folder = tempfile.TemporaryDirectory(prefix="github-record-")
    config.add_cleanup(folder.cleanup)
    os.environ[FILE] = str(Path(folder.name, "record.jsonl"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A request that GitHub does not describe is a failure, whoever made it."""
    if shares(session.config):
        return
    RECORD.add(Path(os.environ[FILE]))
    if RECORD.violations and session.exitstatus in {pytest.ExitCode.OK, 5}:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of operations, and what was wrong."""
    if table := RECORD.table():
        terminalreporter.section("GitHub's operations that were used")
        for line in table:
            terminalreporter.line(line)
    if RECORD.violations:
        terminalreporter.section("not as GitHub describes it", red=True)
        for why in RECORD.violations:
            terminalreporter.line(why, red=True)


def shares(config: pytest.Config) -> bool:
    """Whether this process runs a share of the tests for another one, which reports."""
    return hasattr(config, "workerinput")
