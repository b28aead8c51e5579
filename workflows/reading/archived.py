"""An entry of the archive: where history and final document of a closed run are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from workflows.reading.row import Row
from workflows.reading.stored import CannotRead

FOLDER = "archive"
FORMAT = 1
"""The shape of an entry. Fields may be added with defaults."""


@dataclass(frozen=True)
class Archived:
    """`history` and `document` are digests of stored files, `events` counts the history's.

    `row` is what lists say of the run; `closed_at` is the time of its last event. `problem` is
    what could not be read when it was archived, empty as a rule.
    """

    workflow_id: str
    run: str
    history: str
    document: str
    events: int
    row: Row
    closed_at: datetime
    archived_at: datetime
    problem: str = ""
    format: int = FORMAT


_ENTRY: TypeAdapter[Archived] = TypeAdapter(Archived)


def name_of(workflow_id: str, run: str) -> str:
    """The name in the store: `archive/<workflow id>/<run>.json`, other signs as `_` and code."""
    return f"{FOLDER}/{escaped(workflow_id)}/{run}.json"


def escaped(id: str) -> str:
    """An id as the store's names may have it."""
    return re.sub(r"[^A-Za-z0-9.~/-]", lambda sign: f"_{ord(sign[0]):x}.", id)


def dump(entry: Archived) -> bytes:
    """The entry as JSON."""
    return _ENTRY.dump_json(entry, indent=1)


def load(content: bytes) -> Archived:
    """The entry; raises CannotRead for anything else."""
    try:
        entry = _ENTRY.validate_json(content)
    except ValidationError as error:
        raise CannotRead(f"It is no entry of an archive: {error.error_count()} faults.") from error
    if entry.format != FORMAT:
        raise CannotRead(f"It has the format {entry.format}; this version knows {FORMAT}.")
    return entry
