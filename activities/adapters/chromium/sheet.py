"""Sheets: what is set on a page to be photographed, the same for before and after."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from activities.adapters.chromium.face import Axes, Face
from activities.adapters.chromium.outline import differing
from activities.adapters.chromium.sample import other_scripts, sentences

SIZES = (12, 14, 16, 18, 21, 24, 28, 32, 40, 48, 64, 80, 96)
MOST_CHARACTERS = 640
"""The grid shows so many at most: those that changed before all others."""


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


@dataclass(frozen=True)
class Sitting:
    """All sheets of one font file.

    `cropped` counts the characters without a place in the grid, `hidden` those of them that are
    removed, new or drawn otherwise than before.
    """

    sheets: tuple[Sheet, ...]
    cropped: int = 0
    hidden: int = 0


def sitting(before: Face | None, after: Face) -> Sitting:
    """What to photograph of a file: what changed comes first, where not all has a place."""
    old = before.seen if before else after.seen
    common, both = old & after.seen, after.characters & (before or after).characters
    notable = [*_cells(old - after.seen, "removed"), *_cells(after.seen - old, "added")]
    if before and len(notable) + len(common) > MOST_CHARACTERS:
        changed = differing(before, after, common)
        notable, common = [*notable, *_cells(changed)], common - changed
    cells, text = [*notable, *_cells(common)], _text(both, old & after.seen)
    shown = (
        Sheet("text", tuple(Block(line, 26 if line != text[0] else 40) for line in text)),
        Sheet("waterfall", tuple(Block(" ".join(text)[:160], size) for size in SIZES)),
        Sheet("glyphs", tuple(cells[:MOST_CHARACTERS])),
    )
    cropped, hidden = (max(0, len(some) - MOST_CHARACTERS) for some in (cells, notable))
    return Sitting(shown, cropped, hidden)


def _text(characters: frozenset[str], seen: frozenset[str]) -> list[str]:
    """Paragraphs, a short one first; a row of characters where no sentence can be set."""
    european, others = sentences(characters), other_scripts(characters)
    paragraphs = [" ".join(european[:2]), " ".join(european[2:]), *others]
    return [one for one in paragraphs if one] or ["".join(sorted(seen)[:60])]


def _cells(characters: frozenset[str], mark: str = "") -> Iterator[Block]:
    for character in sorted(characters, key=_order):
        # A mark stands on a space, as it would stand on a letter.
        text = " " + character if is_mark(character) else character
        yield Block(text, mark=mark)


def is_mark(character: str) -> bool:
    """Whether it combines with the character before it."""
    return unicodedata.category(character).startswith("M")


def _order(character: str) -> tuple[int, int]:
    """Letters, marks, numbers, punctuation, symbols, private ones; each by code point."""
    return "LMNPSZC".index(unicodedata.category(character)[0]), ord(character)
