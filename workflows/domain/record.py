"""The record: a process in short, for tasks that report about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.domain.actor import Actor
from workflows.domain.evidence import Evidence
from workflows.domain.process import Process
from workflows.domain.status import Entry, Status
from workflows.domain.step import Step
from workflows.domain.task import Task


@dataclass(frozen=True)
class TaskRecord:
    """How a task stands: its last entry in full, and the waiver if there is one."""

    key: str
    title: str
    status: Status
    text: str
    by: Actor
    at: datetime | None
    attempt: int
    waiver: str = ""
    evidence: tuple[Evidence, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StepRecord:
    """How a step stands, and who closed it why."""

    title: str
    status: Status
    tasks: tuple[TaskRecord, ...]
    closed_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Record:
    """A process in short. `process` and `run` are Temporal's ids: together its address."""

    process: str
    run: str
    key: str
    title: str
    version: int
    initiator: Actor
    steps: tuple[StepRecord, ...]

    def task(self, key: str) -> TaskRecord | None:
        """The task of that name, if the process came that far."""
        return next((t for step in self.steps for t in step.tasks if t.key == key), None)

    @property
    def waivers(self) -> list[TaskRecord]:
        """The tasks that somebody let pass in spite of findings."""
        return [task for step in self.steps for task in step.tasks if task.waiver]


def record(process: Process, workflow_id: str, run_id: str) -> Record:
    """Write down how a process stands now: the steps that have begun."""
    steps = tuple(_step(step) for step in process.path if step.begun)
    return Record(
        workflow_id,
        run_id,
        process.key,
        process.title,
        process.version,
        process.initiator,
        steps,
    )


def _step(step: Step) -> StepRecord:
    tasks = tuple(_task(task) for task in step.tasks)
    if step.verdict is None:
        return StepRecord(step.title, step.status, tasks)
    return StepRecord(step.title, step.status, tasks, step.verdict.by.login, step.verdict.text)


def _task(task: Task) -> TaskRecord:
    last = task.history[-1]
    evidence = _latest(task, lambda entry: bool(entry.evidence))
    data = _latest(task, lambda entry: bool(entry.data))
    return TaskRecord(
        task.key,
        task.title,
        task.status,
        last.text,
        last.by,
        last.at,
        task.attempt,
        last.waiver,
        evidence.evidence if evidence else (),
        data.data if data else {},
    )


def _latest(task: Task, wanted: Callable[[Entry], bool]) -> Entry | None:
    entries = (entry for entry in reversed(task.history) if entry.attempt == task.attempt)
    return next((entry for entry in entries if wanted(entry)), None)
