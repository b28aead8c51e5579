"""A status, and the line of history that carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflows.domain.actor import Actor
from workflows.domain.evidence import Evidence
from workflows.domain.form import Form
from workflows.domain.origin import Predecessor, Source
from workflows.domain.signature import Signed


class Status(StrEnum):
    """The three states of a task, a step and a process."""

    PENDING = "PENDING"
    OK = "OK"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Entry:
    """One line of history: complete in itself, so that any later version can show it.

    `title` is the task's or step's title at that time, `text` Markdown, `data` small facts for
    machines (digests, counts, tool versions). `form` is the question that was asked, `reply` what
    the person sent, `waiver` the reason of an OK given in spite of findings. `signed` is what the
    person sent as the site signed it. `position` counts all entries of the process from 1, `hash`
    is over this entry and the one before it; empty in entries that were written before there was
    a chain. `taken_over_from` names the attempt of an earlier process that made this result;
    `predecessor` is what a person had answered there: below a question what may be confirmed,
    below an answer what was.
    """

    status: Status
    text: str
    by: Actor
    at: datetime
    title: str
    attempt: int = 0
    evidence: tuple[Evidence, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    form: Form | None = None
    reply: dict[str, str] = field(default_factory=dict)
    waiver: str = ""
    signed: Signed | None = None
    position: int = 0
    hash: str = ""
    taken_over_from: Source | None = None
    predecessor: Predecessor | None = None
