"""What a font says about itself, read by a program that is shut in."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from activities.adapters import tool

READER = Path(__file__).with_name("fontreader.py")
LIMIT = 300.0  # seconds for all fonts of a family
LARGEST_ANSWER = 8 * 2**20  # bytes


@dataclass(frozen=True)
class Axis:
    """One axis of a variable font."""

    tag: str
    least: float
    default: float
    greatest: float


@dataclass(frozen=True)
class Font:
    """One font file by its facts; where `error` says why it cannot be read, they are empty.

    `names` are those of the name table by their numbers, each on one line. `metrics` are the
    vertical ones in font units, `units` to the em. `reserved` is the sentence that reserves a
    font name.
    """

    file: str
    error: str = ""
    names: dict[int, str] | None = None
    weight: int = 400
    italic: bool = False
    fs_type: int = 0
    revision: float = 0.0
    units: int = 1000
    metrics: dict[str, int] | None = None
    codepoints: frozenset[int] = frozenset()
    subsets: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    instances: tuple[str, ...] = ()
    reserved: str = ""

    def name(self, *numbers: int) -> str:
        """The first of these names that the font has; empty where it has none."""
        return next((found for n in numbers if (found := (self.names or {}).get(n, ""))), "")

    @property
    def family(self) -> str:
        """The name of the family, as menus group it."""
        return self.name(16, 1)

    @property
    def style(self) -> str:
        """The name of the style within the family."""
        return self.name(17, 2)


_FONT = TypeAdapter(Font)


async def read(fonts: Mapping[str, bytes]) -> list[Font]:
    """Read fonts, file name -> content; in that order, the unreadable ones with an `error`."""
    with tempfile.TemporaryDirectory(prefix="fonts-") as name:
        folder = Path(name)
        paths = [folder / f"{number}.ttf" for number in range(len(fonts))]
        for path, content in zip(paths, fonts.values(), strict=True):
            path.write_bytes(content)
        ended = await _run(paths, folder)
        answers = [tool.read(Path(f"{path}.json"), LARGEST_ANSWER) for path in paths]
        return [_font(file, answer, ended) for file, answer in zip(fonts, answers, strict=True)]


async def _run(paths: list[Path], folder: Path) -> str:
    """Let the reader work; how it ended, in words."""
    command = [sys.executable, "-I", str(READER), *map(str, paths)]
    try:
        finished = await tool.run(command, folder, limit=LIMIT)
    except tool.Stuck as stuck:
        return str(stuck)
    return f"The program that reads fonts ended with code {finished.code}."


def _font(file: str, answer: bytes | None, ended: str) -> Font:
    """What the reader wrote is as strange as the font itself: it is checked, too."""
    if answer is None:
        return Font(file, f"It was not read to its end. {ended}")
    try:
        facts: dict[str, Any] = json.loads(answer)
        json.dumps(facts, ensure_ascii=False).encode()  # refuses halves of characters
        axes = [
            dict(zip(("tag", "least", "default", "greatest"), axis, strict=True))
            for axis in facts.pop("axes", ())
        ]
        font = _FONT.validate_python({**facts, "axes": axes, "file": file})
    except (ValueError, TypeError, AttributeError, ValidationError):
        return Font(file, "What it says could not be understood.")
    if not (font.error or (font.names and font.metrics and font.codepoints)):
        return Font(file, "It has no names, no metrics or no characters.")
    return font
