"""Which characters are drawn from other outlines than before, in all corners of the axes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from activities.adapters.chromium.face import Axes, Face


def differing(before: Face, after: Face, characters: Iterable[str]) -> frozenset[str]:
    """Those of the characters, which both fonts have, whose outline or width is not the same.

    Colours and pictures inside a font are not looked at.
    """
    found: set[str] = set()
    rest = set(characters)
    with TTFont(before.path, lazy=True) as old, TTFont(after.path, lazy=True) as new:
        for place in _corners(before, after):
            drawn_before, drawn_after = (_Drawn(font, place) for font in (old, new))
            found |= {c for c in rest if drawn_before.outline(c) != drawn_after.outline(c)}
            rest -= found
    return frozenset(found)


def _corners(before: Face, after: Face) -> list[Axes]:
    """The default and both ends of each axis; with the axes of one font only, the default."""
    ends = [{tag: end} for tag, span in after.ranges.items() for end in span]
    return [{}, *ends] if before.ranges == after.ranges else [{}]


class _Drawn:
    """A font's glyphs at one place of its axes."""

    def __init__(self, font: TTFont, place: Axes) -> None:
        self.codes = font.getBestCmap()
        self.glyphs = font.getGlyphSet(location=place)
        self.scale = 1 / font["head"].unitsPerEm

    def outline(self, character: str) -> tuple[float, list[Any]]:
        """What a pen would do to draw it, and the width."""
        pen = DecomposingRecordingPen(self.glyphs)
        glyph = self.glyphs[self.codes[ord(character)]]
        glyph.draw(pen)
        return glyph.width * self.scale, [self.scale, *pen.value]
