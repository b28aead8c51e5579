"""Pictures of each style in a real browser, before and after, with what differs marked."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from activities.adapters import store, tool
from activities.adapters.chromium import camera
from activities.adapters.chromium.camera import NoPictures
from activities.adapters.chromium.job import Job, Pair, Picture, Result
from activities.adapters.settings import settings
from activities.authoring import (
    VERDICT,
    VERDICT_ON_FINDINGS,
    Evidence,
    File,
    Outcome,
    ask,
    failed,
    ok,
    progress,
)
from activities.exhibits import ImagePair, image_pairs
from activities.package import Package

title = "Browser pictures"
queue = "browsers"
limit = timedelta(hours=1)
version = 1

KINDS = {"text": "text", "waterfall": "sizes", "glyphs": "characters"}
SMALLEST_CHANGE = 0.0001
"""What is shown for any smaller change: a change never reads as none."""


async def start(package: Package, before: Package) -> Outcome:
    """Photograph all styles of both versions; a person judges what differs, or what is new."""
    new, old = _digests(package), _digests(before)
    facts: dict[str, object] = {"before": old, "after": new}
    if not new:
        return failed("The package has no font file to take pictures of.", data=facts)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        await asyncio.to_thread(before.unpack, folder / "before")
        await asyncio.to_thread(package.unpack, folder / "after")
        try:
            result = await camera.shoot(_job(old, new), folder, progress)
        except NoPictures as none:
            return failed(f"The browser took no pictures: {none}. Run this again.", data=facts)
        exhibit, lost = await asyncio.to_thread(_exhibit, result, folder)
    facts |= _facts(result)
    if told := _broken(result, new) + lost:
        said = "\n".join(f"- {line}" for line in told)
        text = f"Not all styles could be photographed:\n\n{said}\n\nLook at these font files."
        return failed(text, exhibit, data=facts)
    return _judge(result, old, new, exhibit, facts)


def _judge(
    result: Result,
    old: dict[str, str],
    new: dict[str, str],
    exhibit: Evidence,
    facts: dict[str, object],
) -> Outcome:
    notes = _notes(result, old, new)
    if not old:
        text = " ".join([f"A new family: {_count(result)} to look at.", *notes])
        return ask(text, *VERDICT, evidence=(exhibit,), data=facts)
    differing = [p for p in result.pictures if p.changed or p.reflow]
    unseen = result.left_out or result.hidden or set(old) ^ set(new)
    if not differing and not unseen:
        text = " ".join([f"Nothing changed in {_count(result)}.", *notes])
        return ok(text, exhibit, data=facts)
    return ask(
        " ".join([_summary(result, differing), *notes]),
        *VERDICT_ON_FINDINGS,
        evidence=(exhibit,),
        in_spite_of_findings=True,
        data=facts,
    )


def _digests(package: Package) -> dict[str, str]:
    return {font.path: font.file.digest for font in sorted(package.fonts, key=lambda f: f.path)}


def _job(old: Iterable[str], new: Iterable[str]) -> Job:
    pairs = (Pair(n, f"before/{n}" if n in old else "", f"after/{n}") for n in new)
    return Job(str(settings().chromium), tuple(pairs))


def _exhibit(result: Result, folder: Path) -> tuple[Evidence, list[str]]:
    """Store the pictures; a picture that is not there is told as lost."""
    pairs, lost = [], []
    for picture in result.pictures:
        heading = f"{picture.style}: {KINDS.get(picture.kind, picture.kind)}"
        stem = f"{picture.style.replace(' ', '')}-{picture.kind}"
        files: dict[str, File | None] = {}
        for side in ("before", "after", "overlay"):
            name = getattr(picture, side)
            content = tool.read(folder / name) if name else None
            if name and content is None:
                lost.append(f"{heading}: the picture {side} is missing")
            files[side] = store.put(content, f"{stem}-{side}.png") if content else None
        pairs.append(ImagePair(heading, **files, changed=_ratio(picture), reflow=picture.reflow))
    return image_pairs("Before and after in Chromium", pairs), lost


def _ratio(picture: Picture) -> float:
    return max(SMALLEST_CHANGE, round(picture.changed, 4)) if picture.changed else 0.0


def _facts(result: Result) -> dict[str, object]:
    return {
        "tool": f"Chromium {result.version}",
        "sandbox": f"off: {result.unconfined}" if result.unconfined else "on",
        "pictures": len(result.pictures),
        "changed": sum(1 for p in result.pictures if p.changed),
        "reflows": sum(1 for p in result.pictures if p.reflow),
        "left_out": result.left_out[:200],
        "cropped": result.cropped,
        "hidden": result.hidden,
    }


def _broken(result: Result, new: Iterable[str]) -> list[str]:
    """Name the fonts that could not be photographed, and those that nothing was said of."""
    told = [f"{fault.font} ({fault.side} version): {fault.why}" for fault in result.faults]
    if not told:
        known = {picture.font for picture in result.pictures}
        known |= {style.split(".ttf")[0] + ".ttf" for style in result.left_out}
        told = [f"{name}: no picture was taken" for name in new if name not in known]
    return told


def _count(result: Result) -> str:
    styles = len({picture.style for picture in result.pictures})
    return "1 style" if styles == 1 else f"{styles} styles"


def _summary(result: Result, differing: list[Picture]) -> str:
    styles = list(dict.fromkeys(picture.style for picture in differing))
    if not styles:
        return f"Nothing changed in {_count(result)}."
    worst = max(differing, key=lambda picture: picture.changed)
    parts = [
        f"{len(styles)} of {_count(result)} look different, most of all {worst.style} "
        f"({worst.changed:.1%} of the ink in “{KINDS.get(worst.kind, worst.kind)}”)."
    ]
    reflowing = list(dict.fromkeys(picture.style for picture in differing if picture.reflow))
    if reflowing:
        parts.append(f"Lines break elsewhere or have another height in: {', '.join(reflowing)}.")
    return " ".join(parts)


def _notes(result: Result, old: Iterable[str], new: Iterable[str]) -> list[str]:
    """Say what the pictures do not show."""
    notes = []
    if gone := [name for name in old if name not in new]:
        notes.append(f"Only in the older version: {', '.join(gone)}.")
    if old and (added := [name for name in new if name not in old]):
        notes.append(f"Only in the newer version: {', '.join(added)}.")
    if result.left_out:
        few = ", ".join(result.left_out[:20]) + (" and more" if len(result.left_out) > 20 else "")
        notes.append(f"Too many for pictures, so not shown: {few}.")
    if result.cropped:
        most, changed = max(result.cropped.values()), max(result.hidden.values(), default=0)
        kind = f"{changed} of them changed" if changed else "none of them changed its outline"
        notes.append(f"Grids leave out up to {most} characters for lack of room; {kind}.")
    if result.unconfined:
        notes.append(f"Chromium ran without its own sandbox: {result.unconfined}.")
    return notes
