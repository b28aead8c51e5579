"""A process on paper: everything that was said and decided, laid open, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fastapi import Request, Response

from web.page import page
from web.site import SiteNow
from workflows.domain.actor import Actor
from workflows.domain.evidence import Evidence
from workflows.domain.process import Process
from workflows.domain.status import Entry
from workflows.reading.document import Document


@dataclass(frozen=True)
class Waived:
    """An OK in spite of findings: what for, by whom, why."""

    task: str
    entry: Entry


@dataclass(frozen=True)
class Person:
    """Somebody who acted, in which roles, and how often."""

    login: str
    id: int
    roles: tuple[str, ...]
    acts: int


@dataclass(frozen=True)
class PrintPage:
    """A sign-off record: the document, and what a reader looks for first."""

    document: Document
    waivers: list[Waived] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


async def show(request: Request, site: SiteNow, key: str, run: str) -> Response:
    """The record of exactly this run."""
    document = await site.processes.document(key, run)
    process = document.process
    made = PrintPage(document)
    if process:
        made = PrintPage(document, list(_waivers(process)), _people(process))
    return page(request, "print.html", made, files=files)


def _entries(process: Process) -> Iterator[Entry]:
    for step in process.path:
        for task in step.tasks:
            yield from task.history
        if step.verdict:
            yield step.verdict
    yield from process.log
    if process.ended:
        yield process.ended


def _waivers(process: Process) -> Iterator[Waived]:
    for step in process.path:
        for task in step.tasks:
            yield from (Waived(task.title, entry) for entry in task.history if entry.waiver)


def _people(process: Process) -> list[Person]:
    """Whoever has an account; the machine's own parts have none."""
    found: dict[Actor, int] = {process.initiator: 1}
    for entry in _entries(process):
        if entry.by.roles or entry.by.id:
            found[entry.by] = found.get(entry.by, 0) + 1
    return [Person(by.login, by.id, by.roles, acts) for by, acts in found.items()]


def files(evidence: Evidence) -> list[dict[str, object]]:
    """Every file that an exhibit names, whatever its kind."""
    return list(_files(evidence.data))


def _files(data: object) -> Iterator[dict[str, object]]:
    if isinstance(data, dict):
        if isinstance(data.get("digest"), str) and "name" in data:
            yield data
        for value in data.values():
            yield from _files(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _files(value)
