"""Where a result or a question comes from that a process did not make itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from workflows.domain.actor import Actor


@dataclass(frozen=True)
class Source:
    """The attempt that made a result: Temporal's ids, the process's version, who, when."""

    process: str
    run: str
    version: int
    attempt: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Predecessor:
    """What a person had answered to the same question in an earlier process.

    It counts for nothing until somebody confirms it. `status` is what the answer led to: OK,
    FAILED, or PENDING where the task had not judged it yet.
    """

    by: Actor
    at: datetime
    status: str
    text: str
    run: str
    version: int
    reply: dict[str, str] = field(default_factory=dict)
