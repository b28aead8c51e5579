"""What runs now: at most one attempt of each task, each as a coroutine of the dispatcher."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.domain import takeover
    from workflows.domain.actor import DISPATCHER
    from workflows.domain.process import Process
    from workflows.domain.step import Step
    from workflows.domain.task import Task
    from workflows.performance import perform


class Running:
    """The running tasks of one process; `wake` is called whenever one has ended."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._works: dict[str, asyncio.Task[None]] = {}

    def launch(self, process: Process, step: Step) -> None:
        """Begin all that is due, or take its result over where an equal one is inherited."""
        for task in step.tasks:
            if function := task.due:
                task.due = ""
                if function == "start" and takeover.took_over(process, task, workflow.now()):
                    continue
                previous = self._works.get(task.key)
                work = self._perform(process, step, task, function, previous)
                self._works[task.key] = asyncio.create_task(work)

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
        self._wake()

    async def cancel(self) -> None:
        """Cancel whatever runs, and wait until it has ended."""
        running = [work for work in self._works.values() if not work.done()]
        for work in running:
            work.cancel()
        if running:
            await workflow.wait(running)
        self._works.clear()
