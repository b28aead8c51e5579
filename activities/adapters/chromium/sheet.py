"""Sheets: what is set on a page to be photographed, the same for before and after."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from activities.adapters.chromium.face import Axes, Face
from activities.adapters.chromium.sample import sentences

SIZES = (12, 14, 16, 18, 21, 24, 28, 32, 40, 48, 64, 80, 96)
MOST_CHARACTERS = 640
"""The grid shows so many at most: removed ones first, then new ones."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a cell of the grid. `mark` is removed, added or empty; `size` in pixels."""

    text: str
    size: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Sheet:
    """Blocks of one kind; `kind` is text, waterfall or glyphs."""

    kind: str
    blocks: tuple[Block, ...]

    def for_face(self, face: Face) -> tuple[Block, ...]:
        """The same places, with empty cells for what this font has not."""
        if self.kind != "glyphs":
            return self.blocks
        return tuple(
            block if set(block.text) <= face.characters else Block("", block.size, block.mark)
            for block in self.blocks
        )


@dataclass(frozen=True)
class Style:
    """One style to photograph; None where there is no such style."""

    name: str
    before: Axes | None
    after: Axes | None


def styles(before: Face | None, after: Face) -> list[Style]:
    """The instances of both versions; one that a version does not name is taken by its axes."""
    names = dict.fromkeys([*after.instances, *(before.instances if before else ())])
    found = []
    for name in names:
        old, new = _axes(before, after, name), _axes(after, before, name)
        found.append(Style(name, old, new))
    return found


def _axes(face: Face | None, other: Face | None, name: str) -> Axes | None:
    if face is None or name in face.instances:
        return face.instances[name] if face else None
    wanted = other.instances[name] if other else {}
    return wanted if face.reaches(wanted) else None


def sheets(before: Face | None, after: Face) -> tuple[list[Sheet], int]:
    """Sheets for one file, and how many characters did not find a place in the grid."""
    old = before.seen if before else after.seen
    both = (before.characters if before else after.characters) & after.characters
    found = sentences(both)
    text = Block(" ".join(found[:2]), 40), Block(" ".join(found[2:]) or found[0], 26)
    cells = [*_cells(old - after.seen, "removed"), *_cells(after.seen - old, "added")]
    cells += _cells(old & after.seen)
    shown = [
        Sheet("text", text),
        Sheet("waterfall", tuple(Block(" ".join(found[:3]), size) for size in SIZES)),
        Sheet("glyphs", tuple(cells[:MOST_CHARACTERS])),
    ]
    return shown, max(0, len(cells) - MOST_CHARACTERS)


def _cells(characters: frozenset[str], mark: str = "") -> Iterator[Block]:
    for character in sorted(characters, key=_order):
        # A mark stands on a space, as it would stand on a letter.
        text = " " + character if unicodedata.combining(character) else character
        yield Block(text, mark=mark)


def _order(character: str) -> tuple[str, int]:
    """Letters, then marks, numbers, punctuation and symbols; each by code point."""
    return unicodedata.category(character)[0], ord(character)
