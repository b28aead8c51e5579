"""A step: its tasks must all be OK; once finalized it is frozen."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from datetime import datetime

from workflows.domain.actor import Actor
from workflows.domain.chain import Chain
from workflows.domain.definition import StepDefinition
from workflows.domain.refused import Refused
from workflows.domain.signature import Signed
from workflows.domain.status import Entry, Status
from workflows.domain.task import Task


@dataclass
class Step:
    """Tasks that run in parallel, and the entry that closed them."""

    title: str
    tasks: list[Task] = field(default_factory=list)
    verdict: Entry | None = None
    chain: InitVar[Chain | None] = None

    def __post_init__(self, chain: Chain | None) -> None:
        self._chain = chain or Chain()

    @classmethod
    def of(cls, definition: StepDefinition, chain: Chain) -> Step:
        """A step that has not begun; its entries go into that chain."""
        tasks = [Task(task, chain) for task in definition.tasks]
        return cls(definition.title, tasks, chain=chain)

    @property
    def begun(self) -> bool:
        """Whether its tasks were ever started."""
        return any(task.attempt for task in self.tasks)

    @property
    def frozen(self) -> bool:
        """Whether it is finalized: nothing in it changes again."""
        return self.verdict is not None

    @property
    def passes(self) -> bool:
        """Whether all its tasks are OK."""
        return all(task.status is Status.OK for task in self.tasks)

    @property
    def failing(self) -> bool:
        """Whether a person has to run a task again or to close the step."""
        return any(task.status is Status.FAILED for task in self.tasks)

    @property
    def status(self) -> Status:
        """PENDING until finalized."""
        return self.verdict.status if self.verdict else Status.PENDING

    @property
    def attempts(self) -> int:
        """Grows with each attempt of each task: what a person saw when closing the step."""
        return sum(task.attempt for task in self.tasks)

    def task(self, key: str) -> Task | None:
        """The task of that name, if it is part of this step."""
        return next((task for task in self.tasks if task.key == key), None)

    def begin(self, by: Actor, at: datetime) -> None:
        """Start all tasks."""
        for task in self.tasks:
            task.init(by, at)

    def finalize(
        self, by: Actor, at: datetime, reason: str = "", signed: Signed | None = None
    ) -> None:
        """Close the step for good: OK if all its tasks are OK, else FAILED."""
        if self.frozen:
            raise Refused(f"“{self.title}” is already finalized; it cannot change any more.")
        if not (self.passes or self.failing):
            raise Refused(f"“{self.title}” has no failed task, so there is nothing to close.")
        status = Status.OK if self.passes else Status.FAILED
        self._freeze(status, by, at, reason, signed)

    def stop(self, by: Actor, at: datetime, reason: str, signed: Signed | None = None) -> None:
        """Close the step as failed because the whole process ends."""
        self._freeze(Status.FAILED, by, at, reason, signed)

    def _freeze(
        self, status: Status, by: Actor, at: datetime, reason: str, signed: Signed | None
    ) -> None:
        for task in self.tasks:
            task.cancel(by, at, f"Cancelled: “{self.title}” was closed while this was pending.")
        verdict = Entry(status, reason, by, at, self.title, signed=signed)
        self.verdict = self._chain.link(f"step/{self.title}", verdict)
