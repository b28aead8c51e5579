"""Processes in memory under the real rules: what the pages are tried and tested with."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowHistory

from tests.web.case import Case, document_of, row_of
from tests.web.script import SCRIPT
from tests.web.shape import DEFINITION
from tests.web.watched import Watched
from web.door.fault import NotFound, Unreachable
from web.door.processes import Sent
from web.door.signer import Signer
from web.door.successor import with_successor
from workflows.domain import action
from workflows.domain.actor import DISPATCHER
from workflows.domain.message import AnyMessage, Start
from workflows.domain.mile import LastMile
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.refused import Refused
from workflows.domain.restart import greet
from workflows.domain.status import Status
from workflows.domain.task import Task
from workflows.reading.document import Document, Running, Unread
from workflows.reading.history import read
from workflows.reading.row import Row
from workflows.reading.stranded import marked, name_of
from workflows.reading.sweep_round import Round

Run = Callable[[Process, Task], Outcome]


class FakeProcesses(Watched):
    """As web.door.processes.Processes, and as web.process.live.Hub, without Temporal.

    `script` says what a task's function returns, by `<task>.<function>`; tasks in `held` run
    until `release`. With `dispatcher_runs` False, messages are recorded and wait.
    """

    def __init__(self, script: dict[str, Run] | None = None) -> None:
        self.script = {**SCRIPT, **(script or {})}
        self.cases: list[Case] = []
        self.held: set[str] = set()
        self.dispatcher_runs = self.reachable = True
        self.hints: list[str] = []
        self.swept: list[Round] = []
        self.away = ""
        self.now = datetime.now(UTC) - timedelta(hours=2)
        self.signer = Signer()
        self.changed = asyncio.Condition()

    async def rows(self) -> list[Row]:
        """The board."""
        self._check_reachable()
        cases = sorted(self.cases, key=lambda case: case.process.begun, reverse=True)
        rows = [row_of(case) for case in sorted(cases, key=lambda c: c.process.ended is not None)]
        return marked(rows, {name_of(case.run) for case in cases if case.why_closed})

    async def latest(self, key: str) -> str:
        """The newest run of a family."""
        self._check_reachable()
        runs = [case.run for case in self.cases if case.process.key == key]
        if not runs:
            raise NotFound("There is no such process.")
        return runs[-1]

    async def document(self, key: str, run: str) -> Document:
        """A copy, as a replay makes one: nobody can change the process through it."""
        self._check_reachable()
        case = self.case(key, run)
        document = await read(case.history) if case.history else document_of(case)
        return await with_successor(document, self)

    async def history(self, key: str, run: str) -> WorkflowHistory:
        """The events of a recorded run; a process in memory has none."""
        self._check_reachable()
        if not (history := self.case(key, run).history):
            raise NotFound("This process has no history.")
        return history

    async def after(self, document: Document) -> LastMile | None:
        """As the scene left it."""
        self._check_reachable()
        return document.after or self.case(document.key, document.run).after

    async def begin(self, start: Start) -> str:
        """Start a process and run it as far as it goes."""
        self._check_reachable()
        if any(c.process.key == start.key and not c.process.ended for c in self.cases):
            raise Refused(f"A process for {start.proposal['family']} is open already.")
        id, run = f"family-pr/{start.key}", str(uuid.uuid4())
        start = await self.signer.start(id, start)
        definition = replace(DEFINITION, version=start.version or DEFINITION.version)
        process = Process.begin(definition, start, self.tick(), id, run)
        greet(process, self.now)
        self.cases.append(case := Case(id, run, process, self.now))
        await self.drive(case)
        return run

    async def act(
        self, key: str, run: str, message: AnyMessage, seen: Document | None = None
    ) -> Sent:
        """Refuse, or count, or record for later."""
        self._check_reachable()
        case = self.case(key, run)
        message = await self.signer.message(case.workflow_id, run, message, case.process)
        if not self.dispatcher_runs:
            case.unread.append(Unread(message, self.tick()))
            await self.tell(case)
            return Sent(None)
        receipt = action.apply(case.process, message, self.tick())
        await self.drive(case)
        return Sent(receipt)

    async def rounds(self) -> list[Round]:
        """The newest rounds of the sweep."""
        self._check_reachable()
        return self.swept

    async def hint(self, branch: str) -> None:
        """Note it."""
        self._check_reachable()
        self.hints.append(branch)

    async def resume(self) -> None:
        """The dispatcher is back and reads what waits."""
        self.dispatcher_runs = True
        for case in self.cases:
            for unread in case.unread:
                action.deliver(case.process, unread.message, self.tick())
            case.unread.clear()
            await self.drive(case)

    async def release(self, task: str) -> None:
        """Let a held task come to its end."""
        self.held.discard(task)
        for case in self.cases:
            await self.drive(case)

    async def drive(self, case: Case) -> None:
        """Do what the dispatcher does until people have to act."""
        process = case.process
        while (step := process.current) is not None:
            if not step.begun:
                step.begin(DISPATCHER, self.tick())
            worked = [self._work(case, task) for task in step.tasks if task.due]
            if step.passes:
                step.finalize(DISPATCHER, self.tick())
            elif not any(worked):
                break
        else:
            if not process.ended:
                process.conclude(DISPATCHER, self.tick())
        await self.tell(case)

    def _work(self, case: Case, task: Task) -> bool:
        if task.key in self.held:
            state = Running(task.key, task.due, "started", 1, "", 40, 120, "checking Karla.ttf")
            case.running[task.key] = state
            return False
        case.running.pop(task.key, None)
        run, task.due = self.script[f"{task.key}.{task.due}"], ""
        try:
            outcome = run(case.process, task)
        except Exception as error:
            outcome = Outcome(Status.FAILED, f"It broke: {error}")
        by = task.answer.by if task.answer else DISPATCHER
        return task.record(outcome, by, self.tick(), task.attempt)

    async def tell(self, case: Case) -> None:
        """Let all who watch look again."""
        case.events += 1
        case.changed = self.now
        async with self.changed:
            self.changed.notify_all()

    def case(self, key: str, run: str) -> Case:
        """The run of that family."""
        for case in self.cases:
            if (case.process.key, case.run) == (key, run):
                return case
        raise NotFound("There is no such process.")

    def tick(self) -> datetime:
        """A clock that goes on by seven seconds whenever it is looked at."""
        self.now += timedelta(seconds=7)
        return self.now

    def _check_reachable(self) -> None:
        if not self.reachable:
            raise Unreachable("Temporal does not answer.")
