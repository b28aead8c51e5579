"""Answers: who may give them, and that each counts once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain import play
from tests.domain.play import ADA, ASK, EVE, GRACE, answer, begin, process, record
from workflows.domain.action import apply, check, deliver
from workflows.domain.actor import Actor
from workflows.domain.message import Answer
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, Refused
from workflows.domain.status import Status


def asked(outcome: Outcome = ASK, answers: bool = False) -> Process:
    p = process("a b", answers=answers)
    begin(p)
    record(p, "a", outcome)
    return p


def test_an_answer_is_signed_by_the_person_who_gave_it() -> None:
    p = asked()
    answer(p, "a", verdict="FAILED", reason=" The a is open. ")
    last = p.steps[0].tasks[0].history[-1]
    assert (last.by, last.status, last.text) == (ADA, Status.FAILED, "The a is open.")
    assert last.form and last.form.fields[0].name == "verdict"


def test_the_second_person_is_refused_and_leaves_no_trace() -> None:
    p = asked()
    task = p.steps[0].tasks[0]
    late = Answer("late", GRACE, "a", 1, task.form.number if task.form else 0, {"verdict": "OK"})
    answer(p, "a", verdict="OK")
    before = list(task.history)
    with pytest.raises(Refused, match="does not ask this any more") as refused:
        apply(p, late, play.now())
    assert refused.value.kind == CONFLICT
    assert task.history == before


def test_the_same_message_twice_gives_the_first_receipt_again() -> None:
    p = asked()
    first = answer(p, "a", id="one", verdict="OK")
    repeated = Answer("one", ADA, "a", 1, 1, {"verdict": "OK"})
    check(p, repeated)
    assert apply(p, repeated, play.now()) == first
    assert len(p.steps[0].tasks[0].history) == 3


def test_the_same_id_with_other_content_or_from_another_person_is_refused() -> None:
    p = asked()
    answer(p, "a", id="one", verdict="OK")
    for other in (
        Answer("one", ADA, "a", 1, 1, {"verdict": "FAILED", "reason": "no"}),
        Answer("one", GRACE, "a", 1, 1, {"verdict": "OK"}),
    ):
        with pytest.raises(Refused, match="other content"):
            check(p, other)


def test_a_changed_role_does_not_make_it_another_message() -> None:
    message = Answer("one", ADA, "a", 1, 1, {"verdict": "OK"})
    assert message.fingerprint == replace(message, by=replace(ADA, roles=())).fingerprint


def test_an_answer_to_an_overtaken_attempt_is_refused() -> None:
    p = asked()
    stale = Answer("x", ADA, "a", 1, 1, {"verdict": "OK"})
    play.rerun(p, "a")
    record(p, "a", ASK)
    with pytest.raises(Refused, match="run again meanwhile"):
        check(p, stale)


def test_only_the_roles_of_the_form_may_answer() -> None:
    p = asked()
    with pytest.raises(Refused, match="eve is: viewer") as refused:
        answer(p, "a", by=EVE, verdict="OK")
    assert refused.value.kind == FORBIDDEN


def test_who_started_the_process_cannot_sign_it_off_whatever_the_login_is_now() -> None:
    form = replace(play.VERDICT, barred=("initiator",))
    p = asked(Outcome(Status.PENDING, "", form))
    renamed = Actor("grace-h", GRACE.id, ("engineer",))
    with pytest.raises(Refused, match="started this process"):
        answer(p, "a", by=renamed, verdict="OK")
    answer(p, "a", by=ADA, verdict="OK")


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ({}, "Verdict is missing"),
        ({"verdict": "MAYBE"}, "cannot be 'MAYBE'"),
        ({"verdict": "FAILED"}, "Reason is missing"),
        ({"verdict": "OK", "signed": "mallory"}, "no such field"),
        ({"verdict": "OK", "reason": "x" * 60_000}, "longer than"),
    ],
)
def test_an_incomplete_or_odd_reply_is_refused(reply: dict[str, str], complaint: str) -> None:
    p = asked()
    with pytest.raises(Refused, match=complaint) as refused:
        answer(p, "a", **reply)  # type: ignore[arg-type]  # odd on purpose: names of fields
    assert refused.value.kind == INVALID


def test_an_ok_in_spite_of_findings_is_a_waiver() -> None:
    p = asked(Outcome(Status.PENDING, "", replace(play.VERDICT, in_spite_of_findings=True)))
    answer(p, "a", verdict="OK", reason="A known false alarm.")
    assert p.steps[0].tasks[0].history[-1].waiver == "A known false alarm."


def test_a_task_with_an_answer_of_its_own_is_closed_to_others_while_it_judges() -> None:
    p = asked(answers=True)
    answer(p, "a", verdict="OK")
    task = p.steps[0].tasks[0]
    assert (task.due, task.form, task.status) == ("answer", None, Status.PENDING)
    assert task.answer and task.answer.reply["verdict"] == "OK"


def test_a_message_that_came_late_counts_or_leaves_a_line() -> None:
    p = asked()
    message = Answer("x", ADA, "a", 1, 1, {"verdict": "OK"})
    deliver(p, message, play.now())
    deliver(p, message, play.now())
    assert p.log == []
    deliver(p, replace(message, id="y", by=GRACE), play.now())
    assert p.log[0].by == GRACE
    assert p.log[0].text.startswith("Arrived, not counted, because: ")
