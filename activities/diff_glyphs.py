"""Which glyphs, characters, kerning and tables changed in each style, told by diffenator3."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from activities.adapters import diffenator3, store
from activities.adapters.diffenator3 import Comparison, Undecided
from activities.authoring import VERDICT_ON_FINDINGS, Evidence, Outcome, ask, failed, ok, progress
from activities.exhibits import Finding, findings, report, table
from activities.package import Package

title = "Glyph differences"
queue = "browsers"
limit = timedelta(hours=2)
version = 1

QUIET_TABLES = {"head", "maxp", "name", "post"}
"""Tables that do not touch how text looks: dates, counts and names."""
TOO_SMALL = (
    " diffenator3 overlooks points that moved by less than about 4 thousandths of the em; "
    "the browser pictures show them."
)
COLUMNS = ("Style", "Glyphs", "Words", "Removed", "Added", "Kerning", "Tables", "Errors")
WORST = 5
"""So many of a style's most changed glyphs are named."""
MOST_FINDINGS = 80


async def start(package: Package, before: Package) -> Outcome:
    """Compare each style with its older state; a person judges what differs."""
    new, old = _digests(package), _digests(before)
    if not old:
        return ok("Nothing to compare: a new family.", data={"before": {}, "after": new})
    both = [name for name in new if name in old]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        await asyncio.to_thread(before.unpack, folder / "before")
        await asyncio.to_thread(package.unpack, folder / "after")
        data = {"tool": f"{diffenator3.TOOL} {await diffenator3.version(folder)}"}
        results, faults = await _compare_all(both, folder)
    facts = {**data, "before": old, "after": new, "counts": _counts(results)}
    exhibits = await asyncio.to_thread(_exhibits, results)
    only = _only_in_one(old, new)
    if faults:
        told = "\n".join(f"- {name}: {fault}" for name, fault in faults.items())
        text = f"diffenator3 could not compare all styles:\n\n{told}\n\nLook at these font files."
        return failed(text, *exhibits, data=facts)
    if not only and all(not _shows(result) for result in results.values()):
        text = f"Nothing visible changed in {_styles(both)}." + ("" if new == old else TOO_SMALL)
        return ok(text, *exhibits, data=facts)
    text = "\n\n".join(part for part in (_summary(results), only) if part)
    return ask(
        text,
        *VERDICT_ON_FINDINGS,
        evidence=exhibits,
        in_spite_of_findings=True,
        data=facts,
    )


def _digests(package: Package) -> dict[str, str]:
    return {font.path: font.file.digest for font in sorted(package.fonts, key=lambda f: f.path)}


async def _compare_all(
    names: list[str], folder: Path
) -> tuple[dict[str, Comparison], dict[str, str]]:
    results: dict[str, Comparison] = {}
    faults: dict[str, str] = {}
    for done, name in enumerate(names):
        progress(done, len(names), name)
        try:
            pair = (folder / "before" / name, folder / "after" / name)
            results[name] = await diffenator3.compare(*pair, folder)
        except Undecided as undecided:
            faults[name] = str(undecided)
    return results, faults


def _shows(found: Comparison) -> bool:
    """Whether text can look different; tables count, as small differences show only there."""
    loud = set(found.tables) - QUIET_TABLES
    return bool(
        found.glyphs or found.words or found.removed or found.kerning or found.errors or loud
    )


def _counts(results: dict[str, Comparison]) -> dict[str, dict[str, int]]:
    return {
        name: {
            "glyphs": len(found.glyphs),
            "words": found.words,
            "removed": len(found.removed),
            "added": len(found.added),
            "kerning": found.kerning,
            "tables": len(found.tables),
            "errors": len(found.errors),
        }
        for name, found in results.items()
    }


def _styles(names: list[str]) -> str:
    return "1 style" if len(names) == 1 else f"{len(names)} styles"


def _only_in_one(old: dict[str, str], new: dict[str, str]) -> str:
    gone, added = [n for n in old if n not in new], [n for n in new if n not in old]
    parts = []
    if gone:
        parts.append(f"Only in the older version: {', '.join(gone)}.")
    if added:
        parts.append(f"Only in the newer version: {', '.join(added)}.")
    return "\n\n".join(parts)


def _summary(results: dict[str, Comparison]) -> str:
    """Say in sentences what a reviewer would ask first."""
    if not results:
        return "No style is in both versions, so nothing could be compared."
    changed = [name for name, found in results.items() if _shows(found)]
    parts = [f"{len(changed)} of {_styles(list(results))} differ."]
    for word, gone in (("removed", True), ("new", False)):
        codes = {c for r in results.values() for c in (r.removed if gone else r.added)}
        if codes:
            listed = ", ".join(
                f"{c.code} {c.name}" for c in sorted(codes, key=lambda c: c.code)[:8]
            )
            more = f" and {len(codes) - 8} more" if len(codes) > 8 else ""
            parts.append(f"Characters {word}: {listed}{more}.")
    if most := max(found.kerning for found in results.values()):
        parts.append(f"Kerning: up to {most} pairs differ in one style.")
    if any(found.errors for found in results.values()):
        parts.append("Some parts could not be compared; the table names them.")
    return " ".join(parts)


def _exhibits(results: dict[str, Comparison]) -> tuple[Evidence, ...]:
    if not results:
        return ()
    rows = [_row(name, found) for name, found in results.items()]
    notable = _notable(results)
    shown = [table("Styles compared", COLUMNS, rows)]
    if notable:
        left_out = max(0, len(notable) - MOST_FINDINGS)
        shown.append(findings("Notable differences", notable[:MOST_FINDINGS], left_out))
    files = [store.put(r.raw.encode(), f"{Path(n).stem}.json") for n, r in results.items()]
    return (*shown, report("diffenator3's reports, one per style", *files))


def _row(name: str, found: Comparison) -> list[str]:
    numbers = (len(found.glyphs), found.words, len(found.removed), len(found.added), found.kerning)
    return [name, *map(str, numbers), " ".join(found.tables), "; ".join(found.errors)[:300]]


def _notable(results: dict[str, Comparison]) -> list[Finding]:
    """Removed characters first, then what could not be compared, then the worst glyphs."""
    gone: dict[tuple[str, str], list[str]] = {}
    for name, found in results.items():
        for character in found.removed:
            gone.setdefault((character.code, character.name), []).append(name)
    rows = [
        Finding(
            code, "new", "present", "removed", f"{code} {name} is no longer there.", _where(names)
        )
        for (code, name), names in sorted(gone.items())
    ]
    for name, found in results.items():
        rows += [Finding("error", "undecided", "", "ERROR", text, name) for text in found.errors]
    for name, found in results.items():
        rows += [
            Finding(g.code, "new", "", "changed", f"{g.name}: {g.pixels} pixels differ.", name)
            for g in found.glyphs[:WORST]
        ]
    return rows


def _where(names: list[str]) -> str:
    few = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
    return few if len(names) == 1 else f"{len(names)} styles: {few}"
