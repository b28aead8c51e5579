"""What a sweep is asked for, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field

NAMED = 100


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

    def then(self, later: Report) -> Report:
        """Both, where a duty was done again; what is still not in order, the later one knows."""
        again = len(set(self.done) & set(later.done))
        return Report(
            self.number + later.number - again,
            tuple(dict.fromkeys((*self.done, *later.done)))[:NAMED],
            later.faults,
            self.archived + later.archived,
            later.before,
            self.miles + later.miles,
        )
