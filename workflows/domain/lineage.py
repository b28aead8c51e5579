"""A lineage: which process this one continues, and what it may take over from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.actor import Actor
from workflows.domain.origin import Predecessor, Source
from workflows.domain.outcome import Outcome


@dataclass(frozen=True)
class Lineage:
    """The process that is continued: its run and version, and who replaced it when and why.

    `earlier` counts all processes before this one. `dropped` are titles of tasks whose results
    were too large to be carried over. `id` is that of the message that asked for it. `signed_with`
    is the lineage that a start was signed with which the sweep uses again.
    """

    process: str
    run: str
    version: int
    by: Actor
    at: datetime
    reason: str
    earlier: int = 1
    dropped: tuple[str, ...] = ()
    id: str = ""
    signed_with: Lineage | None = None


@dataclass(frozen=True)
class Inherited:
    """The result of a task's `start`, good for the same task with the same inputs.

    `version` is the task's own, `inputs` the digest of its needs. `verdict` is what a person
    had answered, if it was a question that somebody had answered.
    """

    task: str
    version: int
    inputs: str
    outcome: Outcome
    source: Source
    verdict: Predecessor | None = None


@dataclass(frozen=True)
class Wanted:
    """A process is to be replaced: by which version (0: the newest), who says so, why."""

    id: str
    version: int
    by: Actor
    at: datetime
    reason: str


@dataclass(frozen=True)
class Superseded:
    """A process was replaced. `holds` are titles of tasks whose results may be taken over."""

    version: int
    by: Actor
    at: datetime
    reason: str
    holds: tuple[str, ...] = ()
