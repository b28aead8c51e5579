"""A look at a pull request: what is asked, what was seen, and where that may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.domain.actor import SERVICE, Actor

FORGE = Actor("github", 0, (SERVICE,))
"""Signs what GitHub tells without naming a person."""


class Station(StrEnum):
    """Where a pull request is on its way to those who read with the fonts."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"
    TO_SANDBOX = "to sandbox"
    IN_SANDBOX = "in sandbox"
    TO_PRODUCTION = "to production"
    LIVE = "live"


@dataclass(frozen=True)
class Look:
    """Ask the forge about one pull request of the process `key`, `run`.

    `commit` is the judged one, `head` the newest that is known of it.
    """

    number: int
    url: str
    directory: str
    commit: str
    head: str
    merged: bool
    key: str = ""
    run: str = ""
    turn: int = 0  # the last one that is known


@dataclass(frozen=True)
class Turn:
    """Somebody has closed a pull request, or opened it again; `number` grows."""

    number: int
    state: str  # closed or open
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Sight:
    """What one look at the forge saw.

    `by` and `at` tell who merged or closed it, and when. The push lists are None where they were
    not looked at or cannot be told. `poll` is the pause until the next look, `patience` the time
    without a change after which people are reminded, both in seconds. `turns` are those after the
    last one that was known, `forge` signs what nobody in particular did.
    """

    state: str  # open, closed or merged
    head: str  # the newest commit of the pull request's branch
    by: Actor = FORGE
    at: datetime | None = None
    to_sandbox: bool | None = None
    to_production: bool | None = None
    poll: float = 1800.0
    patience: float = 14 * 86400.0
    turns: tuple[Turn, ...] = ()
    forge: Actor = FORGE
