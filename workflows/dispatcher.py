"""The one workflow: it walks a process through its steps and listens to people.

It interprets the definition that the process recorded when it began, and imports the domain
only: changing a process or a task never breaks the replay of a running one. Change this file and
the domain replay-safely (`workflow.patched`); recorded histories are replayed by the tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows import attribute
    from workflows.arrival import Arrivals
    from workflows.beginning import begin, undefined
    from workflows.domain import action, proof, restart
    from workflows.domain.actor import DISPATCHER, OPERATOR
    from workflows.domain.message import AnyMessage, Receipt, Start, signed
    from workflows.domain.process import Process
    from workflows.domain.record import Record, record
    from workflows.domain.refused import Refused
    from workflows.domain.step import Step
    from workflows.keyring import KEYRING
    from workflows.running import Running
    from workflows.succession import Succession


@workflow.defn(name="Process")
class Dispatcher:
    """One process. Updates and signals may come before `run` does, so all state is made here."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        self.process: Process | None = None
        self.arrivals = Arrivals(
            start.signature is not None or bool(workflow.info().continued_run_id)
        )
        self.succession = Succession(self._wake)
        self.changed = False
        self.shown: object = None
        self.running = Running(self._wake)

    @workflow.run
    async def run(self, start: Start) -> Record:
        """Walk the steps until none is left; the result is the record of the process."""
        try:
            self.process = await begin(start, self.arrivals.newer)
            self.arrivals.take_early(self.process)
            while step := self.process.current:
                if self.succession.is_ready(self.process):
                    await self._hand_over(self.process)
                else:
                    await self._walk(self.process, step)
        except asyncio.CancelledError:
            if workflow.cancellation_reason() is None:
                raise  # nobody cancelled: Temporal takes this instance out of memory
            await self._stop_for_operator(start)
        process = self._defined()
        self._conclude(process)
        self._show(process)
        await workflow.wait_condition(workflow.all_handlers_finished)
        info = workflow.info()
        if following := self.succession.following:
            family = info.typed_search_attributes.get(attribute.FAMILY, process.key)
            known = attribute.first(following, family)
            workflow.continue_as_new(following, search_attributes=known)
        return record(process, info.workflow_id, info.run_id)

    async def _walk(self, process: Process, step: Step) -> None:
        """Begin every task, then wait: all OK closes the step, a failure waits for a person."""
        if not step.begun:
            step.begin(DISPATCHER, workflow.now())
        while not (step.frozen or self.succession.is_ready(process)):
            self.running.launch(process, step)
            if step.passes:
                step.finalize(DISPATCHER, workflow.now(), "All tasks are OK.")
                break
            self._show(process)
            self.changed = False
            await workflow.wait_condition(lambda: self.changed)
        if step.frozen:
            await self.running.cancel()

    async def _hand_over(self, process: Process) -> None:
        """Stop what runs, wait for it, look again, and close the process for its successor."""
        if await self.succession.may_close(process):
            await self.running.cancel()
            self.succession.close(process)

    def _conclude(self, process: Process) -> None:
        if process.wanted and process.published and not process.superseded:
            restart.withdraw(process, "its pull request exists.", workflow.now())
        if not process.ended:
            process.conclude(DISPATCHER, workflow.now())

    async def _stop_for_operator(self, start: Start) -> None:
        self.process = self.process or undefined(start, "cancelled before it was defined.")
        if not self.process.ended:
            self.process.stop(OPERATOR, workflow.now(), "Cancelled from Temporal's console.")
        await self.running.cancel()

    def _show(self, process: Process) -> None:
        """Tell Temporal's lists and console how the process stands, when that has changed."""
        if (now := attribute.attributes(process)) != self.shown:
            self.shown = now
            workflow.upsert_search_attributes(attribute.updates(process, workflow.now()))
            waits = ", ".join(process.waits_for) or "nobody"
            workflow.set_current_details(
                f"**{now['step'] or process.status}**: {process.phase}; waits for: {waits}"
            )

    @workflow.query
    def summary(self) -> Record:
        """The process in short, for operators."""
        info = workflow.info()
        return record(self._defined(), info.workflow_id, info.run_id)

    @workflow.update
    def act(self, message: AnyMessage) -> Receipt:
        """Count what a person does; it only records, the work happens in `run`."""
        try:
            receipt = action.apply(self._defined(), message, workflow.now())
        except Refused as refused:
            raise ApplicationError(str(refused), type=refused.kind) from None
        self.changed = True
        return receipt

    @act.validator
    def _check(self, message: AnyMessage) -> None:
        """Refuse what may not count. Nothing of this is run again at replay."""
        info = workflow.info()
        try:
            KEYRING.require(signed(info.workflow_id, info.run_id, message))
            proof.check(self._defined(), message)
        except Refused as refused:
            raise ApplicationError(str(refused), type=refused.kind) from None

    @workflow.signal(dynamic=True)
    async def arrive(self, name: str, sent: Sequence[RawValue]) -> None:
        """Count what a person did while no dispatcher ran (`act_later`), or the wish of the sweep
        that this makes way for another version (`supersede`); both in `Arrivals`.

        Whatever else arrives counts nothing. It is one handler for all, as one that does not get
        exactly the arguments that it names breaks the dispatcher, at every try.
        """
        if name == "act_later":
            await self.arrivals.act_later(sent, lambda: self.process)
        elif name == "supersede":
            self.arrivals.supersede(sent, self.process)
        else:
            return
        self._wake()

    def _wake(self) -> None:
        self.changed = True

    def _defined(self) -> Process:
        if self.process is None:
            raise Refused("This process is just being set up; please try again in a moment.")
        return self.process
