"""News: one thing that a process page shows and did not show a moment before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.domain.process import Process
from workflows.domain.status import Entry


@dataclass(frozen=True)
class News:
    """`anchor` is the place on the page; `task` is empty for what is about a step or all.

    `word` is the status of an entry, or what else happened; `title` and `by` are as recorded.
    """

    anchor: str
    title: str
    word: str
    by: str = ""
    task: str = ""


def all_news(process: Process) -> dict[str, News]:
    """Everything that a process consists of now, by its place on the page, in reading order."""
    return {news.anchor: news for news in _all(process)}


def _all(process: Process) -> Iterator[News]:
    for number, step in enumerate(process.path, 1):
        for task in step.tasks:
            for line, entry in enumerate(task.history, 1):
                yield _of(entry, f"entry-{task.key}-{line}", _word(entry), task.key)
        if step.verdict:
            yield _of(step.verdict, f"step-{number}", f"step closed: {step.verdict.status}")
    for line, entry in enumerate(process.log, 1):
        yield _of(entry, f"note-{line}", "note")
    if process.ended:
        yield _of(process.ended, "ending", f"process ended: {process.ended.status}")


def _of(entry: Entry, anchor: str, word: str, task: str = "") -> News:
    return News(anchor, entry.title, word, entry.by.login, task)


def _word(entry: Entry) -> str:
    if entry.reply:
        return f"answered: {entry.status}"
    if entry.form:
        return "asked"
    return "began" if entry.status == "PENDING" else entry.status.value
