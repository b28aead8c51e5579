"""An outlook: a forge that shows what a test wants, and a worker that follows a pull request."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from temporalio import activity
from temporalio.client import Client, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker, WorkflowRunner

from worker import RUNNER
from workflows.domain.actor import Actor
from workflows.domain.mile import MEMO, LastMile, begin, follow_id
from workflows.domain.sight import Look, Sight
from workflows.follow import Follow

OURS, OTHER = "a" * 40, "b" * 40
GRACE = Actor("grace", 2)
THEN = datetime.now(UTC)
OPEN = Sight("open", OURS)
MERGED = Sight("merged", OURS, GRACE, THEN, False, False)
ON_SANDBOX = Sight("merged", OURS, GRACE, THEN, True, False)
ON_PRODUCTION = Sight("merged", OURS, GRACE, THEN, False, True)
CLOSED = Sight("closed", OURS, GRACE)
STATE = TypeAdapter(LastMile)


class Outlook:
    """`sight` is what the forge shows now; an exception is raised instead. `looks` counts."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.queue = f"outlook-{uuid.uuid4().hex[:8]}"
        self.key, self.run = "karla", str(uuid.uuid4())
        self.sight: Sight | Exception = OPEN
        self.looks: list[Look] = []
        self.runner: WorkflowRunner = RUNNER

    @property
    def mile(self) -> LastMile:
        url = "https://github.com/google/fonts/pull/5"
        return begin(self.key, self.run, 5, url, "ofl/karla", OURS, datetime.now(UTC))

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(follow_id(self.key, self.run))

    @activity.defn(name="follow.look")
    async def look(self, asked: Look) -> Sight:
        self.looks.append(asked)
        if isinstance(self.sight, Exception):
            raise self.sight
        return self.sight

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """A worker that keeps nothing in memory: every step replays the history before it."""
        async with Worker(
            self.client,
            task_queue=self.queue,
            workflows=[Follow],
            activities=[self.look],
            workflow_runner=self.runner,
            max_cached_workflows=0,
        ):
            yield

    async def begin(self) -> None:
        await self.client.start_workflow(
            Follow.run,
            self.mile,
            id=follow_id(self.key, self.run),
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        )
        await self.until(lambda _: bool(self.looks))

    async def show(self, sight: Sight | Exception) -> LastMile:
        """Let the forge show this, give a hint, and wait until it was looked at."""
        self.sight, before = sight, len(self.looks)
        await self.handle.signal("look")
        return await self.until(lambda _: len(self.looks) > before)

    async def state(self) -> LastMile | None:
        """As the site reads it: from the memo, without a worker."""
        description = await self.handle.describe()
        memo = description.raw_description.workflow_execution_info.memo.fields
        return STATE.validate_json(memo[MEMO].data) if MEMO in memo else None

    async def _is_busy(self) -> bool:
        told = (await self.handle.describe()).raw_description
        return bool(told.pending_activities) or told.HasField("pending_workflow_task")

    async def until(self, what: Callable[[LastMile], object], seconds: float = 20) -> LastMile:
        """The state once something is true of it, and nothing is under way any more."""
        async with asyncio.timeout(seconds):
            while True:
                state = await self.state()
                if state and what(state):
                    while await self._is_busy():  # noqa: ASYNC110  no event tells
                        await asyncio.sleep(0.02)
                    return await self.state() or state
                await asyncio.sleep(0.02)


def unreachable() -> ApplicationError:
    """What a look raises when the forge does not answer for good."""
    return ApplicationError("GitHub did not answer.", non_retryable=True)
