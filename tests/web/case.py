"""A case: one process in the memory of the fake."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime

from temporalio.client import WorkflowHistory

from workflows.domain.mile import LastMile
from workflows.domain.process import Process
from workflows.reading.document import Document, RawEvent, Running, Unread
from workflows.reading.row import Row


@dataclass
class Case:
    """One run of one family, and what is known of it besides the process."""

    workflow_id: str
    run: str
    process: Process
    changed: datetime
    events: int = 1
    unread: list[Unread] = field(default_factory=list)
    running: dict[str, Running] = field(default_factory=dict)
    problem: str = ""
    history: WorkflowHistory | None = None  # of a recorded run, which is read instead
    after: LastMile | None = None
    successor: str = ""
    archived: datetime | None = None
    raw: tuple[RawEvent, ...] = ()
    why_closed: str = ""  # by which Temporal was told to terminate it


def row_of(case: Case) -> Row:
    """As Temporal's list tells it."""
    process = case.process
    step = process.current
    return Row(
        case.workflow_id,
        case.run,
        process.proposal.get("family", process.key),
        str(process.version),
        step.title if step else "",
        process.phase,
        tuple(process.waits_for),
        process.initiator.login,
        process.begun,
        case.changed,
        closed_by(case),
        case.after.station.value if case.after else "",
        case.after.reminded if case.after else False,
        process.supersedes.run if process.supersedes else "",
        case.archived is not None,
        case.problem if case.archived else "",
    )


def closed_by(case: Case) -> str:
    """How Temporal closed it."""
    process = case.process
    if case.why_closed:
        return "TERMINATED"
    if not process.ended:
        return ""
    return "CONTINUED_AS_NEW" if process.superseded else "COMPLETED"


def document_of(case: Case) -> Document:
    """As a replay makes one: a copy, nobody can change the process through it."""
    return Document(
        case.workflow_id,
        case.run,
        case.events,
        copy.deepcopy(case.process),
        closed_by(case),
        tuple(case.running.values()),
        tuple(case.unread),
        case.problem,
        case.raw,
        case.archived,
        copy.deepcopy(case.after),
        case.successor,
        why_closed=case.why_closed,
    )
