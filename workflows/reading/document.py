"""A document: all that a process page shows, at one moment of the process's history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from workflows.domain.message import AnyMessage
from workflows.domain.mile import LastMile
from workflows.domain.process import Process
from workflows.reading.stranded import BY_A_PERSON


@dataclass(frozen=True)
class Running:
    """An activity that runs or waits for its worker, as Temporal tells it.

    `until` is when it is tried again, where that lies ahead.
    """

    task: str
    function: str
    state: str  # scheduled, started, cancelling
    tries: int
    last_fault: str = ""
    done: int = 0
    total: int = 0
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Unread:
    """A message that is recorded and waits for a dispatcher to read it."""

    message: AnyMessage
    at: datetime


@dataclass(frozen=True)
class RawEvent:
    """An event of Temporal's history that could not be replayed."""

    number: int
    at: datetime
    type: str


@dataclass(frozen=True)
class Document:
    """One process, addressed by Temporal's ids. `process` is None before it was defined.

    `closed` tells how Temporal closed the run (COMPLETED, TERMINATED, …), empty while it is
    open. `problem` says in a sentence what could not be read, `raw` holds the rest then.
    `after` is the way of its pull request since it was opened.
    `archived` is when it was archived, for what is read from the archive.
    """

    workflow_id: str
    run: str
    events: int
    process: Process | None
    closed: str = ""
    running: tuple[Running, ...] = ()
    unread: tuple[Unread, ...] = ()
    problem: str = ""
    raw: tuple[RawEvent, ...] = field(default=())
    archived: datetime | None = None
    after: LastMile | None = None
    successor: str = ""  # the run that continues this one
    lost: str = ""  # why its history cannot be read any more, so that this is all there is
    why_closed: str = ""  # what whoever terminated the run gave as reason

    @property
    def has_pull_request(self) -> bool:
        """Whether one was opened, so that there is something to follow."""
        return self.process is not None and "pull_request" in self.process.names

    @property
    def is_stranded(self) -> bool:
        """Whether the sweep had to close it, and leaves it to a person."""
        return self.why_closed.endswith(BY_A_PERSON)

    @property
    def key(self) -> str:
        """The family key: the workflow id without its kind."""
        return self.workflow_id.partition("/")[2]
