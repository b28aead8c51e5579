"""The last mile claims no more than was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from workflows.domain.actor import Actor
from workflows.domain.mile import (
    LONGEST,
    MOST_PUSHES,
    REOPENING,
    LastMile,
    begin,
)
from workflows.domain.sight import FORGE, Sight, Station

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
OURS, OTHER = "a" * 40, "b" * 40
GRACE = Actor("grace", 2)
OPEN = Sight("open", OURS)
MERGED = Sight("merged", OURS, GRACE, BEGUN + timedelta(hours=5), False, False)
ON_SANDBOX = replace(MERGED, to_sandbox=True)
ON_PRODUCTION = replace(MERGED, to_production=True)


def mile() -> LastMile:
    return begin("karla", "run", 5, "https://github.com/google/fonts/pull/5", "o/k", OURS, BEGUN)


def seen(*sights: Sight, one: LastMile | None = None) -> LastMile:
    """A way on which these were seen, six hours apart."""
    made = one or mile()
    for number, sight in enumerate(sights, 1):
        made.see(sight, BEGUN + timedelta(hours=6 * number))
    return made


def stations(one: LastMile) -> list[str]:
    return [line.station.value for line in one.milestones]


def test_the_whole_way_is_told_line_by_line() -> None:
    made = seen(OPEN, MERGED, ON_SANDBOX, MERGED, ON_PRODUCTION, MERGED)
    assert stations(made) == [
        "open",
        "merged",
        "to sandbox",
        "in sandbox",
        "to production",
        "live",
    ]
    assert made.ended
    merged = made.milestones[1]
    assert (merged.by.login, merged.at) == ("grace", BEGUN + timedelta(hours=5))
    assert "as far as the push lists tell" in made.milestones[-1].text


def test_the_same_sight_twice_is_one_line() -> None:
    once, twice = seen(OPEN, MERGED), seen(OPEN, OPEN, MERGED, MERGED)
    assert stations(once) == stations(twice)


def test_old_sights_do_not_undo_a_merge() -> None:
    made = seen(MERGED, OPEN, Sight("closed", OURS))
    assert made.station is Station.MERGED


def test_a_family_on_no_list_is_nowhere() -> None:
    assert seen(MERGED, MERGED, MERGED).station is Station.MERGED


def test_lists_that_could_not_be_read_tell_nothing() -> None:
    unread = replace(MERGED, to_sandbox=None)
    assert seen(ON_SANDBOX, unread).station is Station.TO_SANDBOX


def test_a_list_tells_nothing_of_a_pull_request_that_is_not_merged() -> None:
    assert seen(replace(OPEN, to_sandbox=True, to_production=True)).station is Station.OPEN


def test_a_family_that_is_listed_again_has_another_way_to_go() -> None:
    made = seen(ON_SANDBOX, MERGED, ON_SANDBOX)
    assert made.station is Station.TO_SANDBOX
    assert not made.ended


def test_a_commit_of_somebody_else_is_named_once() -> None:
    pushed = replace(OPEN, head=OTHER)
    made = seen(pushed, pushed)
    assert not made.is_judged
    assert len(made.milestones) == 2
    assert OTHER[:12] in made.milestones[1].text
    assert "not judged" in made.milestones[1].text
    assert "judged commit" in seen(OPEN, one=made).milestones[-1].text


def test_a_merge_of_what_was_not_judged_says_so() -> None:
    made = seen(replace(MERGED, head=OTHER))
    assert "not the judged commit" in made.milestones[-1].text


def test_a_busy_branch_does_not_fill_the_page() -> None:
    made = seen(*(replace(OPEN, head=f"{n:040d}") for n in range(100)))
    assert len(made.milestones) == 1 + MOST_PUSHES
    assert made.head == f"{99:040d}"


def test_what_stands_still_is_reminded_of_once() -> None:
    made = seen(MERGED)
    for day in (10, 20, 40):
        made.see(MERGED, BEGUN + timedelta(days=day))
    reminders = [line for line in made.milestones if line.reminder]
    assert [line.text.split(" days")[0] for line in reminders] == ["Nothing has changed for 19"]
    made.see(ON_SANDBOX, BEGUN + timedelta(days=41))
    assert not made.reminded
    made.see(ON_SANDBOX, BEGUN + timedelta(days=60))
    assert sum(line.reminder for line in made.milestones) == 2


def test_a_closed_one_is_watched_for_a_while_because_it_may_be_opened_again() -> None:
    closed = Sight("closed", OURS, GRACE, BEGUN)
    made = seen(closed)
    seen_later = [
        (closed, REOPENING - timedelta(hours=1)),
        (OPEN, REOPENING - timedelta(minutes=1)),
        (replace(closed, at=BEGUN + REOPENING), REOPENING),
        (closed, 2 * REOPENING),
    ]
    told = []
    for sight, later in seen_later:
        made.see(sight, BEGUN + later)
        told.append((made.station, made.ended))
    assert told == [
        (Station.CLOSED, False),
        (Station.OPEN, False),
        (Station.CLOSED, False),
        (Station.CLOSED, True),
    ]
    assert "not followed" in made.milestones[-1].text


def test_the_forge_that_was_looked_at_signs_what_nobody_in_particular_did() -> None:
    shelf = Actor("forge", 0, ("service",))
    made = seen(
        replace(OPEN, head=OTHER, forge=shelf), replace(ON_SANDBOX, forge=shelf), ON_PRODUCTION
    )
    assert [line.by for line in made.milestones[1:]] == [shelf, shelf, GRACE, shelf, FORGE]


def test_nothing_is_followed_for_ever() -> None:
    made = seen(OPEN)
    made.miss("GitHub does not answer.", BEGUN + LONGEST)
    assert made.ended
    assert made.problem == "GitHub does not answer."


def test_a_look_that_failed_is_told_and_changes_nothing_else() -> None:
    made = seen(MERGED)
    before = list(made.milestones)
    made.miss("GitHub does not answer.", BEGUN + timedelta(days=1))
    assert made.milestones == before
    assert seen(MERGED, one=made).problem == ""


def test_looks_are_rarer_where_nothing_happens() -> None:
    made = seen(MERGED)
    pauses = [made.pause(BEGUN + timedelta(days=day)) for day in (1, 10, 100)]
    assert pauses == [timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12)]
