"""What only a person can go on with is marked, until somebody went on with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from workflows.reading.listing import in_order
from workflows.reading.row import Row
from workflows.reading.stranded import marked, name_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CLOSED = Row(
    "family-pr/karla", "r1", "Karla", "1", "Sign off", "failed", ("designer",), "kim", NOON, NOON
)
CLOSED = replace(CLOSED, closed="TERMINATED")
LATER = replace(CLOSED, run="r2", begun=NOON + timedelta(days=1), closed="", phase="running")
NAMES = {name_of("r1")}


def test_a_closed_run_that_is_named_needs_an_engineer() -> None:
    [row] = marked([CLOSED], NAMES)
    assert (row.phase, row.waits_for) == ("stranded", ("engineer",))


def test_one_that_is_not_named_or_still_open_is_left_as_it_is() -> None:
    still_open = replace(CLOSED, closed="")
    assert marked([CLOSED], set()) == [CLOSED]
    assert marked([still_open], NAMES) == [still_open]


def test_with_a_newer_process_of_the_family_somebody_has_gone_on() -> None:
    assert marked([LATER, CLOSED], NAMES) == [LATER, CLOSED]


def test_it_is_listed_among_those_that_are_open() -> None:
    done = replace(CLOSED, run="r3", workflow_id="family-pr/rubik", changed=NOON + timedelta(1))
    [first, second] = in_order([done, *marked([CLOSED], NAMES)])
    assert (first.run, second.run) == ("r1", "r3")
