"""A font without ink, so that a missing character never shows in some font of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

NAME = "Without Ink"
DOTTED_CIRCLE = "\u25cc"


def build(characters: Iterable[str]) -> bytes:
    """A TTF that has these characters, all of them empty and half an em wide."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    codes = {ord(character): "blank" for character in {*characters, " ", DOTTED_CIRCLE}}
    builder.setupCharacterMap(codes)
    builder.setupGlyf({".notdef": Glyph(), "blank": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "blank": (500, 0)})
    builder.setupHorizontalHeader(ascent=0, descent=0)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": "WithoutInk"})
    builder.setupOS2()
    builder.setupPost()
    content = BytesIO()
    builder.save(content)
    return content.getvalue()
