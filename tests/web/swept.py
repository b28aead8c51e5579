"""Rounds of the sweep: one runs, one had nothing to do, one was busy, one broke off."""

from __future__ import annotations

from datetime import timedelta

from tests.web.fake import FakeProcesses
from workflows.domain.sweeping import Report
from workflows.reading.sweep_round import Round

LOST = "family-pr/oldstandard 11111111-2222-3333-4444-555555555555"


def sweep(processes: FakeProcesses) -> None:
    """Rounds about the processes that are there."""
    runs = tuple(case.run for case in processes.cases)[:7]
    now = processes.tick()
    busy = {
        "sweep.supersede": Report(len(runs), runs),
        "sweep.rescue": Report(1, (f"{LOST}: begun anew",)),
        "sweep.find_orphans": Report(0, (), (f"{LOST}: terminated, and nothing follows it",)),
        "archive": Report(archived=3, before=12, faults=("not done: the store is <full>.",)),
    }
    quiet = {**dict.fromkeys(busy, Report()), "archive": Report(before=15)}
    ago = [now - timedelta(minutes=10 * n) for n in range(4)]
    end = timedelta(seconds=4)
    processes.swept = [
        Round("r4", "RUNNING", ago[0], None, {"sweep.supersede": Report()}),
        Round("r3", "COMPLETED", ago[1], ago[1] + end, quiet),
        Round("r2", "COMPLETED", ago[2], ago[2] + end, busy),
        Round("r1", "TERMINATED", ago[3], ago[3] + end, {}),
    ]
