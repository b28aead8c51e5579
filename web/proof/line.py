"""A line of a record: one JSON object, whose first member says what it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

PROCESS, EVENT, DOCUMENT, AFTER = "process", "event", "document", "after"
KEY, SEAL, END = "key", "seal", "end"
"""The kinds of lines, in the order of a block; `end` closes the file."""

FORMAT = 1


@dataclass(frozen=True)
class Line:
    """`number` counts from 1; `content` is empty where the bytes are no JSON object."""

    number: int
    raw: bytes
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """One of the kinds above, or anything else in a file that was tampered with."""
        return str(self.content.get("line", ""))

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, without the line's end."""
        return digest(self.raw)

    @property
    def name(self) -> str:
        """What people call it."""
        event = self.content.get("event")
        number = event.get("eventId") if isinstance(event, dict) else None
        what = f"event {number}" if number else self.kind or "not to be read"
        return f"line {self.number} ({what})"


def written(kind: str, **members: Any) -> bytes:
    """A line to write, without its end."""
    return json.dumps({"line": kind, **members}, separators=(",", ":")).encode("ascii")


def digest(raw: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(raw).hexdigest()


def lines_of(content: bytes) -> list[Line]:
    """The lines of a file; every line ends with one newline, the last one too."""
    pieces = content.split(b"\n")
    if pieces[-1] == b"":
        pieces.pop()
    return [Line(number, raw, _object(raw)) for number, raw in enumerate(pieces, 1)]


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
