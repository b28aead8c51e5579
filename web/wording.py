"""The words and signs for what is going on; a sign never stands alone and colour adds nothing."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.form import Form
from workflows.domain.process import Process
from workflows.domain.status import Entry, Status
from workflows.domain.step import Step
from workflows.domain.task import Task
from workflows.reading.stranded import PHASE
from workflows.reading.sweep_round import Round


@dataclass(frozen=True)
class Sign:
    """`mark` names the drawing: ok, failed, failing, waiting, running or idle."""

    mark: str
    word: str


PHASES = {
    "waiting": Sign("waiting", "Waits"),
    "failing": Sign("failing", "Failing"),
    "running": Sign("running", "Running"),
    "done": Sign("ok", "Done"),
    "failed": Sign("failed", "Failed"),
    PHASE: Sign("failing", "Needs a person"),
}


CONTINUED = Sign("idle", "Continued by a newer process")


def of_phase(phase: str, waits_for: tuple[str, ...] | list[str] = ()) -> Sign:
    """Where a process stands."""
    sign = PHASES.get(phase, Sign("idle", phase or "Unknown"))
    if phase in ("waiting", "failing", PHASE) and waits_for:
        return Sign(
            sign.mark, f"{sign.word}{' for ' if phase == 'waiting' else ': '}{_or(waits_for)}"
        )
    return sign


def of_process(process: Process) -> Sign:
    """Where a process stands, from its document."""
    if process.superseded:
        return CONTINUED
    if process.phase == "failing":
        return Sign("failing", "Failing: run again, or close the step")
    return of_phase(process.phase, process.waits_for)


def of_step(step: Step) -> Sign:
    """Where a step stands."""
    if step.verdict:
        return Sign("ok", "OK") if step.status is Status.OK else Sign("failed", "Closed as failed")
    if not step.begun:
        return Sign("idle", "Not begun")
    if step.failing:
        return Sign("failing", "Failing")
    forms = [task.form for task in step.tasks if task.form]
    return Sign("waiting", f"Waits for {whom(*forms)}") if forms else Sign("running", "Running")


def of_task(task: Task) -> Sign:
    """Where a task stands."""
    if task.form:
        return Sign("waiting", f"Waits for {whom(task.form)}")
    if task.is_working:
        return Sign("running", "Running")
    return of_status(task.status) if task.history else Sign("idle", "Not begun")


def of_status(status: Status) -> Sign:
    """An entry's status."""
    signs = {Status.OK: Sign("ok", "OK"), Status.FAILED: Sign("failed", "Failed")}
    return signs.get(status, Sign("pending", "Pending"))


def of_round(one: Round) -> Sign:
    """How a round of the sweep went."""
    if one.state == "RUNNING":
        return Sign("running", "Running")
    if one.state != "COMPLETED":
        return Sign("failed", f"Did not end by itself: {one.state.lower().replace('_', ' ')}")
    if any(report.faults for report in one.reports.values()):
        return Sign("failing", "Something is not in order")
    return Sign("ok", "Nothing to do" if one.is_quiet else "Done")


def of_entry(entry: Entry) -> Sign:
    """What one line of history says."""
    if entry.status is Status.PENDING and entry.form:
        return Sign("pending", "Answered") if entry.reply else Sign("waiting", "Asked")
    return of_status(entry.status)


def whom(*forms: Form) -> str:
    """Who answers these questions."""
    return _or(sorted({role for form in forms for role in form.roles}))


def title_of(process: Process | None, key: str) -> str:
    """What people call a task."""
    tasks = [task for step in process.path for task in step.tasks] if process else []
    return next((task.title for task in tasks if task.key == key), key)


def _or(words: tuple[str, ...] | list[str]) -> str:
    return " or ".join(words) or "nobody"


ACTIONS = {
    "answer": "an answer",
    "rerun": "run again",
    "finalize": "close the step",
    "stop": "stop the process",
    "restart": "restart the process",
    "reconfirm": "confirm earlier answers",
}
"""What people want to do, by the kind of their message."""

NOTICES = {
    "recorded": "Recorded.",
    "waits": "Recorded. It waits for the dispatcher and counts as soon as that is back.",
    "begun": "The process has begun.",
    "begun-in-part": "The process has begun. The store has lost files of earlier results; "
    "the tasks that made them run again.",
    "signed-in": "You are signed in.",
    "signed-out": "You are signed out.",
    "signed-out-everywhere": "You are signed out, on every machine.",
}
"""What a page says after something was sent."""
