"""Runs Font Bakery inside its own environment: JSON lines on the way, both reports at the end.

    python -I runner.py report.json report.html FILE…

A program that stands alone. It prints one JSON object per line: first what is going to run, then
one per check. Whatever the checks print themselves goes to the error output.
"""

import contextlib
import json
import os
import platform
import sys
import time
from typing import Any

import fontbakery
from fontbakery.checkrunner import CheckRunner
from fontbakery.configuration import Configuration
from fontbakery.fonts_profile import get_module, profile_factory, setup_context
from fontbakery.reporters import FontbakeryReporter
from fontbakery.reporters.html import HTMLReporter
from fontbakery.reporters.serialize import JSONReporter
from fontbakery.status import DEBUG, ERROR, FAIL, FATAL, INFO, PASS, SKIP, WARN

ALL = [ERROR, FATAL, FAIL, WARN, INFO, SKIP, PASS, DEBUG]
SHOWN = [ERROR, FATAL, FAIL, WARN]
"""What the HTML report shows; with all that passes it would be ten times as large."""


class LineReporter(FontbakeryReporter):  # type: ignore[misc]  # Font Bakery has no types
    """Tells how far Font Bakery is, one line per check."""

    lines = sys.stdout

    def start(self, order: Any) -> None:
        """Announce how many checks there will be, and who makes them."""
        super().start(order)
        self._before = time.monotonic()
        self._say(
            total=len(order),
            version=fontbakery.__version__,
            python=platform.python_version(),
            skip_network=self.runner.config["skip_network"],
        )

    def receive_result(self, checkresult: Any) -> None:
        """Tell of one finished check, and how long it took."""
        super().receive_result(checkresult)
        now = time.monotonic()
        self._say(
            done=len(self._results),
            check=checkresult.identity.check.id,
            status=checkresult.summary_status.name,
            seconds=round(now - self._before, 3),
        )
        self._before = now

    def _say(self, **what: object) -> None:
        print(json.dumps(what), file=self.lines, flush=True)


def main(json_path: str, html_path: str, *files: str) -> None:
    """Check the files, and write both reports only when all checks have been made."""
    profile = profile_factory(get_module("fontbakery.profiles.googlefonts"))
    context = setup_context(files)
    context.is_multithreaded = False
    config = Configuration(full_lists=True, skip_network=True)
    runner = CheckRunner(profile, context=context, config=config, jobs=0)
    reporters = [
        LineReporter(runner=runner, loglevels=ALL),
        JSONReporter(runner=runner, loglevels=ALL, output_file=json_path, quiet=True),
        HTMLReporter(runner=runner, loglevels=SHOWN, output_file=html_path, quiet=True),
    ]
    with contextlib.redirect_stdout(sys.stderr):
        runner.run(reporters)
        for reporter in reporters:
            reporter.write()


if __name__ == "__main__":
    LineReporter.lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # the C libraries below the checks print as well
    main(*sys.argv[1:])
