"""diffenator3 tells which glyphs, characters, kerning and tables differ between two fonts."""

from __future__ import annotations

import itertools
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activities.adapters import tool

TOOL = "diffenator3"
MOST_CHANGES = 20_000
"""Where a table or the kerning has more differences than this, diffenator3 only counts them."""
UNCOUNTED = re.compile(r"There are (\d+) changes")


class Undecided(Exception):  # noqa: N818  reads as a sentence: the comparison is undecided
    """diffenator3 gave no usable answer; the message says what it said instead."""


@dataclass(frozen=True)
class Character:
    """A code point as people write it, e.g. `U+00AD`, and its Unicode name."""

    code: str
    name: str


@dataclass(frozen=True)
class Glyph:
    """A character (or several) drawn differently; `pixels` differ where it differs most."""

    code: str
    name: str
    pixels: int


@dataclass(frozen=True)
class Comparison:
    """What differs between two states of one font file; `raw` is diffenator3's own JSON.

    `glyphs` come worst first. `words` counts those that are drawn differently, which also tells of
    spacing, kerning and substitutions. `errors` are parts that could not be compared.
    """

    glyphs: tuple[Glyph, ...]
    words: int
    removed: tuple[Character, ...]
    added: tuple[Character, ...]
    kerning: int
    tables: tuple[str, ...]
    errors: tuple[str, ...]
    raw: str


def program() -> Path:
    """diffenator3 lies beside the interpreter that runs this."""
    return Path(sys.executable).parent / TOOL


async def version(folder: Path) -> str:
    """The tool's own word for its version, e.g. `1.1.4`."""
    finished = await tool.run([str(program()), "--version"], folder, limit=30)
    return finished.output.split()[-1] if finished.output.split() else "unknown"


async def compare(before: Path, after: Path, folder: Path, limit: float = 600) -> Comparison:
    """Compare two files; Undecided when there is no answer. `limit` is in seconds."""
    # Without --no-match glyphs are paired by number, so that names in kerning and tables are
    # wrong as soon as the newer font has one more glyph.
    options = ["--json", "--pretty", "--quiet", "--no-languages", "--no-match", "--jobs", "1"]
    options += ["--instance", "*", "--max-changes", str(MOST_CHANGES)]
    command = [str(program()), *options, str(before), str(after)]
    lines: list[str] = []  # all of them: what `tool.run` gives back is only the end
    try:
        finished = await tool.run(command, folder, limit=limit, on_line=lines.append)
    except tool.Stuck:
        raise Undecided(f"it did not finish within {limit:.0f} seconds") from None
    if finished.code != 0:
        raise Undecided(_last_words(finished.errors) or f"it ended with code {finished.code}")
    return read("\n".join(lines))


def read(raw: str) -> Comparison:
    """Understand the JSON; Undecided when it is not what diffenator3 1.x writes."""
    try:
        report = json.loads(raw)
        places = report["locations"]
        if not places:
            raise Undecided("it compared no instance at all")
        cmap = report.get("cmap_diff", {})
        kerning, fault = _count(report.get("kerns", {}))
        return Comparison(
            glyphs=_glyphs(places),
            words=len({word["word"] for word in _words(places)}),
            removed=tuple(_character(c["string"]) for c in cmap.get("missing", ())),
            added=tuple(_character(c["string"]) for c in cmap.get("new", ())),
            kerning=kerning,
            tables=tuple(sorted(report.get("tables", {}))),
            errors=tuple(sorted({p["error"] for p in places if "error" in p})) + fault,
            raw=json.dumps(report, ensure_ascii=False, separators=(",", ":")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Undecided("its answer could not be read") from wrong


def _glyphs(places: list[dict[str, Any]]) -> tuple[Glyph, ...]:
    worst: dict[str, Glyph] = {}
    for place in places:
        for found in place.get("glyphs", ()):
            character = _character(found["string"])
            glyph = Glyph(character.code, character.name, int(found["differing_pixels"]))
            if glyph.code not in worst or worst[glyph.code].pixels < glyph.pixels:
                worst[glyph.code] = glyph
    return tuple(sorted(worst.values(), key=lambda glyph: (-glyph.pixels, glyph.code)))


def _words(places: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for place in places:
        for words in place.get("words", {}).values():
            yield from words


def _character(string: str) -> Character:
    codes = " ".join(f"U+{ord(c):04X}" for c in string)
    names = ", ".join(unicodedata.name(c, "without a name") for c in string)
    return Character(codes, names)


def _count(changes: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    fault = changes.get("error")
    if not isinstance(fault, str):
        return len(changes), ()
    counted = UNCOUNTED.search(fault)
    return (int(counted[1]), ()) if counted else (0, (f"Kerning: {fault}",))


def _last_words(errors: str) -> str:
    """Rust's panic message without its place in the source, or the last line."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    for line, following in itertools.pairwise(lines):
        if "panicked at" in line:
            return following[:200]
    return lines[-1][:200] if lines else ""
