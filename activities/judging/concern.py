"""Concerns: what may be right or wrong about a package, so that a person has to answer for it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from activities.adapters.font import Font
from activities.exhibits import Finding
from activities.package import Package

MOST_NAMED = 40  # code points; the rest is counted

_RESERVED = re.compile(r"reserved\s+font\s+name", re.IGNORECASE)
_LICENCE_BEGINS = re.compile(r"^-{5,}|SIL OPEN FONT LICENSE\s+Version", re.MULTILINE)

Pair = tuple[Font, Font]


def concerns(
    before: Package,
    after: Package,
    old: Sequence[Font],
    new: Sequence[Font],
    old_licence: str,
    new_licence: str,
) -> list[Finding]:
    """All concerns about `after`, by the fonts and licence texts of both states."""
    readable = [font for font in old if not font.error]
    pairs = [(font, other) for font in readable if (other := partner(font, new))]
    return [
        *_moved(before, after),
        *_reserved(new, new_licence, bool(_names_of(old, old_licence))),
        *_removed_files(before, after),
        *_removed_codepoints(pairs),
        *_metrics(pairs),
        *(_undecided(font) for font in old if font.error),
    ]


def partner(font: Font, others: Sequence[Font]) -> Font | None:
    """The newer font that takes a font's place: by file, else by style, else by slope."""
    same_slope = [other for other in others if other.italic == font.italic]
    same_style = [other for other in same_slope if other.weight == font.weight]
    same_file = [other for other in others if other.file == font.file]
    return next(iter((*same_file, *same_style, *same_slope)), None)


def reserved_in_licence(text: str) -> str:
    """The line that reserves a font name; what the licence itself says of such names is none."""
    own = _LICENCE_BEGINS.split(text, maxsplit=1)[0]
    return next((line.strip()[:300] for line in own.splitlines() if _RESERVED.search(line)), "")


def _names_of(fonts: Sequence[Font], licence: str) -> list[tuple[str, str]]:
    """Where a font name is reserved, and the words."""
    said = [(font.file, font.reserved[:300]) for font in fonts if font.reserved]
    line = reserved_in_licence(licence)
    return [("licence", line), *said] if line else said


def _moved(before: Package, after: Package) -> list[Finding]:
    if not before.files or before.directory == after.directory:
        return []
    text = f"The licence has changed, and with it the place: {before.directory} becomes "
    return [Finding("licence-moved", "new", "", "WARN", f"{text}{after.directory}.")]


def _reserved(fonts: Sequence[Font], licence: str, known: bool) -> list[Finding]:
    bucket, was = ("still", "WARN") if known else ("new", "")
    return [
        Finding(
            "reserved-font-name", bucket, was, "WARN", f"A font name is reserved: {said}", where
        )
        for where, said in _names_of(fonts, licence)
    ]


def _removed_files(before: Package, after: Package) -> list[Finding]:
    text = "The family had this font; the package does not."
    return [
        Finding("font-removed", "new", "", "WARN", text, file.path)
        for file in before.files
        if file.path.endswith(".ttf") and after.find(file.path) is None
    ]


def _removed_codepoints(pairs: Sequence[Pair]) -> list[Finding]:
    """One finding for all the fonts that lose the same characters."""
    losses: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for old, new in pairs:
        if lost := tuple(sorted(old.codepoints - new.codepoints)):
            losses[lost].append(new.file)
    return [
        Finding(
            "codepoints-removed", "new", "", "WARN", _listed(lost), ", ".join(sorted(set(files)))
        )
        for lost, files in losses.items()
    ]


def _listed(codepoints: Sequence[int]) -> str:
    named = [f"U+{c:04X} {unicodedata.name(chr(c), '')}".strip() for c in codepoints[:MOST_NAMED]]
    more = f", and {len(codepoints) - MOST_NAMED} more" if len(codepoints) > MOST_NAMED else ""
    return f"Characters are gone: {', '.join(named)}{more}."


def _metrics(pairs: Sequence[Pair]) -> list[Finding]:
    """One finding for all the fonts whose vertical metrics change alike."""
    changed: dict[str, list[str]] = defaultdict(list)
    for old, new in pairs:
        if said := _change(old, new):
            changed[said].append(new.file)
    return [
        Finding("vertical-metrics", "new", "", "WARN", text, ", ".join(sorted(set(files))))
        for text, files in changed.items()
    ]


def _change(old: Font, new: Font) -> str:
    """The metrics that differ by at least a thousandth of the em, in thousandths."""
    said = []
    for name, value in (old.metrics or {}).items():
        was, now = value * 1000 / old.units, (new.metrics or {}).get(name, 0) * 1000 / new.units
        if abs(was - now) >= 1:
            said.append(f"{name} {was:.0f} → {now:.0f}")
    return f"Lines may move (thousandths of the em): {', '.join(said)}." if said else ""


def _undecided(font: Font) -> Finding:
    text = f"The target's font cannot be read, so nothing could be compared: {font.error}"
    return Finding("not-compared", "undecided", "ERROR", "", text, font.file)
