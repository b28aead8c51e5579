"""diffenator3's answers: read with care, and never taken for 'no difference' by mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from activities.adapters import diffenator3
from activities.adapters.diffenator3 import Undecided
from tests.typeface import NEW, truncated


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "{}", "null", '{"locations": []}', '{"locations": [{"glyphs": [{}]}]}', "{"],
)
def test_an_answer_without_a_comparison_is_undecided(answer: str) -> None:
    with pytest.raises(Undecided):
        diffenator3.read(answer)


def test_an_instance_that_could_not_be_compared_is_an_error() -> None:
    fault = "Old font does not contain instance 'SemiBold'"
    places = [{"location": "Default"}, {"location": "SemiBold", "error": fault}]
    assert diffenator3.read(json.dumps({"locations": places})).errors == (fault,)


def test_kerning_that_was_only_counted_counts() -> None:
    told = {
        "locations": [{"location": "Default"}],
        "kerns": {"error": "There are 30000 changes, check manually!"},
    }
    found = diffenator3.read(json.dumps(told))
    assert (found.kerning, found.errors) == (30000, ())


def test_kerning_that_could_not_be_read_is_an_error() -> None:
    told = {"locations": [{"location": "Default"}], "kerns": {"error": "bad lookup"}}
    assert diffenator3.read(json.dumps(told)).errors == ("Kerning: bad lookup",)


def test_a_glyph_is_told_where_it_differs_most() -> None:
    places = [
        {"location": place, "glyphs": [{"string": "a", "differing_pixels": pixels}]}
        for place, pixels in (("Light", 3), ("Bold", 9), ("Regular", 5))
    ]
    found = diffenator3.read(json.dumps({"locations": places}))
    assert [(glyph.code, glyph.pixels) for glyph in found.glyphs] == [("U+0061", 9)]


async def test_a_crash_is_undecided_in_the_words_of_the_tool(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    empty = folder / "empty.ttf"
    empty.touch()
    with pytest.raises(Undecided, match="Couldn't parse font"):
        await diffenator3.compare(NEW, empty, folder)
    with pytest.raises(Undecided):
        await diffenator3.compare(NEW, truncated(folder), folder)


async def test_a_comparison_that_takes_too_long_is_undecided(tmp_path: Path) -> None:
    with pytest.raises(Undecided, match="did not finish"):
        await diffenator3.compare(NEW, NEW, tmp_path, limit=0.05)
