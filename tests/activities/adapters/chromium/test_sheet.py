"""Sheets: the same places for both versions, in text that both can set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from activities.adapters.chromium import face
from activities.adapters.chromium.face import Axes, Face
from activities.adapters.chromium.sample import other_scripts
from activities.adapters.chromium.sheet import MOST_CHARACTERS, Block, sitting, styles

LATIN = "".join(map(chr, range(0x20, 0x7F)))


def _empty_glyphs(folder: Path, name: str, letters: list[str], wide: Sequence[str]) -> Path:
    """A font that draws nothing but has these letters, some of them wider than others."""
    path = folder / f"{name}.ttf"
    names = {letter: f"g{ord(letter):X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): glyph for letter, glyph in names.items()})
    builder.setupGlyf({glyph: Glyph() for glyph in (".notdef", *names.values())})
    widths = {glyph: (900 if letter in wide else 500, 0) for letter, glyph in names.items()}
    builder.setupHorizontalMetrics({".notdef": (500, 0), **widths})
    builder.setupHorizontalHeader()
    builder.save(path)
    return path


def _face(characters: str, **instances: Axes) -> Face:
    ranges = {"wght": (300.0, 700.0)} if instances else {}
    return Face(Path("x.ttf"), frozenset(characters), instances or {"": {}}, ranges)


def test_removed_and_new_characters_come_first_and_are_marked() -> None:
    before, after = _face("abc"), _face("bcd")
    grid = sitting(before, after).sheets[2]
    assert [(b.text, b.mark) for b in grid.blocks] == [
        ("a", "removed"), ("d", "added"), ("b", ""), ("c", ""),
    ]  # fmt: skip
    assert grid.for_face(after)[0] == Block("", 0, "removed")
    assert grid.for_face(before)[1] == Block("", 0, "added")


def test_text_uses_only_characters_of_both_versions() -> None:
    one = sitting(_face(LATIN), _face(LATIN + "öäüß"))
    text = " ".join(block.text for sheet in one.sheets[:2] for block in sheet.blocks)
    assert "quick brown fox" in text
    assert set(text) <= set(LATIN)


def test_other_scripts_get_a_real_sentence() -> None:
    hebrew = frozenset(map(chr, range(0x0590, 0x0600))) | frozenset(LATIN)
    assert any(set("אבגדה") & set(sentence) for sentence in other_scripts(hebrew))


def test_a_font_without_any_known_text_shows_its_own_characters() -> None:
    icons = _face("\ue001\ue000")
    text = sitting(icons, icons).sheets[0]
    assert [block.text for block in text.blocks] == ["\ue000\ue001"]


def test_a_large_font_shows_what_changed_and_says_how_many_found_no_place(tmp_path: Path) -> None:
    letters = [chr(0x4E00 + number) for number in range(MOST_CHARACTERS + 7)]
    before = face.read(_empty_glyphs(tmp_path, "old", letters, wide=()))
    after = face.read(_empty_glyphs(tmp_path, "new", letters, wide=letters[-2:]))
    one = sitting(before, after)
    assert [block.text for block in one.sheets[2].blocks[:3]] == [*letters[-2:], letters[0]]
    assert (one.cropped, one.hidden) == (7, 0)


def test_an_instance_that_one_version_does_not_name_is_taken_by_its_axes() -> None:
    before = _face("a", Regular={"wght": 400.0})
    after = _face("a", Regular={"wght": 400.0}, SemiBold={"wght": 600.0}, Heavy={"wght": 900.0})
    found = {style.name: (style.before, style.after) for style in styles(before, after)}
    assert found["SemiBold"] == ({"wght": 600.0}, {"wght": 600.0})
    assert found["Heavy"] == (None, {"wght": 900.0})


def test_a_new_file_has_no_picture_before() -> None:
    assert [style.before for style in styles(None, _face("a"))] == [None]
