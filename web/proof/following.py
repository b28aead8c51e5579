"""Checks that what a record shows follows from its events: they are replayed and compared."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from google.protobuf.json_format import ParseError
from pydantic import ValidationError
from temporalio.client import WorkflowHistory

from web.proof import afterwards, entries, messages
from web.proof.finding import Finding, Verdict
from web.proof.keys import Keys
from web.proof.line import DOCUMENT, EVENT, FORMAT, PROCESS, Line
from web.proof.record import DOCUMENT as SHAPE
from web.proof.record import as_data
from workflows.reading.document import Document
from workflows.reading.history import read

PATIENCE = 20.0
"""Seconds for a replay: one of events that somebody made up may never come to an end."""

MOST = 20
"""Differences that are named; more would help nobody."""


async def check(lines: Sequence[Line], keys: Keys, verdict: Verdict, replays: bool = True) -> None:
    """Check one block: its events, what they come to, and whether the document says that.

    Without `replays` that last question is left out: lines that are known to be changed are.
    """
    head = lines[0].content if lines and lines[0].kind == PROCESS else {}
    if head.get("format") != FORMAT:
        place = lines[0].name if lines else "the record"
        verdict.findings.append(Finding(place, "no process of a known format begins here"))
        return
    name, run = str(head.get("process", "")), str(head.get("run", ""))
    history = _history(name, lines, verdict)
    if history is None:
        return
    events = list(history.events)
    verdict.count("events", len(events))
    verdict.findings += messages.check(name, run, events, keys, verdict)
    if replays:
        await _replay(history, lines, keys, verdict)


async def _replay(
    history: WorkflowHistory, lines: Sequence[Line], keys: Keys, verdict: Verdict
) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            document = await read(history)
    except Exception as error:  # whatever is in a stranger's file
        verdict.undecided.append(f"The events cannot be replayed: {type(error).__name__}: {error}")
        return
    if document.problem:
        verdict.undecided.append(document.problem)
    if document.run != lines[0].content.get("run"):
        verdict.findings.append(Finding(f"{lines[0].name}, run", "the events are of another run"))
    _compare(lines, document, keys, verdict)
    afterwards.check(lines, document, verdict)


def _history(process: str, lines: Sequence[Line], verdict: Verdict) -> WorkflowHistory | None:
    found: list[dict[str, Any]] = []
    for line in (line for line in lines if line.kind == EVENT):
        try:
            event = line.content["event"]
            WorkflowHistory.from_json(process, {"events": [event]})
            number = int(event["eventId"])
        except (ParseError, KeyError, TypeError, ValueError, AttributeError):
            verdict.findings.append(Finding(line.name, "this is no event of a Temporal history"))
            return None
        if number != len(found) + 1:
            text = f"event {len(found) + 1} should be here"
            verdict.findings.append(Finding(line.name, text))
            return None
        found.append(event)
    if not found:
        verdict.findings.append(Finding("the record", "it holds no events"))
        return None
    return WorkflowHistory.from_json(process, {"events": found})


def _compare(lines: Sequence[Line], replayed: Document, keys: Keys, verdict: Verdict) -> None:
    shown = [line for line in lines if line.kind == DOCUMENT]
    if len(shown) != 1:
        verdict.findings.append(Finding("the record", f"it holds {len(shown)} documents, not one"))
        return
    line = shown[0]
    content = line.content.get("document")
    for n, path in enumerate(differences(as_data(replayed), content)):
        if n == MOST:
            break
        verdict.findings.append(Finding(f"{line.name}, {path}", "this does not follow from events"))
    try:
        document = SHAPE.validate_python(content)
    except ValidationError as error:
        verdict.findings.append(Finding(line.name, f"it is no document: {error.error_count()}"))
        return
    if document.process:
        verdict.count("entries", len(entries.entries(document.process)))
        try:
            verdict.findings += entries.check(document.process, keys)
        except (TypeError, ValueError, AttributeError) as why:  # a message can hold anything
            text = f"its entries are not such as a site writes: {type(why).__name__}"
            verdict.findings.append(Finding(line.name, text))


def differences(wanted: Any, found: Any, path: str = "document") -> Iterator[str]:
    """The paths at which two JSON values differ; what is empty may as well be missing."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            yield from differences(wanted.get(name), found.get(name), f"{path}.{name}")
    elif isinstance(wanted, list) and isinstance(found, list):
        for n in range(max(len(wanted), len(found))):
            here, there = (one[n] if n < len(one) else None for one in (wanted, found))
            yield from differences(here, there, f"{path}[{n}]")
    elif (wanted or found) and (wanted != found or type(wanted) is not type(found)):
        yield path
