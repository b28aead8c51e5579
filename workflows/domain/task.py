"""A task: one unit of work and the whole history of its statuses."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field, replace
from datetime import datetime
from typing import Any

from workflows.domain.actor import DISPATCHER, INITIATOR, Actor
from workflows.domain.chain import Chain
from workflows.domain.definition import TaskDefinition
from workflows.domain.form import Form
from workflows.domain.origin import Predecessor, Source
from workflows.domain.outcome import Outcome
from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, Refused
from workflows.domain.signature import Signed
from workflows.domain.status import Entry, Status


@dataclass
class Task:
    """What happened to one task so far; `due` names the function that has to run next."""

    definition: TaskDefinition
    chain: InitVar[Chain | None] = None
    attempt: int = 0
    questions: int = 0
    form: Form | None = None
    due: str = ""
    answer: Entry | None = None  # the accepted answer that `due` is about
    names: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    inputs: str = ""  # the digest of what `start` was given
    began: Outcome | None = None  # what `start` said in this attempt, and the entry about it
    first: Entry | None = None
    predecessor: Predecessor | None = None  # what a person had answered to this question

    def __post_init__(self, chain: Chain | None) -> None:
        self._chain = chain or Chain()

    @property
    def key(self) -> str:
        """The module's name: the task's name for machines."""
        return self.definition.key

    @property
    def title(self) -> str:
        """The task's name for people."""
        return self.definition.title

    @property
    def status(self) -> Status:
        """The last entry's status."""
        return self.history[-1].status if self.history else Status.PENDING

    @property
    def is_working(self) -> bool:
        """Whether a machine is to act next, not a person."""
        return bool(self.history) and self.status is Status.PENDING and self.form is None

    def init(self, by: Actor, at: datetime, why: str = "", signed: Signed | None = None) -> None:
        """Begin, or begin again: history stays, what this task had published does not."""
        self.attempt += 1
        self.form, self.answer, self.names, self.kept = None, None, {}, {}
        self.inputs, self.began, self.first, self.predecessor = "", None, None, None
        self.due = "start"
        self._note(Status.PENDING, why, by, at, signed=signed)

    def submit(
        self,
        reply: dict[str, str],
        by: Actor,
        at: datetime,
        signed: Signed | None = None,
        before: Predecessor | None = None,
    ) -> None:
        """Take an answer that the task's own `answer` will judge: the question is closed."""
        form, self.form, self.due = self.form, None, "answer"
        self._note(Status.PENDING, "Answered.", by, at, form, reply, "", signed, before)
        self.answer = self.history[-1]

    def record(self, outcome: Outcome, by: Actor, at: datetime, attempt: int) -> bool:
        """Write down an outcome; one of an overtaken attempt is dropped, and False returned."""
        if attempt != self.attempt:
            return False
        self._ask(outcome)
        self._append(self._entry(outcome, by, at))
        if self.answer is None:
            self.began, self.first = replace(outcome, form=self.form), self.history[-1]
        self.answer, self.names, self.kept = None, outcome.names, outcome.kept
        return True

    def take_over(
        self, outcome: Outcome, source: Source, before: Predecessor | None, at: datetime
    ) -> None:
        """Write down the result of an equal attempt of an earlier process, and say so."""
        told = (
            f"Taken over from version {source.version} of this process, attempt {source.attempt}, "
            f"recorded by {source.by.login} on {source.at:%Y-%m-%d %H:%M} UTC: "
            "the task and all it was given are the same."
        )
        self._ask(outcome)
        told_outcome = replace(outcome, text=f"{told}\n\n{outcome.text}".strip())
        entry = self._entry(told_outcome, DISPATCHER, at)
        self._append(replace(entry, taken_over_from=source, predecessor=before))
        self.began, self.first = replace(outcome, form=self.form), self.history[-1]
        self.names, self.kept, self.predecessor = outcome.names, outcome.kept, before

    def _ask(self, outcome: Outcome) -> None:
        self.form = None
        if outcome.form:
            self.questions += 1
            self.form = replace(outcome.form, number=self.questions)

    def _entry(self, outcome: Outcome, by: Actor, at: datetime) -> Entry:
        return Entry(
            outcome.status,
            outcome.text,
            by,
            at,
            self.title,
            self.attempt,
            outcome.evidence,
            outcome.data,
            self.form,
            waiver=outcome.waiver,
        )

    def judge(
        self,
        reply: dict[str, str],
        by: Actor,
        at: datetime,
        signed: Signed | None = None,
        before: Predecessor | None = None,
    ) -> None:
        """Take the verdict of a person where the task has no `answer` of its own."""
        form = self.form
        status = Status(reply.get("verdict", Status.OK))
        reason = reply.get("reason", "")
        waived = form is not None and form.in_spite_of_findings and status is Status.OK
        waiver = reason if waived else ""
        self.form = None
        self._note(status, reason, by, at, form, reply, waiver, signed, before)

    def check_answer(
        self, attempt: int, number: int, reply: dict[str, str], by: Actor, initiator: Actor
    ) -> None:
        """Refuse an answer that is overtaken, from the wrong person, or incomplete."""
        if attempt != self.attempt:
            raise Refused(f"“{self.title}” was run again meanwhile; please look again.", CONFLICT)
        if self.form is None or number != self.form.number:
            raise Refused(f"“{self.title}” does not ask this any more; please look again.")
        self._check_person(self.form, by, initiator)
        if complaints := self.form.complaints(reply):
            raise Refused(" ".join(complaints.values()), INVALID)

    def _check_person(self, form: Form, by: Actor, initiator: Actor) -> None:
        if INITIATOR in form.barred and by.is_same_account(initiator):
            raise Refused(
                f"{by.login} started this process; “{self.title}” takes somebody else.", FORBIDDEN
            )
        if not set(form.roles) & set(by.roles):
            raise Refused(
                f"“{self.title}” is answered by: {', '.join(form.roles)}. "
                f"{by.login} is: {', '.join(by.roles) or 'without a role'}.",
                FORBIDDEN,
            )

    def cancel(self, by: Actor, at: datetime, why: str) -> None:
        """Note that what still ran or was asked ends with its step."""
        if self.status is Status.PENDING:
            self.form, self.due = None, ""
            self._note(Status.FAILED, why, by, at)

    def _note(
        self,
        status: Status,
        text: str,
        by: Actor,
        at: datetime,
        form: Form | None = None,
        reply: dict[str, str] | None = None,
        waiver: str = "",
        signed: Signed | None = None,
        before: Predecessor | None = None,
    ) -> None:
        entry = Entry(status, text, by, at, self.title, self.attempt, form=form, waiver=waiver)
        self._append(replace(entry, reply=reply or {}, signed=signed, predecessor=before))

    def _append(self, entry: Entry) -> None:
        self.history.append(self._chain.link(f"task/{self.key}", entry))
