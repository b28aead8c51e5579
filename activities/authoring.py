"""What a task author may use, and the shape a task module has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from workflows.domain.actor import DESIGNER as DESIGNER
from workflows.domain.actor import ENGINEER as ENGINEER
from workflows.domain.actor import INITIATOR as INITIATOR
from workflows.domain.actor import SERVICE as SERVICE
from workflows.domain.actor import Actor as Actor
from workflows.domain.evidence import Evidence as Evidence
from workflows.domain.evidence import File as File
from workflows.domain.form import Field, Form
from workflows.domain.outcome import Outcome as Outcome
from workflows.domain.record import Record as Record
from workflows.domain.status import Status as Status


class TaskModule(Protocol):
    """A module in this folder is a task if it has a `title` and a `start`.

    Parameters of `start` name what the task needs from earlier steps. Five names are always
    there: `proposal` (dict of what was asked for), `record` (a Record of the process so far),
    `initiator` (an Actor), `place` (a Place) and `callback` (a Callback). Optional in a module:
    `answer(reply, kept, …)` with needs likewise and `by`, the Actor who answered; `provides`, a
    tuple of the names it may publish; `queue`, a task queue of its own; `limit`, a timedelta;
    `version`, raised when its results change; `rerun_roles`; `irrevocable`, True where an
    interruption would leave something half done outside; `reusable`, False where equal needs may
    give another result.
    """

    __name__: str

    @property
    def title(self) -> str:
        """The task's name for people."""

    @property
    def start(self) -> Callable[..., Awaitable[Outcome]]:
        """Begin the task."""


class PassingFault(Exception):  # noqa: N818  the fault is expected to pass
    """Raise this for a fault that is likely to pass (rate limit, 502): the call is repeated.

    `after` is the wait in seconds, where the other side named one. The repetitions are bounded;
    then the task is FAILED with this message.
    """

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True)
class Place:
    """Where a task runs: the process (Temporal's ids), its family key, the attempt, its pages."""

    process: str
    run: str
    key: str
    task: str
    attempt: int
    url: str  # the process page, absolute


@dataclass(frozen=True)
class Callback:
    """Hand this to an outside service: it POSTs JSON to `url`, signed with `secret`.

    Never return or log `secret`: outcomes are kept for ever. How to sign: docs/callbacks.md.
    """

    url: str
    secret: str = field(repr=False)


def ok(
    text: str = "",
    *evidence: Evidence,
    data: dict[str, Any] | None = None,
    waiver: str = "",
    **names: Any,
) -> Outcome:
    """The task is done. Keyword arguments are published to later steps under their names."""
    return Outcome(Status.OK, text, names=names, evidence=evidence, data=data or {}, waiver=waiver)


def failed(text: str, *evidence: Evidence, data: dict[str, Any] | None = None) -> Outcome:
    """The task failed: `text` says what is wrong and what can be done about it."""
    return Outcome(Status.FAILED, text, evidence=evidence, data=data or {})


def ask(
    text: str,
    *fields: Field,
    evidence: tuple[Evidence, ...] = (),
    roles: tuple[str, ...] = (ENGINEER,),
    barred: tuple[str, ...] = (),
    in_spite_of_findings: bool = False,
    submit: str = "Send",
    keep: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Outcome:
    """Ask people. Without an `answer` of its own, the task takes the reply's verdict."""
    form = Form(fields, roles, barred, in_spite_of_findings, submit)
    return Outcome(Status.PENDING, text, form, {}, keep or {}, evidence, data or {})


def line(name: str, label: str, value: str = "", required: bool = True, help: str = "") -> Field:
    """Ask for one line."""
    return Field(name, "line", label, required=required, value=value, help=help)


def text(name: str, label: str, value: str = "", required: bool = True, help: str = "") -> Field:
    """Ask for several lines."""
    return Field(name, "text", label, required=required, value=value, help=help)


def choice(name: str, label: str, *options: str, required: bool = True, group: str = "") -> Field:
    """Ask for one of several; nothing is preselected."""
    return Field(name, "choice", label, options, required, group=group)


def check(name: str, label: str, required: bool = False) -> Field:
    """Ask for a tick; the reply is "yes" or empty."""
    return Field(name, "check", label, required=required)


def reason(*needed_for: str, label: str = "Reason") -> Field:
    """Ask for a reason; `needed_for` names the replies that cannot do without."""
    return Field("reason", "text", label, required=False, needed_for=needed_for)


VERDICT = (choice("verdict", "Verdict", "OK", "FAILED"), reason("verdict=FAILED"))
"""OK or FAILED; a FAILED says why."""

VERDICT_ON_FINDINGS = (
    choice("verdict", "Verdict", "OK", "FAILED"),
    reason("verdict=FAILED", "verdict=OK"),
)
"""OK or FAILED where there are findings: both say why. Use with `in_spite_of_findings`."""


@dataclass
class Progress:
    """How far a running task is: `done` of `total`, and what it does now."""

    done: int = 0
    total: int = 0
    text: str = ""


current_progress: ContextVar[Progress] = ContextVar("current_progress")


def progress(done: int, total: int, text: str = "") -> None:
    """Tell those who watch the page how far this task is; costs no history."""
    if shown := current_progress.get(None):
        shown.done, shown.total, shown.text = done, total, text[:200]
