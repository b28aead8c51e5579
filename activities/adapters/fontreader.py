"""Reads font files and writes down what they say, as JSON; a program of its own, shut in.

    python -I fontreader.py FONT…

Fonts come from strangers: nothing of this runs inside the worker, and nothing of the application
is imported here. What `a.ttf` says goes to `a.ttf.json`: facts, or {"error": why}.
"""

import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

LONGEST = 2_000  # characters of a name
NAMES = (0, 1, 2, 4, 5, 6, 9, 13, 14, 16, 17)
SIGNATURE = b"\0\1\0\0"
NEEDED = ("head", "hhea", "maxp", "OS/2", "name", "cmap", "hmtx", "post")
UNTOUCHED = {0x0000, 0x000D, 0x0020, 0x00A0}  # in every font, so they tell nothing about a script


def main(*fonts: str) -> None:
    """Write down the facts of all fonts, one after the other."""
    warnings.simplefilter("ignore")
    for font in fonts:
        Path(f"{font}.json").write_text(json.dumps(facts(Path(font))))


def facts(path: Path) -> dict[str, Any]:
    """All that is asked about one font; {"error": why} where it cannot be read to its end."""
    try:
        if problem := truncation(path.read_bytes()):
            return {"error": problem}
        return read(path)
    except Exception as exception:  # a broken font can provoke any
        return {
            "error": f"{type(exception).__name__}: {exception}"[:300]
            .encode(errors="replace")
            .decode()
        }


def truncation(content: bytes) -> str:
    """Say what the table directory promises and the file does not hold."""
    if content[:4] != SIGNATURE:
        return "This is not a TrueType font: it does not begin like one."
    count = int.from_bytes(content[4:6], "big")
    for number in range(count):
        record = content[12 + 16 * number : 28 + 16 * number]
        start, length = int.from_bytes(record[8:12], "big"), int.from_bytes(record[12:16], "big")
        if len(record) < 16 or start + length > len(content):
            tag = record[:4].decode("latin-1")
            return f"The file is cut off: the table “{tag}” ends beyond the end of the file."
    return ""


def read(path: Path) -> dict[str, Any]:
    """Parse every table, then say what is in them."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  a broken installation is an error, too

    with TTFont(path) as font:
        font.ensureDecompiled(recurse=True)
        if missing := [tag for tag in NEEDED if tag not in font]:
            return {"error": f"The font lacks the table “{missing[0]}”."}
        if "glyf" not in font:
            return {"error": "The font has no TrueType outlines (table “glyf”)."}
        if not 16 <= font["head"].unitsPerEm <= 16384:
            return {"error": "The font's em is not divided into 16 to 16384 units."}
        codepoints = sorted(c for c in font.getBestCmap() or () if c <= sys.maxunicode)
        return {
            "names": {str(number): name(font, number) for number in NAMES},
            "weight": font["OS/2"].usWeightClass,
            "italic": bool(font["OS/2"].fsSelection & 1),
            "fs_type": font["OS/2"].fsType,
            "revision": font["head"].fontRevision,
            "units": font["head"].unitsPerEm,
            "metrics": metrics(font),
            "codepoints": codepoints,
            "subsets": subsets(set(codepoints)),
            "axes": axes(font),
            "instances": instances(font),
            "reserved": reserved(font),
        }


def name(font: Any, number: int) -> str:
    """One name of the font, on one line."""
    found = font["name"].getDebugName(number) or ""
    return " ".join("".join(c if c.isprintable() else " " for c in found).split())[:LONGEST]


def metrics(font: Any) -> dict[str, int]:
    """The vertical metrics in font units."""
    hhea, os2 = font["hhea"], font["OS/2"]
    return {
        "hhea ascender": hhea.ascent,
        "hhea descender": hhea.descent,
        "hhea line gap": hhea.lineGap,
        "typo ascender": os2.sTypoAscender,
        "typo descender": os2.sTypoDescender,
        "typo line gap": os2.sTypoLineGap,
        "win ascent": os2.usWinAscent,
        "win descent": os2.usWinDescent,
    }


def subsets(codepoints: set[int]) -> list[str]:
    """Google Fonts' subsets: half of a script's characters, or any of an extended one's."""
    import gfsubsets  # noqa: PLC0415  the same

    found = []
    for subset in gfsubsets.ListSubsets():
        wanted = set(gfsubsets.CodepointsInSubset(subset, unique_glyphs=True))
        if subset == "khmer":
            wanted -= gfsubsets.CodepointsInSubset("latin")
        least = 0.01 if subset.endswith("-ext") else 50.0  # percent
        covered = len(wanted & (codepoints - UNTOUCHED))
        if wanted and 100.0 * covered / len(wanted) > least:
            found.append(subset)
    return found


def axes(font: Any) -> list[list[Any]]:
    """Tag, least, default and greatest value of each axis."""
    if "fvar" not in font:
        return []
    return [[a.axisTag, a.minValue, a.defaultValue, a.maxValue] for a in font["fvar"].axes]


def instances(font: Any) -> list[str]:
    """The names of the instances."""
    named = font["fvar"].instances if "fvar" in font else []
    return [name(font, instance.subfamilyNameID) for instance in named]


def reserved(font: Any) -> str:
    """The sentence that reserves a font name, if there is one."""
    for number in (0, 13, 7, 10):
        said = name(font, number)
        if re.search(r"reserved\s+font\s+name", said, re.IGNORECASE):
            return said
    return ""


if __name__ == "__main__":
    main(*sys.argv[1:])
