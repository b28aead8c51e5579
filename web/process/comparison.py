"""Two attempts of a task side by side: what each found and decided, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from web.door.fault import NotFound
from web.page import page
from web.site import SiteNow
from workflows.domain.status import Entry
from workflows.domain.task import Task
from workflows.reading.document import Document

SIGNIFICANT = ("bucket", "before", "after", "text")


@dataclass(frozen=True)
class Change:
    """A finding that is not the same in both attempts; `earlier` or `later` may be missing."""

    id: str
    subject: str
    earlier: dict[str, Any] | None
    later: dict[str, Any] | None


@dataclass(frozen=True)
class Comparison:
    """Attempts `earlier` and `later` of a task; entries come with their number in its history."""

    key: str
    run: str
    task: str
    title: str
    attempts: int
    earlier: int
    later: int
    entries: tuple[list[tuple[int, Entry]], list[tuple[int, Entry]]]
    changes: list[Change]
    same: int


async def show(
    request: Request, site: SiteNow, key: str, run: str, task: str, earlier: int = 0, later: int = 0
) -> Response:
    """By default the last attempt beside the one before it."""
    document = await site.processes.document(key, run)
    found = next((t for t in _tasks(document) if t.key == task), None)
    if found is None or found.attempt < 2:
        raise NotFound("This task has no two attempts to compare.")
    later = later or found.attempt
    earlier = earlier or max(later - 1, 1)
    if not 1 <= earlier < later <= found.attempt:
        raise NotFound(f"This task has {found.attempt} attempts; choose an earlier and a later.")
    made = compare(document, found, earlier, later)
    here = f"/processes/{key}/{run}"
    return page(request, "comparison.html", made, here=here, lost=bool(document.lost))


def _tasks(document: Document) -> list[Task]:
    process = document.process
    return [task for step in process.path for task in step.tasks] if process else []


def compare(document: Document, task: Task, earlier: int, later: int) -> Comparison:
    """What two attempts of a task have in common, and what not."""
    sides = (_entries(task, earlier), _entries(task, later))
    before, after = (_findings(side) for side in sides)
    changes = [
        Change(*name, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if _significant(before.get(name)) != _significant(after.get(name))
    ]
    same = len(before.keys() & after.keys()) - sum(1 for c in changes if c.earlier and c.later)
    return Comparison(
        document.key,
        document.run,
        task.key,
        task.title,
        task.attempt,
        earlier,
        later,
        sides,
        changes,
        same,
    )


def _entries(task: Task, attempt: int) -> list[tuple[int, Entry]]:
    return [(n, entry) for n, entry in enumerate(task.history, 1) if entry.attempt == attempt]


def _findings(entries: list[tuple[int, Entry]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The findings of an attempt by check and subject; the last that were shown count."""
    return {
        (str(row.get("id", "")), str(row.get("subject", ""))): row
        for _, entry in entries
        for exhibit in entry.evidence
        if exhibit.kind == "findings"
        for row in exhibit.data.get("rows", [])
    }


def _significant(row: dict[str, Any] | None) -> tuple[Any, ...] | None:
    return tuple(row.get(name) for name in SIGNIFICANT) if row else None
