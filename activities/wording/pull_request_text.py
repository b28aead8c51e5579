"""The pull request's words: title, description and label, from the record and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from activities.adapters.forge.mark import marker
from activities.authoring import Place
from activities.package import Package
from activities.wording.checklist import Box, checklist
from activities.wording.quotation import inline, linked, one_line, quoted
from workflows.domain.record import Record, TaskRecord
from workflows.domain.request import NEW, Request
from workflows.domain.status import Status

LONGEST = 60_000
"""Characters; GitHub takes 65,535, and people may want to add something."""

MOST_ROWS = 40


@dataclass(frozen=True)
class Text:
    """What a pull request says."""

    title: str
    body: str
    labels: tuple[str, ...]
    marker: str


def pull_request_text(
    request: Request, package: Package, before: Package, record: Record, place: Place
) -> Text:
    """All words of a pull request."""
    mark = marker(record.process, record.run)
    labels = ("I New Font" if request.kind == NEW else "I Font Upgrade",)
    first = f"{_origin(package)}\n\n{_boxes(checklist(package, before, record))}"
    last = "\n\n".join([_people(record), _tools(record), f"Full record: <{place.url}>", mark])
    waivers = _cut(_waivers(record), LONGEST - len(first) - len(last))
    return Text(_title(request, record), f"{first}\n\n{waivers}\n\n{last}\n", labels, mark)


def tool_versions(record: Record) -> list[str]:
    """The tools that tasks say they used, such as `fontbakery 1.1.0`."""
    found: list[str] = []
    for task in (task for step in record.steps for task in step.tasks):
        told = task.data.get("tools", task.data.get("tool", []))
        pairs = [f"{name} {version}" for name, version in told.items()] if _is_dict(told) else told
        found += [pairs] if isinstance(pairs, str) else [str(word) for word in pairs]
    return list(dict.fromkeys(found))


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)


def _title(request: Request, record: Record) -> str:
    """As google/fonts writes it; the version is the font's own (name ID 5), where it is known."""
    checked = record.task("preflight")
    told = str(checked.data.get("version", "")) if checked else ""
    version = f": {one_line(told, 100)}" if told else ""
    return one_line(f"{one_line(request.family, 100)}{version} added")


def _origin(package: Package) -> str:
    url = package.repository.removesuffix("/").removesuffix(".git")
    commit = linked(f"{url}/commit/{package.commit}") if url.startswith("https://") else ""
    at = commit or inline(package.commit)
    return f"Taken from the upstream repo {linked(url)} at commit {at}."


def _boxes(boxes: list[Box]) -> str:
    lines = ["## PR Checklist:"]
    for group, members in groupby(boxes, lambda box: box.group):
        lines += ["", f"### {group}"]
        lines += [f"- [{'x' if box.ticked else ' '}] {box.text}" for box in members]
    return "\n".join(lines)


def _waivers(record: Record) -> str:
    if not record.waivers:
        return "## Findings accepted\n\nNone."
    shown = [f"{_waived(task)}\n{quoted(task.waiver)}" for task in record.waivers[:MOST_ROWS]]
    return "\n\n".join(["## Findings accepted", *shown])


def _waived(task: TaskRecord) -> str:
    return f"**{inline(task.title)}**, accepted by {inline(task.by.login)}:\n"


def _people(record: Record) -> str:
    tasks = [
        task for step in record.steps for task in step.tasks if task.key != "open_pull_request"
    ]
    rows = [
        f"| {inline(task.title, 100)} | {task.status} | {inline(task.by.login, 60)} "
        f"| {task.at.strftime('%Y-%m-%d %H:%M %Z') if task.at else ''} |"
        for task in tasks[:MOST_ROWS]
    ]
    head = ["| Task | Result | By | When |", "| --- | --- | --- | --- |"]
    started = f"Started by {inline(record.initiator.login)}. {_signed(record)}"
    return "\n".join(["## Who answers for this", "", started, "", *head, *rows])


def _signed(record: Record) -> str:
    task = record.task("sign_off")
    if task is None or task.status is not Status.OK:
        return "Nobody has signed off."
    return f"Signed off by {inline(task.by.login)}."


def _tools(record: Record) -> str:
    tools = tool_versions(record)[:MOST_ROWS]
    lines = [f"- {inline(tool, 120)}" for tool in tools] or ["No task has named its tools."]
    return "\n".join(["## Tools", "", *lines])


def _cut(text: str, room: int) -> str:
    """Whole lines, as many as there is room for; what is cut says so."""
    if len(text) <= room:
        return text
    note = "\n\n(This list was cut; the full record has the rest.)"
    return text[: room - len(note)].rpartition("\n")[0] + note
