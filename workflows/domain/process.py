"""A process: steps in order, the names they share, and what is current."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.domain.actor import Actor
from workflows.domain.canonical import digest
from workflows.domain.chain import Chain
from workflows.domain.definition import Definition
from workflows.domain.lineage import Inherited, Lineage, Superseded, Wanted
from workflows.domain.message import Receipt, Start, signed
from workflows.domain.refused import Refused
from workflows.domain.signature import Signed
from workflows.domain.status import Entry, Status
from workflows.domain.step import Step
from workflows.domain.task import Task


@dataclass
class Process:
    """The document: everything a page shows and every rule decides upon."""

    kind: str
    version: int
    title: str
    key: str
    initiator: Actor
    proposal: dict[str, str]
    begun: datetime
    steps: list[Step]
    on_failure: list[Step]
    ended: Entry | None = None
    log: list[Entry] = field(default_factory=list)
    receipts: dict[str, tuple[str, Receipt]] = field(default_factory=dict)
    id: str = ""  # Temporal's workflow id and run id: what signatures are about
    run: str = ""
    signed: Signed | None = None  # the start, as the site signed it
    chain: Chain = field(default_factory=Chain)
    supersedes: Lineage | None = None
    inherited: dict[str, Inherited] = field(default_factory=dict)
    wanted: Wanted | None = None
    superseded: Superseded | None = None

    @classmethod
    def begin(
        cls, definition: Definition, start: Start, at: datetime, id: str = "", run: str = ""
    ) -> Process:
        """A process as it is before its first step; its chain begins with how it was begun."""
        chain = Chain(digest({"start": start, "definition": definition, "at": at}))
        return cls(
            definition.kind,
            definition.version,
            definition.title,
            start.key,
            start.by,
            start.proposal,
            at,
            [Step.of(step, chain) for step in definition.steps],
            [Step.of(step, chain) for step in definition.on_failure],
            id=id,
            run=run,
            signed=signed(id, "", start),
            chain=chain,
            supersedes=start.supersedes,
            inherited={one.task: one for one in start.inherited},
        )

    @property
    def failed(self) -> bool:
        """Whether a step was closed as failed."""
        return any(step.status is Status.FAILED for step in self.steps)

    @property
    def path(self) -> list[Step]:
        """The steps that this process takes, as far as is known now."""
        if not self.failed:
            return self.steps
        return [step for step in self.steps if step.frozen] + self.on_failure

    @property
    def current(self) -> Step | None:
        """The first step on the path that is not frozen; none once the process has ended."""
        if self.ended:
            return None
        return next((step for step in self.path if not step.frozen), None)

    @property
    def status(self) -> Status:
        """PENDING until the process has ended."""
        return self.ended.status if self.ended else Status.PENDING

    @property
    def busy(self) -> Task | None:
        """The task that must not be interrupted now, as what it does cannot be taken back."""
        tasks = self.current.tasks if self.current else []
        return next((t for t in tasks if t.definition.is_irrevocable and t.is_working), None)

    @property
    def published(self) -> bool:
        """Whether its pull request exists, as far as this process knows."""
        tasks = [task for step in self.steps for task in step.tasks]
        return any(t.definition.opens_pull_request and t.status is Status.OK for t in tasks)

    @property
    def phase(self) -> str:
        """For lists: done, failed, failing, waiting (for a person) or running."""
        if self.ended:
            return "done" if self.status is Status.OK else "failed"
        if (step := self.current) is None:
            return "running"
        if step.failing:
            return "failing"
        return "waiting" if self.waits_for else "running"

    @property
    def waits_for(self) -> list[str]:
        """The roles whose answer is asked for now, sorted; a failing step asks engineers."""
        step = self.current
        if step is None:
            return []
        forms = [task.form for task in step.tasks if task.form]
        roles = {role for form in forms for role in form.roles}
        return sorted(roles | ({"engineer"} if step.failing else set()))

    @property
    def names(self) -> dict[str, Any]:
        """What tasks have published and not withdrawn."""
        tasks = [task for step in self.path for task in step.tasks]
        return {name: value for task in tasks for name, value in task.names.items()}

    def open_task(self, key: str) -> Task:
        """The task of that name in the current step; Refused where there is none."""
        step = self.current
        task = step.task(key) if step else None
        if task is not None:
            return task
        for closed in (step for step in self.path if step.frozen and step.task(key)):
            raise Refused(f"“{closed.title}” is finalized; nothing in it can change any more.")
        raise Refused(f"This process has no open task “{key}”.")

    def conclude(self, by: Actor, at: datetime) -> None:
        """End the process when its last step is closed."""
        failed = next((step for step in self.steps if step.status is Status.FAILED), None)
        if failed:
            self.end(Status.FAILED, by, at, f"“{failed.title}” failed.")
        else:
            self.end(Status.OK, by, at, "All steps are OK.")

    def end(
        self, status: Status, by: Actor, at: datetime, text: str, signed: Signed | None = None
    ) -> None:
        """Close the process for good."""
        ended = Entry(status, text, by, at, self.title, signed=signed)
        self.ended = self.chain.link("process", ended)

    def stop(self, by: Actor, at: datetime, reason: str, signed: Signed | None = None) -> None:
        """End the process before its time: the open step fails, no further step runs."""
        if self.ended:
            raise Refused("This process has ended.")
        self.close(by, at, reason, f"Stopped: {reason}", signed)

    def close(
        self, by: Actor, at: datetime, reason: str, text: str, signed: Signed | None = None
    ) -> None:
        """End before the last step: the open one fails for that reason."""
        if step := self.current:
            if not step.begun:
                step.begin(by, at)
            step.stop(by, at, reason, signed)
        self.end(Status.FAILED, by, at, text, signed)

    def note(self, text: str, by: Actor, at: datetime, signed: Signed | None = None) -> None:
        """Write a line about the process that changes nothing in it."""
        line = Entry(Status.PENDING, text, by, at, self.title, signed=signed)
        self.log.append(self.chain.link("log", line))
