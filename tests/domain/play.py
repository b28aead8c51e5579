"""Small processes for the tests of the rules, without Temporal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from workflows.domain.action import apply
from workflows.domain.actor import DISPATCHER, Actor
from workflows.domain.definition import Definition, StepDefinition, TaskDefinition
from workflows.domain.form import Field, Form
from workflows.domain.message import Answer, Finalize, Receipt, Rerun, Start, Stop
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.status import Status

ADA = Actor("ada", 1, ("engineer",))
GRACE = Actor("grace", 2, ("engineer",))
EVE = Actor("eve", 4, ("viewer",))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
VERDICT = Form(
    (
        Field("verdict", "choice", "Verdict", ("OK", "FAILED")),
        Field("reason", "text", "Reason", required=False, needed_for=("verdict=FAILED",)),
    )
)
OK = Outcome(Status.OK, "Fine.")
FAILED = Outcome(Status.FAILED, "Broken.")
ASK = Outcome(Status.PENDING, "Is it good?", VERDICT)
_clock = count()
_ids = count()


def now() -> datetime:
    """A clock that never stands still."""
    return NOW + timedelta(seconds=next(_clock))


def process(*steps: str, on_failure: tuple[str, ...] = (), answers: bool = False) -> Process:
    """Steps written as task names: `process("a b", "c")` has a and b in its first step."""

    def step(names: str) -> StepDefinition:
        tasks = (TaskDefinition(n, n.capitalize(), answers=answers) for n in names.split())
        return StepDefinition(names.title(), tuple(tasks))

    definition = Definition(
        "play", 1, "A play", tuple(map(step, steps)), tuple(map(step, on_failure))
    )
    return Process.begin(definition, Start("play", 1, "play", GRACE, {}), now())


def begin(play: Process) -> None:
    """Begin the current step, as the dispatcher does."""
    assert play.current
    play.current.begin(DISPATCHER, now())


def record(play: Process, key: str, outcome: Outcome) -> None:
    """An activity comes back."""
    task = play.open_task(key)
    task.due = ""
    task.record(outcome, DISPATCHER, now(), task.attempt)


def settle(play: Process) -> None:
    """What the dispatcher does by itself: close passing steps, begin the next, conclude."""
    while (step := play.current) is not None:
        if not step.begun:
            step.begin(DISPATCHER, now())
        if not step.passes:
            return
        step.finalize(DISPATCHER, now())
    if not play.ended:
        play.conclude(DISPATCHER, now())


def answer(play: Process, key: str, by: Actor = ADA, id: str = "", **reply: str) -> Receipt:
    """Somebody answers what is asked now."""
    task = play.open_task(key)
    number = task.form.number if task.form else 0
    return apply(play, Answer(id or new_id(), by, key, task.attempt, number, reply), now())


def rerun(play: Process, key: str, reason: str = "because", by: Actor = ADA) -> Receipt:
    """Somebody runs a task again."""
    attempt = play.open_task(key).attempt
    return apply(play, Rerun(new_id(), by, key, attempt, reason), now())


def finalize(play: Process, reason: str = "because", by: Actor = ADA) -> Receipt:
    """Somebody closes the failing step."""
    step = play.current
    title, attempts = (step.title, step.attempts) if step else ("", 0)
    return apply(play, Finalize(new_id(), by, title, attempts, reason), now())


def stop(play: Process, reason: str = "because", by: Actor = ADA) -> Receipt:
    """Somebody ends the process."""
    return apply(play, Stop(new_id(), by, reason), now())


def new_id() -> str:
    return f"id-{next(_ids)}"
