"""The one workflow: it walks a process through its steps and listens to people.

It interprets the definition that the process recorded when it began, and imports the domain
only: changing a process or a task never breaks the replay of a running one. Change this file and
the domain replay-safely (`workflow.patched`); recorded histories are replayed by the tests.
"""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows import attribute
    from workflows.beginning import begin, undefined
    from workflows.domain import action, proof
    from workflows.domain.actor import DISPATCHER, OPERATOR
    from workflows.domain.message import AnyMessage, Receipt, Start, signed
    from workflows.domain.process import Process
    from workflows.domain.record import Record, record
    from workflows.domain.refused import Refused
    from workflows.domain.step import Step
    from workflows.domain.task import Task
    from workflows.keyring import KEYRING
    from workflows.performance import perform
    from workflows.verification import verify


@workflow.defn(name="Process")
class Dispatcher:
    """One process. Updates and signals may come before `run` does, so all state is made here."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        self.process: Process | None = None
        self.signed = start.signature is not None or bool(workflow.info().continued_run_id)
        self.early: list[tuple[AnyMessage, str]] = []
        self.reading = asyncio.Lock()
        self.changed = False
        self.shown: object = None
        self.running: dict[str, asyncio.Task[None]] = {}

    @workflow.run
    async def run(self, start: Start) -> Record:
        """Walk the steps until none is left; the result is the record of the process."""
        try:
            self.process = await begin(start)
            self._read_early_messages(self.process)
            while step := self.process.current:
                await self._walk(self.process, step)
        except asyncio.CancelledError:
            if workflow.cancellation_reason() is None:
                raise  # nobody cancelled: Temporal takes this instance out of memory
            await self._stop_for_operator(start)
        process = self._defined()
        if not process.ended:
            process.conclude(DISPATCHER, workflow.now())
        self._show(process)
        await workflow.wait_condition(workflow.all_handlers_finished)
        info = workflow.info()
        return record(process, info.workflow_id, info.run_id)

    def _read_early_messages(self, process: Process) -> None:
        for message, why_not in self.early:
            self._deliver(process, message, why_not)
        self.early.clear()

    def _deliver(self, process: Process, message: AnyMessage, why_not: str) -> None:
        if why_not:
            action.reject(process, message, why_not, workflow.now())
        else:
            action.deliver(process, message, workflow.now())
        self.changed = True

    async def _walk(self, process: Process, step: Step) -> None:
        """Begin every task, then wait: all OK closes the step, a failure waits for a person."""
        step.begin(DISPATCHER, workflow.now())
        while not step.frozen:
            self._launch(process, step)
            if step.passes:
                step.finalize(DISPATCHER, workflow.now(), "All tasks are OK.")
                break
            self._show(process)
            self.changed = False
            await workflow.wait_condition(lambda: self.changed)
        await self._cancel_running()

    def _launch(self, process: Process, step: Step) -> None:
        for task in step.tasks:
            if function := task.due:
                task.due = ""
                previous = self.running.get(task.key)
                work = self._perform(process, step, task, function, previous)
                self.running[task.key] = asyncio.create_task(work)

    async def _perform(
        self,
        process: Process,
        step: Step,
        task: Task,
        function: str,
        previous: asyncio.Task[None] | None,
    ) -> None:
        """Run one function of a task; two attempts of a task never run at the same time."""
        attempt, answer = task.attempt, task.answer
        if previous and not previous.done():
            previous.cancel()
            await workflow.wait([previous])
        outcome, crashed = await perform(process, step, task, function)
        by = DISPATCHER if crashed or not answer else answer.by
        if process.current is step:
            task.record(outcome, by, workflow.now(), attempt)
        self.changed = True

    async def _cancel_running(self) -> None:
        running = [work for work in self.running.values() if not work.done()]
        for work in running:
            work.cancel()
        if running:
            await workflow.wait(running)
        self.running.clear()

    async def _stop_for_operator(self, start: Start) -> None:
        self.process = self.process or undefined(start, "cancelled before it was defined.")
        if not self.process.ended:
            self.process.stop(OPERATOR, workflow.now(), "Cancelled from Temporal's console.")
        await self._cancel_running()

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

    @workflow.signal
    async def act_later(self, message: AnyMessage) -> None:
        """Count what a person did while no dispatcher ran; stale messages leave a line.

        Signals are handled again at replay, so an activity checks the signature: its verdict is
        recorded. A run that was begun before there were signatures checks what it gets from now on.
        """
        async with self.reading:  # they count in the order in which they came
            checks = self.signed or workflow.patched(f"signed-{message.id}")
            why_not = await verify(message, self.process) if checks else ""
            if self.process is None:
                self.early.append((message, why_not))
            else:
                self._deliver(self.process, message, why_not)

    def _defined(self) -> Process:
        if self.process is None:
            raise Refused("This process is just being set up; please try again in a moment.")
        return self.process
