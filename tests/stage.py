"""A stage: processes of made-up tasks, played on a real server by a real worker."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from temporalio.client import Client
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

import worker
from activities.authoring import Outcome, TaskModule
from web.door.processes import Processes, Sent
from workflows.domain.actor import Actor
from workflows.domain.message import Answer, AnyMessage, Finalize, Rerun, Start, Stop
from workflows.domain.process import Process
from workflows.domain.task import Task
from workflows.kind import Steps
from workflows.reading.document import Document

SANDBOX = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("workflows.domain")
)
"""Dispatchers of plays are held to what a replay demands; workers trust that, and are quicker."""

ADA = Actor("ada", 1, ("engineer",))
GRACE = Actor("grace", 2, ("engineer",))
KIM = Actor("kim", 3, ("designer",))
EVE = Actor("eve", 4, ("viewer",))


def task(
    name: str,
    start: Callable[..., Awaitable[Outcome]],
    answer: Callable[..., Awaitable[Outcome]] | None = None,
    **extra: Any,
) -> TaskModule:
    """A task module, as if it stood in a file of that name."""
    module = ModuleType(name)
    module.__dict__.update(title=name.replace("_", " ").capitalize(), start=start, **extra)
    if answer:
        module.__dict__["answer"] = answer
    return module


@dataclass
class Play:
    """A kind of process for one test."""

    STEPS: Steps
    ON_FAILURE: Steps = field(default_factory=dict)
    TITLE: str = "A play"
    VERSION: int = 1


class Stage:
    """One kind of process, its worker on and off, and what people do in it."""

    def __init__(self, client: Client, play: Play) -> None:
        self.client = client
        self.kinds: Mapping[str, Play] = {"play": play}
        self.processes = Processes(client)
        self.key = f"play{uuid.uuid4().hex[:12]}"
        self.run = ""

    @asynccontextmanager
    async def workers(self) -> AsyncIterator[None]:
        """Workers for all queues of the play, while the block lasts."""
        running = [worker.build(self.client, queue, self.kinds, SANDBOX) for queue in self.queues]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one.run()) for one in running]
            try:
                yield
            finally:
                await asyncio.gather(*(one.shutdown() for one in running))
                await asyncio.gather(*tasks)

    @property
    def queues(self) -> list[str]:
        return worker.queues(self.kinds)

    async def begin(self, by: Actor = GRACE, **proposal: str) -> None:
        """Start the process."""
        start = Start("play", 0, self.key, by, {"family": "Play", **proposal})
        self.run = await self.processes.begin(start)

    async def document(self) -> Document:
        return await self.processes.document(self.key, self.run)

    async def process(self) -> Process:
        process = (await self.document()).process
        assert process is not None
        return process

    async def until(self, what: Callable[[Process], Any], seconds: float = 30) -> Process:
        """The process as soon as something is true of it."""
        process: Process | None = None
        async with asyncio.timeout(seconds):
            while True:
                process = (await self.document()).process
                if process and what(process):
                    return process
                await asyncio.sleep(0.02)

    async def until_asked(self, key: str, attempt: int = 1) -> Task:
        """The task as soon as it asks."""
        process = await self.until(
            lambda p: (t := find(p, key)) and t.form and t.attempt == attempt
        )
        return find(process, key)

    async def send(self, message: AnyMessage) -> Sent:
        return await self.processes.act(self.key, self.run, message)

    async def answer(self, key: str, by: Actor = ADA, id: str = "", **reply: str) -> Sent:
        """Answer what a task asks now."""
        asked = await self.until(lambda p: find(p, key).form)
        return await self.send(answer_to(find(asked, key), by, id, **reply))

    async def rerun(self, key: str, reason: str = "because", by: Actor = ADA) -> Sent:
        now = find(await self.process(), key)
        return await self.send(Rerun(new_id(), by, key, now.attempt, reason))

    async def finalize(self, reason: str = "because", by: Actor = ADA) -> Sent:
        step = (await self.process()).current
        assert step is not None
        return await self.send(Finalize(new_id(), by, step.title, step.attempts, reason))

    async def stop(self, reason: str = "because", by: Actor = ADA) -> Sent:
        return await self.send(Stop(new_id(), by, reason))


def answer_to(task: Task, by: Actor = ADA, id: str = "", **reply: str) -> Answer:
    """A reply to what the task asks."""
    assert task.form is not None
    return Answer(id or new_id(), by, task.key, task.attempt, task.form.number, reply)


def find(process: Process, key: str) -> Task:
    """The task of that name, in whichever step."""
    steps = [*process.steps, *process.on_failure]
    return next(t for step in steps for t in step.tasks if t.key == key)


def new_id() -> str:
    return uuid.uuid4().hex
