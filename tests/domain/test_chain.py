"""The chain: whatever is changed in an entry, it or its successor does not fit any more."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.domain import play
from workflows.domain.canonical import canonical, digest
from workflows.domain.chain import entry_hash
from workflows.domain.evidence import Evidence
from workflows.domain.process import Process
from workflows.domain.status import Entry, Status

NOW = datetime(2026, 11, 24, 9, 0, 0, 120, tzinfo=UTC)
ENTRY = Entry(Status.OK, "Fine.", play.ADA, NOW, "Check", 1)


@dataclass(frozen=True)
class Later(Entry):
    """An entry of a later version, with a field more."""

    added: str = ""


def entries(process: Process) -> list[tuple[str, Entry]]:
    steps = [*process.steps, *process.on_failure]
    found = [(f"task/{t.key}", e) for step in steps for t in step.tasks for e in t.history]
    found += [(f"step/{s.title}", s.verdict) for s in steps if s.verdict]
    found += [("log", line) for line in process.log]
    found += [("process", process.ended)] if process.ended else []
    return sorted(found, key=lambda place: place[1].position)


def lived() -> Process:
    process = play.process("one two", "three")
    play.begin(process)
    play.record(process, "one", play.OK)
    play.record(process, "two", play.ASK)
    play.answer(process, "two", verdict="OK")
    play.settle(process)
    process.note("Something.", play.EVE, play.now())
    play.stop(process)
    return process


def test_every_entry_of_a_process_is_in_its_chain_once() -> None:
    process = lived()
    found = entries(process)
    assert [entry.position for _, entry in found] == list(range(1, len(found) + 1))
    head = process.chain.origin
    for place, entry in found:
        head = entry_hash(head, place, entry)
        assert entry.hash == head
    assert process.chain.head == head != process.chain.origin


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, text="Fine!"),
        replace(ENTRY, status=Status.FAILED),
        replace(ENTRY, by=play.GRACE),
        replace(ENTRY, at=NOW + timedelta(microseconds=1)),
        replace(ENTRY, attempt=2),
        replace(ENTRY, data={"errors": 0}),
        replace(ENTRY, evidence=(Evidence("table", "Files"),)),
        replace(ENTRY, reply={"reason": ""}),
        replace(ENTRY, waiver="Known."),
    ],
)
def test_a_change_of_an_entry_changes_its_hash(changed: Entry) -> None:
    assert entry_hash("", "task/check", changed) != entry_hash("", "task/check", ENTRY)


def test_the_place_and_the_predecessor_belong_to_an_entry() -> None:
    assert entry_hash("", "task/other", ENTRY) != entry_hash("", "task/check", ENTRY)
    assert entry_hash("0" * 64, "task/check", ENTRY) != entry_hash("", "task/check", ENTRY)


def test_a_field_that_comes_later_changes_no_hash_of_what_was_written_before() -> None:
    later = Later(ENTRY.status, ENTRY.text, ENTRY.by, ENTRY.at, ENTRY.title, ENTRY.attempt)
    assert digest(later) == digest(ENTRY)


def test_equal_moments_are_written_alike() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5)))
    assert canonical(elsewhere) == canonical(NOW) == b'"2026-11-24T09:00:00.000120Z"'


def test_what_tasks_have_put_into_dictionaries_is_kept_whole() -> None:
    assert canonical({"b": 0, "a": ["", None], "ä": 1.5}) == (
        rb'{"a":["",null],"b":0,"\u00e4":1.5}'
    )


def test_nothing_breaks_the_chain_of_a_running_process() -> None:
    for odd in (float("nan"), {1: "one"}, Path("x"), {"s": {1, 2}}, "\ud800"):
        assert json.loads(canonical({"odd": odd}))
