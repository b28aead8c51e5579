"""The rules of a process."""

from __future__ import annotations

import pytest

from tests.domain import play
from tests.domain.play import ASK, FAILED, OK, answer, begin, finalize, process, record, rerun
from workflows.domain.action import apply
from workflows.domain.actor import DISPATCHER
from workflows.domain.message import Finalize
from workflows.domain.outcome import Outcome
from workflows.domain.refused import FORBIDDEN, INVALID, Refused
from workflows.domain.status import Status


def test_a_step_passes_when_all_its_tasks_are_ok_and_the_next_begins() -> None:
    p = process("a b", "c")
    begin(p)
    record(p, "a", OK)
    play.settle(p)
    assert not p.steps[0].frozen
    record(p, "b", OK)
    play.settle(p)
    assert p.steps[0].status is Status.OK
    assert p.steps[1].begun


def test_a_failed_task_keeps_its_step_open_until_a_person_closes_it() -> None:
    p = process("a b", "c", on_failure=("tell",))
    begin(p)
    record(p, "a", FAILED)
    play.settle(p)
    assert p.phase == "failing"
    finalize(p, "The a is open.")
    verdict = p.steps[0].verdict
    assert verdict and (verdict.by.login, verdict.text) == ("ada", "The a is open.")
    play.settle(p)
    assert p.current is p.on_failure[0]


def test_a_step_without_a_failed_task_cannot_be_closed_by_anybody() -> None:
    p = process("a b")
    begin(p)
    record(p, "a", OK)
    with pytest.raises(Refused, match="no failed task"):
        finalize(p)
    with pytest.raises(Refused, match="no failed task"):
        p.steps[0].finalize(play.ADA, play.now())


def test_closing_a_step_needs_a_reason_and_an_engineer() -> None:
    p = process("a")
    begin(p)
    record(p, "a", FAILED)
    with pytest.raises(Refused, match="reason is missing") as missing:
        finalize(p, "  ")
    assert missing.value.kind == INVALID
    with pytest.raises(Refused, match="Only engineer may") as forbidden:
        finalize(p, by=play.EVE)
    assert forbidden.value.kind == FORBIDDEN


def test_somebody_who_saw_an_older_attempt_cannot_close_the_step() -> None:
    p = process("a")
    begin(p)
    record(p, "a", FAILED)
    seen = Finalize("x", play.ADA, "A", 1, "because")
    rerun(p, "a")
    record(p, "a", FAILED)
    with pytest.raises(Refused, match="run again meanwhile"):
        apply(p, seen, play.now())


def test_what_is_pending_when_a_step_closes_is_cancelled_and_says_so() -> None:
    p = process("a b")
    begin(p)
    record(p, "a", FAILED)
    record(p, "b", ASK)
    finalize(p)
    last = p.steps[0].tasks[1].history[-1]
    assert last.status is Status.FAILED
    assert "Cancelled" in last.text


def test_nothing_in_a_finalized_step_changes_again() -> None:
    p = process("a", "b")
    begin(p)
    record(p, "a", OK)
    play.settle(p)
    for act in (rerun, answer):
        with pytest.raises(Refused, match="finalized"):
            act(p, "a")
    with pytest.raises(Refused, match="already finalized"):
        p.steps[0].finalize(play.ADA, play.now())


def test_every_task_of_an_open_step_can_be_run_again_and_its_names_are_withdrawn() -> None:
    p = process("a b")
    begin(p)
    record(p, "a", Outcome(Status.OK, names={"package": "p1"}))
    assert p.names == {"package": "p1"}
    rerun(p, "a", "The tag was moved.")
    assert p.names == {}
    assert [entry.text for entry in p.steps[0].tasks[0].history][
        -1
    ] == "Run again: The tag was moved."
    assert p.steps[0].tasks[0].due == "start"


def test_running_again_needs_a_reason() -> None:
    p = process("a")
    begin(p)
    with pytest.raises(Refused, match="reason is missing"):
        rerun(p, "a", "")


def test_an_outcome_of_an_overtaken_attempt_is_dropped() -> None:
    p = process("a")
    begin(p)
    rerun(p, "a")
    task = p.steps[0].tasks[0]
    assert not task.record(OK, DISPATCHER, play.now(), attempt=1)
    assert task.status is Status.PENDING


def test_a_failed_failure_step_is_closed_and_has_no_failure_steps_of_its_own() -> None:
    p = process("a", on_failure=("tell",))
    begin(p)
    record(p, "a", FAILED)
    finalize(p)
    play.settle(p)
    record(p, "tell", FAILED)
    finalize(p, "GitHub is down.")
    play.settle(p)
    assert p.ended and p.status is Status.FAILED
    assert "A" in p.ended.text


def test_a_stopped_process_ends_failed_with_the_reason_and_runs_no_failure_step() -> None:
    p = process("a", "b", on_failure=("tell",))
    begin(p)
    play.stop(p, "The designer withdrew.", by=play.ADA)
    play.settle(p)
    assert p.ended and p.ended.text == "Stopped: The designer withdrew."
    assert p.current is None
    assert not p.on_failure[0].begun
    with pytest.raises(Refused, match="has ended"):
        play.stop(p)


def test_the_list_says_who_is_waited_for() -> None:
    p = process("a b")
    begin(p)
    assert (p.phase, p.waits_for) == ("running", [])
    record(p, "a", ASK)
    assert (p.phase, p.waits_for) == ("waiting", ["engineer"])
    record(p, "b", FAILED)
    assert p.phase == "failing"
