"""The chain: each entry of a process carries a hash over itself and the one before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows.domain.canonical import digest
from workflows.domain.status import Entry


@dataclass
class Chain:
    """`origin` is the hash of how the process began, `head` that of the last entry."""

    origin: str = ""
    head: str = ""
    length: int = 0

    def __post_init__(self) -> None:
        self.head = self.head or self.origin

    def link(self, place: str, entry: Entry) -> Entry:
        """The entry with its position in the process and its hash; the next one follows it."""
        self.length += 1
        placed = replace(entry, position=self.length, hash="")
        self.head = entry_hash(self.head, place, placed)
        return replace(placed, hash=self.head)


def entry_hash(previous: str, place: str, entry: Entry) -> str:
    """SHA-256 over the hash of the entry before, where this one stands, and all that it says."""
    content = replace(entry, hash="")
    return digest({"previous": previous, "place": place, "entry": content})
