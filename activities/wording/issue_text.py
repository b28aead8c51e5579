"""The issue's words: what failed and who said so, short enough for somebody who was not there."""

from __future__ import annotations

from activities.authoring import Place
from activities.wording.quotation import inline, linked, one_line, quoted
from workflows.domain.record import Record, StepRecord, TaskRecord
from workflows.domain.request import NEW
from workflows.domain.status import Status

LONGEST = 20_000
"""Characters of a draft; people may add to it."""

MOST_TASKS = 20


def issue_title(proposal: dict[str, str], record: Record) -> str:
    """What happened, in one line."""
    proposal = asked_for(proposal, record)
    family = one_line(proposal.get("family", "") or record.key, 100)
    what = "new family" if proposal.get("kind") == NEW else "upgrade"
    if nothing_to_do(record):
        return f"{family}: nothing to do for the {what}"
    failing = [one_line(task.title, 60) for task in _failing(record)]
    return one_line(f"{family}: {what} stopped{f' at {failing[0]}' if failing else ''}")


def issue_body(proposal: dict[str, str], record: Record, place: Place) -> str:
    """The failing tasks, the reason for closing, and where to read the rest."""
    parts = [_request(proposal, record)]
    if why := nothing_to_do(record):
        parts.append(f"There is nothing to do:\n\n{quoted(why)}")
    parts += [_closed(step) for step in record.steps if step.status is Status.FAILED]
    parts += [_task(task) for task in _failing(record)[:MOST_TASKS]]
    end = full_record(place)
    text = "\n\n".join(parts)
    room = LONGEST - len(end) - 100
    if len(text) > room:
        text = text[:room].rpartition("\n")[0] + "\n\n(Cut here; the full record has the rest.)"
    return f"{text}\n\n{end}"


def full_record(place: Place) -> str:
    """The way to the process page."""
    return f"Full record: <{place.url}>"


def asked_for(proposal: dict[str, str], record: Record) -> dict[str, str]:
    """The request as an engineer accepted it; else as it was proposed."""
    review = record.task("intake")
    accepted = review.data.get("request", {}) if review else {}
    return {**proposal, **{name: str(value) for name, value in accepted.items()}}


def nothing_to_do(record: Record) -> str:
    """The reason of the task that found nothing to do; empty where there is something."""
    for task in (task for step in record.steps for task in step.tasks):
        if told := task.data.get("nothing_to_do"):
            text = told if isinstance(told, str) else task.text or "The files are the same."
            return text.removeprefix("Nothing to do: ")
    return ""


def _failing(record: Record) -> list[TaskRecord]:
    """Failed tasks of steps that were closed as failed; a report's own failures are not news."""
    closed = [step for step in record.steps if step.status is Status.FAILED]
    return [task for step in closed for task in step.tasks if task.status is Status.FAILED]


def _request(proposal: dict[str, str], record: Record) -> str:
    proposal = asked_for(proposal, record)
    family = inline(proposal.get("family", "") or record.key, 100)
    what = "New family" if proposal.get("kind") == NEW else "Upgrade"
    repository = linked(proposal.get("repository", "")) if proposal.get("repository") else "unknown"
    ref = inline(proposal.get("ref", ""), 200)
    started = inline(record.initiator.login, 60)
    return (
        f"{what} of **{family}**, asked for by {started}.\n"
        f"Upstream: {repository}, at {ref or 'no named state'}."
    )


def _closed(step: StepRecord) -> str:
    head = f"The step “{inline(step.title, 100)}” was closed as failed by {inline(step.closed_by)}"
    return f"{head}:\n\n{quoted(step.reason)}" if step.reason.strip() else f"{head}."


def _task(task: TaskRecord) -> str:
    said = quoted(task.text) if task.text.strip() else "> (no words)"
    return f"### {inline(task.title, 100)}\n\nFAILED, by {inline(task.by.login, 60)}:\n\n{said}"
