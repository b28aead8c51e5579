"""A verdict on findings: with reasons, finding by finding where the person wishes."""

from __future__ import annotations

import pytest

from activities.authoring import Actor, Outcome, Status
from activities.exhibits import Finding
from activities.judging import judgement

ADA = Actor("ada", 1, ("engineer",))
METRICS = Finding("metrics: bad", "new", "PASS", "FAIL", "too tall", "Karla-Regular.ttf")
FAMILY = Finding("family", "undecided", "", "ERROR", "crashed")


def asked(*findings: Finding) -> Outcome:
    return judgement.ask_about(findings or (METRICS, FAMILY), "Text.", (), {"tool": "x"})


def replied(**reply: str) -> Outcome:
    named = {name.replace("_", "."): value for name, value in reply.items()}
    return judgement.take(named, asked().kept, ADA)


def test_nothing_is_preselected_and_single_judgements_are_free() -> None:
    form = asked().form
    assert form
    assert form.in_spite_of_findings
    assert all(field.value == "" for field in form.fields)
    assert form.complaints({"verdict": "OK", "reason": "because"}) == {}


@pytest.mark.parametrize("verdict", ["OK", "FAILED"])
def test_the_verdict_needs_a_reason(verdict: str) -> None:
    form = asked().form
    assert form
    assert list(form.complaints({"verdict": verdict})) == ["reason"]


def test_accepting_a_finding_needs_a_reason() -> None:
    form = asked().form
    assert form
    reply = {"verdict": "OK", "reason": "because", "finding.2": "accept"}
    assert list(form.complaints(reply)) == ["finding.2.reason"]


def test_an_ok_becomes_a_waiver_that_names_each_accepted_finding() -> None:
    outcome = replied(
        verdict="OK", reason="known bug", finding_2="accept", finding_2_reason="crash is theirs"
    )
    assert outcome.status is Status.OK
    assert outcome.waiver == "known bug; finding family: crash is theirs"
    assert "Accepted by ada" in outcome.text
    assert outcome.data["tool"] == "x"


def test_an_ok_beside_a_rejected_finding_is_asked_again_with_what_was_written() -> None:
    reply = {
        "verdict": "OK",
        "reason": "why",
        "finding_1": "reject",
        "finding_2": "accept",
        "finding_2_reason": "fine",
    }
    outcome = replied(**reply)
    assert outcome.status is Status.PENDING
    assert "rejected metrics: bad (Karla-Regular.ttf)" in outcome.text
    assert outcome.kept == asked().kept
    assert outcome.form
    values = {field.name.replace(".", "_"): field.value for field in outcome.form.fields}
    assert values.pop("verdict") == ""  # never preselected
    del reply["verdict"]
    assert {name: value for name, value in values.items() if value} == reply


def test_a_failed_verdict_says_why_and_what_was_rejected() -> None:
    outcome = replied(verdict="FAILED", reason="too tall", finding_1="reject")
    assert outcome.status is Status.FAILED
    assert outcome.text.startswith("too tall")
    assert "- metrics: bad (Karla-Regular.ttf)" in outcome.text


def test_a_reply_without_verdict_is_no_ok() -> None:
    assert replied(reason="x").status is Status.FAILED


def test_beyond_forty_findings_the_verdict_is_about_all_of_them() -> None:
    outcome = asked(*[METRICS] * 41)
    assert outcome.form
    assert len(outcome.form.fields) == 2 + 2 * 40
    assert "first 40 of 41" in outcome.text
