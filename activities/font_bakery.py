"""Font Bakery: checks the family before and after; people judge what a machine may not pass."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from activities import exhibits
from activities.adapters import font_bakery, fontspector
from activities.adapters.checker import Broken, Checker, Report, Tell
from activities.authoring import Actor, Evidence, Outcome, failed, ok, progress
from activities.exhibits import Finding
from activities.judging import baseline, judgement
from activities.package import Package

title = "Font Bakery"
queue = "font-bakery"
limit = timedelta(minutes=75)
version = 1

MOST_ROWS = 150
MOST_BYTES = 100_000  # of the rows as JSON: histories stay small


async def start(package: Package, before: Package) -> Outcome:
    """Check both versions; pass without new failures and doubts, else ask."""
    checker: Checker = fontspector if fontspector.is_present() else font_bakery
    both = bool(before.files)
    try:
        new = await _check(checker, package, _teller(0, 1 + both, "New version"))
        old = await _check(checker, before, _teller(1, 2, "Older version")) if both else None
    except Broken as broken:
        return failed(str(broken))
    rows = baseline.compare(old.checks if old else (), new.checks)
    rows = [*_unfinished(new, "new"), *_unfinished(old, "older"), *rows]
    evidence = _evidence(rows, new, old)
    data = _data(package, before, new, old, rows)
    open_ones = baseline.blocking(rows)
    if not open_ones:
        return ok(_summary(new, rows, both), *evidence, data=data)
    return judgement.ask_about(open_ones, _summary(new, rows, both), evidence, data)


async def answer(reply: dict[str, str], kept: dict[str, Any], by: Actor) -> Outcome:
    """Take the verdict with its reasons; an OK cannot stand beside a rejected finding."""
    return judgement.take(reply, kept, by)


async def _check(checker: Checker, package: Package, tell: Tell) -> Report:
    with tempfile.TemporaryDirectory(prefix="font-bakery-") as scratch:
        folder = Path(scratch)
        files = package.unpack(folder / package.directory)
        return await checker.check(folder, files, tell)


def _teller(part: int, parts: int, what: str) -> Tell:
    """Show one version's progress as its part of the whole."""
    return lambda done, total, check: progress(
        part * total + done, parts * total, f"{what}: {check}" if check else what
    )


def _unfinished(report: Report | None, which: str) -> list[Finding]:
    if report is None or not report.unfinished:
        return []
    text = f"{report.unfinished} checks of the {which} version have no result. Run this again."
    return [Finding(report.tool, "undecided", "", "ERROR", text)]


def _summary(new: Report, rows: list[Finding], both: bool) -> str:
    failures = sum(baseline.is_new_failure(row) for row in rows)
    buckets = Counter(row.bucket for row in rows)
    against = "against the older version" if both else "for a new family, so each failure is new"
    return (
        f"{new.tool} {new.version} made {len(new.checks)} checks, {against}: "
        f"**{failures} new failures**, {buckets['undecided']} undecided, "
        f"{buckets['new'] - failures} new warnings, {buckets['still']} still there, "
        f"{buckets['fixed']} fixed, {buckets['skipped']} skipped. "
        "Checks that need network were skipped; that is no pass."
    )


def _data(
    package: Package, before: Package, new: Report, old: Report | None, rows: list[Finding]
) -> dict[str, Any]:
    return {
        "tool": f"{new.tool} {new.version}",
        "python": new.python,
        "package": package.digest,
        "before": before.digest if old else "",
        "buckets": baseline.count(rows),
        "statuses": dict(Counter(check.status for check in new.checks)),
        "statuses_before": dict(Counter(check.status for check in old.checks)) if old else {},
        "report": new.json.digest,
        "report_before": old.json.digest if old else "",
    }


def _evidence(rows: list[Finding], new: Report, old: Report | None) -> tuple[Evidence, ...]:
    shown, size = [], 0
    for row in rows[:MOST_ROWS]:
        size += len(json.dumps(asdict(row)))
        if size > MOST_BYTES:
            break
        shown.append(row)
    found = exhibits.findings("What was found", shown, len(rows) - len(shown))
    reports = [("Report on the new version", new), ("Report on the older version", old)]
    return (found, *(_report(title, one) for title, one in reports if one))


def _report(title: str, report: Report) -> Evidence:
    if report.html is None:
        return exhibits.report(title, report.json)
    return exhibits.report(title, report.html, report.json)
