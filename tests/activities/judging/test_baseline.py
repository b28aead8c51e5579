"""New, fixed, still there: what two states of a family tell about each other."""

from __future__ import annotations

import pytest

from activities.adapters.checker import Check, Remark
from activities.judging.baseline import blocking, compare, count, is_new_failure

FONT = "Karla-Regular.ttf"


def said(status: str, *codes: str, subject: str = FONT, offline: bool = False) -> tuple[Check, ...]:
    """One check that ended with this status, for one reason per code."""
    remarks = tuple(Remark(code, status, f"about {code}") for code in codes or ("why",))
    return (Check("vertical_metrics", subject, status, remarks, offline),)


@pytest.mark.parametrize(
    ("before", "after", "bucket"),
    [
        ("PASS", "FAIL", "new"),
        ("SKIP", "FAIL", "new"),
        ("WARN", "FAIL", "new"),
        ("ERROR", "FAIL", "new"),
        ("PASS", "WARN", "new"),
        ("PASS", "FATAL", "new"),
        ("FAIL", "FATAL", "new"),
        ("FAIL", "FAIL", "still"),
        ("FATAL", "FAIL", "still"),
        ("FAIL", "WARN", "still"),
        ("WARN", "WARN", "still"),
        ("FAIL", "PASS", "fixed"),
        ("WARN", "INFO", "fixed"),
        ("FAIL", "SKIP", "skipped"),
        ("WARN", "SKIP", "skipped"),
        ("PASS", "ERROR", "undecided"),
        ("FAIL", "ERROR", "undecided"),
        ("ERROR", "ERROR", "undecided"),
    ],
)
def test_each_finding_falls_into_one_bucket(before: str, after: str, bucket: str) -> None:
    (row,) = compare(said(before), said(after))
    assert row.bucket == bucket


@pytest.mark.parametrize("after", ["PASS", "INFO", "DEBUG", "SKIP"])
@pytest.mark.parametrize("before", ["PASS", "INFO", "SKIP", "ERROR"])
def test_what_was_and_is_harmless_is_no_finding(before: str, after: str) -> None:
    assert compare(said(before), said(after)) == []


def test_each_reason_of_one_check_is_a_finding_of_its_own() -> None:
    rows = compare(said("FAIL", "hhea", "typo"), said("FAIL", "typo", "win"))
    assert {row.id.partition(": ")[2]: row.bucket for row in rows} == {
        "hhea": "fixed",
        "typo": "still",
        "win": "new",
    }


def test_a_failure_of_another_file_is_new() -> None:
    rows = compare(said("FAIL"), said("FAIL", subject="Karla-Bold.ttf"))
    assert [(row.subject, row.bucket) for row in rows] == [
        ("Karla-Bold.ttf", "new"),
        (FONT, "skipped"),  # the file is gone, its failure is not mended
    ]


def test_every_failure_of_a_new_family_is_new() -> None:
    (row,) = compare((), said("FAIL"))
    assert is_new_failure(row)
    assert blocking([row]) == [row]


def test_a_new_warning_does_not_block() -> None:
    assert blocking(compare((), said("WARN"))) == []


def test_a_check_that_needs_network_is_listed_as_skipped() -> None:
    rows = compare((), said("SKIP", "unfulfilled-conditions", offline=True))
    assert [(row.bucket, row.after) for row in rows] == [("skipped", "SKIP")]


def test_a_check_in_two_sections_counts_by_its_graver_result() -> None:
    for twice in ((*said("PASS"), *said("FAIL")), (*said("FAIL"), *said("PASS"))):
        assert count(compare(said("PASS"), twice)) == {"new": 1}


def test_a_failure_without_any_reason_is_still_a_failure() -> None:
    mute = Check("mute", FONT, "FAIL", (Remark("", "PASS", "fine"),))
    (row,) = compare((), (mute,))
    assert is_new_failure(row)


def test_new_failures_come_first_and_texts_are_short() -> None:
    long = Check("long", FONT, "FAIL", (Remark("x", "FAIL", "word " * 500),) * 3)
    rows = compare(said("FAIL"), (*said("FAIL"), Check("e", FONT, "ERROR"), long))
    assert [row.bucket for row in rows] == ["new", "undecided", "still"]
    assert len(rows[0].text) < 330
    assert rows[0].text.endswith("(and 2 more)")
