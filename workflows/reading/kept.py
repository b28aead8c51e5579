"""The way of a pull request as the store keeps it: a file for each of its states.

Nothing in the store is ever changed. What follows a pull request is closed by Temporal like a
process, and forgotten like one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from workflows.domain.mile import LastMile
from workflows.reading.archived import escaped
from workflows.reading.stored import CannotRead

FOLDER = "afterwards"
FORMAT = 1
"""The shape of what is kept. Fields may be added with defaults."""


@dataclass(frozen=True)
class Kept:
    """`at` is when this state was kept; it may have been reached a little before."""

    mile: LastMile
    at: datetime
    format: int = FORMAT


_KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)


def folder_of(key: str, run: str) -> str:
    """Where all states of one pull request lie."""
    return f"{FOLDER}/{escaped(key)}/{run}"


def name_of(mile: LastMile) -> str:
    """The name of a state. Lines, pushes and the end only ever grow: names sort by time."""
    state = f"{len(mile.milestones):05}-{mile.pushes:05}-{int(mile.ended)}"
    return f"{folder_of(mile.key, mile.run)}/{state}.json"


def by_folder(names: Iterable[str]) -> dict[str, list[str]]:
    """The names of each pull request's states, the newest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, reverse=True):
        found.setdefault(name.rpartition("/")[0], []).append(name)
    return found


def dump(kept: Kept) -> bytes:
    """It as JSON."""
    return _KEPT.dump_json(kept, indent=1)


def load(content: bytes) -> Kept:
    """What was kept; raises CannotRead for anything else."""
    try:
        kept = _KEPT.validate_json(content)
    except ValidationError as error:
        raise CannotRead(
            f"It is no way of a pull request: {error.error_count()} faults."
        ) from error
    if kept.format != FORMAT:
        raise CannotRead(f"It has the format {kept.format}; this version knows {FORMAT}.")
    return kept
