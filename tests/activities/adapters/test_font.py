from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from activities.adapters import font, tool
from activities.adapters.font import Font
from tests import karla


def changed(content: bytes, table: str, **values: Any) -> bytes:
    """A font with other values in one table."""
    opened, written = TTFont(io.BytesIO(content)), io.BytesIO()
    for name, value in values.items():
        setattr(opened[table], name, value)
    opened.save(written)
    return written.getvalue()


async def test_a_font_says_what_it_is() -> None:
    [bold] = await font.read({"Karla-BoldItalic.ttf": karla.new("BoldItalic").read_bytes()})
    assert (bold.error, bold.family, bold.style) == ("", "Karla", "Bold Italic")
    assert (bold.weight, bold.italic, bold.units, bold.axes) == (700, True, 2000, ())
    assert bold.subsets == ("latin", "latin-ext")
    assert (bold.metrics or {})["hhea ascender"] == 1834
    assert 0x00AD not in bold.codepoints
    assert len(bold.codepoints) > 300
    assert bold.name(9) == "Jonathan Pinhorn"
    assert bold.name(16) == ""


async def test_broken_fonts_are_named_and_the_others_read() -> None:
    whole = karla.new().read_bytes()
    fonts = {
        "Cut.ttf": whole[:20_000],
        "Head.ttf": whole[:40],
        "Empty.ttf": b"",
        "Page.ttf": b"<html>Not found</html>",
        "Pointer.ttf": b"version https://git-lfs.github.com/spec/v1\n",
        "Noise.ttf": whole[:3000] + bytes(range(256)) * 10 + whole[5560:],
        "Units.ttf": changed(whole, "head", unitsPerEm=0),
        "Whole.ttf": whole,
    }
    read = await font.read(fonts)
    assert [one.file for one in read] == list(fonts)
    assert [one.file for one in read if not one.error] == ["Whole.ttf"]
    assert "cut off" in read[0].error


async def test_a_reserved_name_is_found() -> None:
    content = karla.new().read_bytes()
    opened, written = TTFont(io.BytesIO(content)), io.BytesIO()
    opened["name"].setName('Copyright X with Reserved\nFont Name "Karla"', 0, 3, 1, 0x409)
    opened.save(written)
    [plain, reserved] = await font.read({"A.ttf": content, "B.ttf": written.getvalue()})
    assert plain.reserved == ""
    assert reserved.reserved == 'Copyright X with Reserved Font Name "Karla"'


async def test_a_reader_that_never_ends_leaves_every_font_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = tool.run

    async def endless(_: object, folder: Path, limit: float) -> tool.Finished:
        return await run(
            [sys.executable, "-c", "import time; time.sleep(600)"], folder, limit=limit
        )

    monkeypatch.setattr(tool, "run", endless)
    monkeypatch.setattr(font, "LIMIT", 0.2)
    [one] = await font.read({"A.ttf": karla.new().read_bytes()})
    assert "longer than its limit" in one.error


async def test_a_reader_that_breaks_leaves_every_font_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object, **__: object) -> tool.Finished:
        return tool.Finished(139, "", "")

    monkeypatch.setattr(tool, "run", broken)
    [one] = await font.read({"A.ttf": b""})
    assert "code 139" in one.error


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"weight": "heavy"}',
        b'{"error": "\\ud800"}',
        b'{"axes": [["wght"]]}',
        b'{"names": {"0": 1}}',
    ],
)
def test_an_answer_that_makes_no_sense_is_an_unread_font(answer: bytes) -> None:
    assert font._font("A.ttf", answer, "").error


def test_the_facts_are_written_down_whole() -> None:
    facts = {
        "names": {"1": "Karla"},
        "axes": [["wght", 200, 400, 800]],
        "codepoints": [32],
        "metrics": {"win ascent": 900},
    }
    read = font._font("A.ttf", json.dumps(facts).encode(), "")
    assert read == Font(
        "A.ttf",
        names={1: "Karla"},
        axes=(font.Axis("wght", 200, 400, 800),),
        codepoints=frozenset({32}),
        metrics={"win ascent": 900},
    )
