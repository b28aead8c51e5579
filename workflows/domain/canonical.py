"""Canonical JSON: the one way to write a value down, so that equal values have equal digests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON in ASCII with sorted keys and no spaces.

    Members of our own dataclasses that are empty (null, false, 0, "", [] or {}) are left out: a
    field that is added later with an empty default changes no digest of what was written before.
    Dictionaries that tasks and people fill are written as they are.
    """
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":")).encode("ascii")


def digest(value: Any) -> str:
    """Lower-case hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(value: Any) -> Any:
    """The value as JSON's own types; times in UTC, as RFC 3339 with a Z."""
    if is_dataclass(value) and not isinstance(value, type):
        members = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: plain(member) for name, member in members if member}
    if isinstance(value, dict):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)  # never an exception: this runs inside of a workflow
