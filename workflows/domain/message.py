"""Messages: everything that can be asked of a process. Fields are added with defaults only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from workflows.domain.actor import Actor
from workflows.domain.signature import Signature, Signed, unsigned


@dataclass(frozen=True)
class Start:
    """Begin a process: which kind, in which version, for whom, and what was asked for."""

    kind: str
    version: int
    key: str
    by: Actor
    proposal: dict[str, str]
    signature: Signature | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Message:
    """Common to all that people send to an open process.

    `id` names the interaction: the same id with the same content counts once, the same id with
    other content is refused.
    """

    id: str
    by: Actor
    signature: Signature | None = field(default=None, kw_only=True)

    @property
    def fingerprint(self) -> str:
        """The content without signature and sender's roles, which change between two tries."""
        content = asdict(replace(self, signature=None))
        del content["signature"]
        content["by"] = self.by.id or self.by.login
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Answer(Message):
    """The reply to question `number` of one attempt of a task."""

    task: str
    attempt: int
    number: int
    reply: dict[str, str]
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class Rerun(Message):
    """Run a task of the open step again, for a reason; `attempt` is the one that was seen."""

    task: str
    attempt: int
    reason: str
    kind: Literal["rerun"] = "rerun"


@dataclass(frozen=True)
class Finalize(Message):
    """Close the failing step for good, for a reason; `attempts` is the sum that was seen."""

    step: str
    attempts: int
    reason: str
    kind: Literal["finalize"] = "finalize"


@dataclass(frozen=True)
class Stop(Message):
    """End the whole process, for a reason."""

    reason: str
    kind: Literal["stop"] = "stop"


AnyMessage = Answer | Rerun | Finalize | Stop


def signed(process: str, run: str, message: AnyMessage | Start) -> Signed | None:
    """What a message's signature is about; None where it has none."""
    if message.signature is None:
        return None
    action = "start" if isinstance(message, Start) else message.kind
    return Signed(process, run, action, message.signature, unsigned(message))


@dataclass(frozen=True)
class Receipt:
    """What the sender of an accepted message is told."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Call:
    """One run of one function of a task module: what the dispatcher hands to an activity."""

    process: str  # workflow id
    run: str
    key: str
    task: str
    title: str
    function: str
    attempt: int
    version: int
    by: Actor
    limit: float  # seconds
    number: int = 0  # questions asked so far
    names: dict[str, Any] = field(default_factory=dict)
    reply: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    initiator: Actor | None = None
