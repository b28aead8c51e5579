"""Recorded runs in the fake: processes whose whole history can be looked at."""

from __future__ import annotations

from temporalio.client import WorkflowHistory

from tests.web.case import Case
from tests.web.fake import FakeProcesses
from tests.workflows.recorder import HISTORIES
from workflows.reading.history import read


async def recorded(processes: FakeProcesses, name: str) -> tuple[str, WorkflowHistory]:
    """The page of a recorded process, and its history."""
    path = HISTORIES / name
    history = WorkflowHistory.from_json(f"family-pr/{path.stem}", path.read_text())
    document = await read(history)
    assert document.process
    document.process.key = path.stem
    case = Case(history.workflow_id, document.run, document.process, document.process.begun)
    case.history = history
    processes.cases.append(case)
    return f"/processes/{path.stem}/{document.run}", history
