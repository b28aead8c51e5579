"""Whatever people and machines do in whatever order: the rules hold."""

from __future__ import annotations

import copy
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.domain import play
from tests.domain.play import ADA, ASK, EVE, FAILED, GRACE, OK
from workflows.domain.action import apply, deliver
from workflows.domain.actor import Actor
from workflows.domain.message import Answer, AnyMessage, Finalize, Rerun, Stop
from workflows.domain.outcome import Outcome
from workflows.domain.refused import Refused
from workflows.domain.status import Entry, Status
from workflows.domain.step import Step

TASKS = st.sampled_from(["a", "b", "c", "tell"])
PEOPLE = st.sampled_from([ADA, GRACE, EVE])
SMALL = st.integers(0, 4)


class Life(RuleBasedStateMachine):
    """A process with anything that can come its way."""

    def __init__(self) -> None:
        super().__init__()
        self.process = play.process("a b", "c", on_failure=("tell",))
        self.frozen: dict[str, Step] = {}
        self.histories: dict[str, list[Entry]] = {}
        self.sent: list[AnyMessage] = []
        play.settle(self.process)

    @property
    def steps(self) -> list[Step]:
        return [*self.process.steps, *self.process.on_failure]

    def send(self, message: AnyMessage, late: bool) -> None:
        self.sent.append(message)
        with suppress(Refused):
            (deliver if late else apply)(self.process, message, play.now())
        play.settle(self.process)

    @rule(key=TASKS, attempt=SMALL, outcome=st.sampled_from([OK, FAILED, ASK]))
    def an_activity_comes_back(self, key: str, attempt: int, outcome: Outcome) -> None:
        step = self.process.current
        if step and (task := step.task(key)):
            task.record(outcome, ADA, play.now(), attempt)
        play.settle(self.process)

    @rule(
        key=TASKS,
        by=PEOPLE,
        attempt=SMALL,
        number=SMALL,
        verdict=st.sampled_from(["OK", "FAILED", "MAYBE"]),
        late=st.booleans(),
    )
    def somebody_answers(
        self, key: str, by: Actor, attempt: int, number: int, verdict: str, late: bool
    ) -> None:
        reply = {"verdict": verdict, "reason": "because"}
        self.send(Answer(play.new_id(), by, key, attempt, number, reply), late)

    @rule(key=TASKS, by=PEOPLE, attempt=SMALL, late=st.booleans())
    def somebody_runs_again(self, key: str, by: Actor, attempt: int, late: bool) -> None:
        self.send(Rerun(play.new_id(), by, key, attempt, "because"), late)

    @rule(by=PEOPLE, attempts=SMALL, step=st.sampled_from(["A B", "C", "Tell"]))
    def somebody_closes(self, by: Actor, attempts: int, step: str) -> None:
        self.send(Finalize(play.new_id(), by, step, attempts, "because"), late=False)

    @rule(by=st.just(EVE), late=st.booleans())
    def a_viewer_wants_to_stop(self, by: Actor, late: bool) -> None:
        self.send(Stop(play.new_id(), by, "because"), late)

    @rule(pick=st.integers(0, 1000), late=st.booleans())
    def a_message_comes_again(self, pick: int, late: bool) -> None:
        if self.sent:
            self.send(self.sent[pick % len(self.sent)], late)

    @invariant()
    def nothing_in_a_frozen_step_changes(self) -> None:
        for step in self.steps:
            if step.frozen:
                known = self.frozen.setdefault(step.title, copy.deepcopy(step))
                assert step == known

    @invariant()
    def histories_only_grow(self) -> None:
        for task in (task for step in self.steps for task in step.tasks):
            known = self.histories.get(task.key, [])
            assert task.history[: len(known)] == known
            self.histories[task.key] = list(task.history)

    @invariant()
    def each_attempt_begins_pending(self) -> None:
        for task in (task for step in self.steps for task in step.tasks):
            firsts = {entry.attempt: entry for entry in reversed(task.history)}
            assert all(entry.status is Status.PENDING for entry in firsts.values())

    @invariant()
    def a_step_begins_only_after_the_one_before_was_ok(self) -> None:
        first, second = self.process.steps
        assert not second.begun or first.status is Status.OK

    @invariant()
    def a_step_fails_only_by_a_person_with_a_reason(self) -> None:
        for step in self.steps:
            if step.verdict and step.verdict.status is Status.FAILED:
                assert step.verdict.by in (ADA, GRACE)
                assert step.verdict.text

    @invariant()
    def a_viewer_signs_nothing(self) -> None:
        entries = [entry for history in self.histories.values() for entry in history]
        assert all(entry.by != EVE for entry in entries)

    @invariant()
    def a_process_without_a_current_step_has_ended(self) -> None:
        assert (self.process.current is None) == (self.process.ended is not None)


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase
