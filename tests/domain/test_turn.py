"""Closed and opened again: each turn is a line, once, whether the state or an event tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.domain.test_mile import BEGUN, GRACE, OPEN, OURS, seen, stations
from workflows.domain.sight import Sight, Station, Turn


def turned(*states: str, begun: int = 1) -> tuple[Turn, ...]:
    """Turns by Grace, an hour apart."""
    return tuple(
        Turn(number, state, GRACE, BEGUN + timedelta(hours=number))
        for number, state in enumerate(states, begun)
    )


def test_closed_and_opened_again_between_two_looks_are_two_lines_with_names() -> None:
    quick = replace(OPEN, turns=turned("closed", "open"))
    made = seen(quick, quick)
    assert [line.text for line in made.milestones] == [
        "Opened.", "Closed without a merge.", "Opened again.",
    ]  # fmt: skip
    assert [line.by for line in made.milestones[1:]] == [GRACE, GRACE]
    assert [line.at.hour for line in made.milestones[1:]] == [1, 2]
    assert (made.station, made.question.turn) == (Station.OPEN, 2)


def test_what_the_state_told_already_is_not_told_again_by_its_turn() -> None:
    closed = Sight("closed", OURS, GRACE, BEGUN + timedelta(hours=1))
    opened = Sight("open", OURS, GRACE, BEGUN + timedelta(hours=2))
    made = seen(closed, opened, replace(opened, turns=turned("closed", "open")))
    assert stations(made) == ["open", "closed", "open"]
    later = turned("closed", "open", "closed", begun=20)
    made = seen(replace(closed, at=later[-1].at, turns=later), one=made)
    assert stations(made)[3:] == ["closed", "open", "closed"]


def test_a_way_that_was_followed_before_turns_were_told_gets_no_line_twice() -> None:
    made = seen(Sight("closed", OURS, GRACE, BEGUN + timedelta(hours=1)), OPEN)
    made.moved, made.turn = None, 0
    made.see(replace(OPEN, turns=turned("closed", "open")), BEGUN + timedelta(days=1))
    assert stations(made) == ["open", "closed", "open"]
