"""Evidence: what an entry shows besides its text, as data that any version of the site can draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class File:
    """A stored file: its content lies in the store under `digest`, never in a history."""

    digest: str  # lower-case hexadecimal SHA-256 of the content
    name: str
    size: int  # bytes
    type: str = "application/octet-stream"


@dataclass(frozen=True)
class Evidence:
    """One exhibit. `kind` names the template partial; a kind nobody knows is shown as plain data.

    The kinds and the shape of their `data` are written down in `activities/exhibits.py`.
    """

    kind: str
    title: str
    data: dict[str, Any] = field(default_factory=dict)
