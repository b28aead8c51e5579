"""Which of GitHub's operations a run has used, and what it did that GitHub does not describe."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FILE = "GITHUB_RECORD"
"""The variable with the path of a file that programs started by the tests add theirs to."""


@dataclass
class Record:
    """What one run has done; safe to use from several threads."""

    operations: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    statuses: dict[str, set[int]] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    file: Path | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def used(self, operation: str, method: str, template: str, status: int) -> None:
        """Note one request that was as described."""
        with self._lock:
            self.operations[operation, method.upper(), template] += 1
            self.statuses.setdefault(operation, set()).add(status)
        self._keep({"used": [operation, method, template, status]})

    def violation(self, why: str) -> None:
        """Note something that GitHub does not describe."""
        with self._lock:
            self.violations.append(why)
        self._keep({"violation": why})

    def add(self, file: Path) -> None:
        """Take in what other programs have written to their file."""
        for line in file.read_text().splitlines() if file.is_file() else ():
            entry = json.loads(line)
            if "violation" in entry:
                self.violation(entry["violation"])
            else:
                operation, method, template, status = entry["used"]
                self.used(operation, method, template, status)

    def table(self) -> list[str]:
        """One line per operation: how often, method, address, statuses that were answered."""
        return [
            f"{count:6}  {method:6} {template}  {_statuses(self.statuses[operation])}"
            for (operation, method, template), count in sorted(
                self.operations.items(), key=lambda item: (item[0][2], item[0][1])
            )
        ]

    def _keep(self, entry: dict[str, object]) -> None:
        if self.file:
            with self.file.open("a") as file:
                file.write(json.dumps(entry) + "\n")


def _statuses(statuses: set[int]) -> str:
    return ", ".join(map(str, sorted(statuses)))


RECORD = Record(file=Path(os.environ[FILE]) if os.environ.get(FILE) else None)
"""The record of this run."""
