"""What a sweep is asked for, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Order:
    """The versions that are in use, by kind; a worker with older ones leaves it to others."""

    versions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What a duty did, and what it could not do. `done` and `faults` name the first hundred."""

    number: int = 0
    done: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    archived: int = 0
    before: int = 0
    miles: int = 0
