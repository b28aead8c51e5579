"""A definition: the shape of a process as data, recorded when the process begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from workflows.domain.actor import DESIGNER, ENGINEER

TRIES = 8
"""How often a call is made that meets only lost workers and passing faults."""

ALWAYS = ("proposal", "record")
"""Needs that the dispatcher itself provides."""


@dataclass(frozen=True)
class TaskDefinition:
    """All that a process will ever know of a task module.

    `needs` are names of earlier steps, `provides` the names it may publish. `limit` bounds one
    run of one function. `rerun_roles` may run it again while its step is open. `reusable` tells
    that equal inputs give an equal result, `irrevocable` that it changes the world outside,
    `asks_initiator` that its result depends on who started the process.
    """

    key: str
    title: str
    needs: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    answers: bool = False
    version: int = 1
    queue: str = ""  # empty: the dispatcher's own
    limit: timedelta = timedelta(minutes=10)
    rerun_roles: tuple[str, ...] = (ENGINEER, DESIGNER)
    reusable: bool = False
    irrevocable: bool = False
    asks_initiator: bool = False

    @property
    def opens_pull_request(self) -> bool:
        """Whether a process is never restarted once this task is OK."""
        return "pull_request" in self.provides

    @property
    def is_irrevocable(self) -> bool:
        """Whether it must not be interrupted: what it does outside cannot be taken back."""
        return self.irrevocable or self.opens_pull_request


@dataclass(frozen=True)
class StepDefinition:
    """A title and the tasks that run in parallel under it."""

    title: str
    tasks: tuple[TaskDefinition, ...]


@dataclass(frozen=True)
class Definition:
    """A kind of process in one version: its steps in order, and those for a failed one."""

    kind: str
    version: int
    title: str
    steps: tuple[StepDefinition, ...]
    on_failure: tuple[StepDefinition, ...] = ()
