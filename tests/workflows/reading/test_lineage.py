"""Rows of one lineage: the newest stands for all, and no row is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workflows.reading.lineage import follower, lineages
from workflows.reading.row import Row

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def row(run: str, supersedes: str = "", hour: int = 0, id: str = "family-pr/karla") -> Row:
    at = BEGUN + timedelta(hours=hour)
    return Row(id, run, "Karla", "1", "", "failed", (), "kim", at, at, "", "", False, supersedes)


def runs(*rows: Row) -> tuple[list[str], dict[str, list[str]]]:
    newest, earlier = lineages(rows)
    return [r.run for r in newest], {run: [r.run for r in old] for run, old in earlier.items()}


def test_the_newest_stands_for_its_whole_lineage() -> None:
    found = runs(row("c", "b", 2), row("x"), row("a"), row("b", "a", 1))
    assert found == (["c", "x"], {"c": ["b", "a"]})


def test_a_lineage_whose_beginning_is_forgotten_goes_as_far_back_as_is_known() -> None:
    assert runs(row("c", "b", 2), row("b", "a", 1)) == (["c"], {"c": ["b"]})


def test_rows_that_continue_each_other_are_all_listed() -> None:
    assert runs(row("a", "b"), row("b", "a")) == (["a", "b"], {})
    assert runs(row("a", "a")) == (["a"], {})


def test_a_process_of_another_family_does_not_take_the_place_of_one() -> None:
    other = row("b", "a", 1, id="family-pr/rubik")
    assert runs(row("a"), other) == (["a", "b"], {})


def test_of_two_that_continue_the_same_both_say_so() -> None:
    found = runs(row("a"), row("b", "a", 1), row("c", "a", 2))
    assert found == (["b", "c"], {"b": ["a"], "c": ["a"]})


def test_the_newest_that_continues_a_run_is_its_successor() -> None:
    rows = [row("b", "a", 1), row("c", "a", 2), row("d", "a", 3, id="family-pr/rubik")]
    assert follower(rows, "family-pr/karla", "a") == "c"
    assert follower(rows, "family-pr/karla", "b") == ""
