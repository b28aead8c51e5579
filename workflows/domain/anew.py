"""Beginning a closed process anew: who may, and when it never happens."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.action import STOPPERS, check_reason, check_roles
from workflows.domain.actor import SWEEP
from workflows.domain.bequest import successor
from workflows.domain.lineage import Lineage, Wanted
from workflows.domain.message import Restart, Start
from workflows.domain.process import Process
from workflows.domain.refused import Refused

NEWEST = 0


def check(process: Process, message: Restart) -> None:
    """Refuse to begin a closed process anew where it must not be, or not by this person."""
    if process.superseded:
        raise Refused("This process was replaced already.")
    if not process.steps:
        raise Refused(
            "This process could not begin, so nothing can be restarted. Begin with a new request."
        )
    if process.published or "pull_request" in process.names:
        raise Refused("The pull request of this process exists; it is never restarted.")
    if task := process.busy:
        raise Refused(
            f"“{task.title}” was interrupted, so a pull request of this process may exist. "
            "Look for it, and begin with a new request."
        )
    check_roles(message.by, STOPPERS, "restart this process")
    check_reason(message.reason)


def start(process: Process, message: Restart, at: datetime) -> Start:
    """How the next process starts: for the same initiator, with what of this one still holds."""
    wanted = Wanted(message.id, NEWEST, message.by, at, message.reason.strip())
    return successor(process, process.id, process.run, wanted, NEWEST)


def says_the_same(lineage: Lineage, message: Restart) -> bool:
    """Whether a process was begun anew by this very message."""
    same = lineage.by.is_same_account(message.by) and lineage.by.id == message.by.id
    return same and (lineage.id, lineage.reason) == (message.id, message.reason.strip())


def was_closed_before(start: Start, continued_run: str | None) -> Lineage | None:
    """The lineage of a start by which a person begins a closed process anew.

    `continued_run` is set for a run that an open process itself began.
    """
    before = start.supersedes
    return before if before and not continued_run and before.by != SWEEP else None
