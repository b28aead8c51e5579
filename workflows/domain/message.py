"""Messages: everything that can be asked of a process. Fields are added with defaults only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from workflows.domain.actor import SWEEP, Actor
from workflows.domain.lineage import Inherited, Lineage
from workflows.domain.signature import Signature, Signed, unsigned


@dataclass(frozen=True)
class Start:
    """Begin a process: which kind, in which version, for whom, and what was asked for.

    `supersedes` names the process that this one continues, `inherited` what it may take over.
    """

    kind: str
    version: int
    key: str
    by: Actor
    proposal: dict[str, str]
    supersedes: Lineage | None = None
    inherited: tuple[Inherited, ...] = ()
    signature: Signature | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Message:
    """Common to all that people send to an open process.

    `id` names the interaction: the same id with the same content counts once, the same id with
    other content is refused. A field that is not known here comes from a newer site: such a
    message is refused as a whole, never read in part. `drawn_for` is the process's version that
    the form was drawn for; 0 where the sender did not say.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  not a field: pydantic reads it

    id: str
    by: Actor
    signature: Signature | None = field(default=None, kw_only=True)
    drawn_for: int = field(default=0, kw_only=True)

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


@dataclass(frozen=True)
class Restart(Message):
    """Replace this process by one of the newest version, for a reason."""

    reason: str
    kind: Literal["restart"] = "restart"


@dataclass(frozen=True)
class Supersede(Message):
    """The sweep's wish: replace this run by a process of that version. It needs no signature:
    whoever sends it, the process does no more than the version in use asks for anyway.
    """

    version: int
    run: str
    kind: Literal["supersede"] = "supersede"


@dataclass(frozen=True)
class Confirmed:
    """One question whose earlier answer is confirmed: the attempt and number that were seen."""

    task: str
    attempt: int
    number: int


@dataclass(frozen=True)
class Reconfirm(Message):
    """Give the answers again that were given to the same questions in an earlier process."""

    tasks: tuple[Confirmed, ...]
    number: int = 0  # entries that the page showed: it tells one form from the next
    kind: Literal["reconfirm"] = "reconfirm"


AnyMessage = Answer | Rerun | Finalize | Stop | Restart | Reconfirm | Supersede


def signed(process: str, run: str, message: AnyMessage | Start) -> Signed | None:
    """What a message's signature is about; None where it has none."""
    if message.signature is None:
        return None
    if not isinstance(message, Start):
        return Signed(process, run, message.kind, message.signature, unsigned(message))
    begun = message  # what the sweep begins anew is as it was signed at first
    if begun.supersedes and begun.supersedes.by == SWEEP:
        begun = replace(begun, supersedes=begun.supersedes.signed_with)
    return Signed(process, run, "start", message.signature, unsigned(begun))


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
