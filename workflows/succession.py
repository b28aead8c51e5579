"""A succession: the next version is asked for first, then the process is closed for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.beginning import define
    from workflows.domain import restart
    from workflows.domain.bequest import successor
    from workflows.domain.lineage import Wanted
    from workflows.domain.message import Start
    from workflows.domain.process import Process
    from workflows.publication import pull_request_of


class Succession:
    """What is prepared for the successor while the process still goes on; `wake` tells it."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._for: Wanted | None = None
        self._work: asyncio.Task[None] | None = None
        self._version = 0
        self.following: Start | None = None

    def is_ready(self, process: Process) -> bool:
        """Whether the process can be closed now; asks for the wanted version where it is new."""
        if process.wanted is not None and process.wanted is not self._for:
            self._prepare(process, process.wanted)
        return restart.is_due(process) and self._version > 0

    def _prepare(self, process: Process, wanted: Wanted) -> None:
        if self._work and not self._work.done():
            self._work.cancel()
        self._for, self._version = wanted, 0
        self._work = asyncio.create_task(self._look_for(process, wanted))

    async def _look_for(self, process: Process, wanted: Wanted) -> None:
        try:
            found = await define(process.kind, wanted.version)
        except ActivityError as error:
            if process.wanted is wanted and not process.ended:
                cause = error.cause
                why = cause.message if isinstance(cause, ApplicationError) else str(cause)
                restart.withdraw(process, why, workflow.now())
        else:
            if process.wanted is wanted:
                self._version = found.version
        self._wake()

    async def may_close(self, process: Process) -> bool:
        """Whether no pull request was opened by a try that failed afterwards."""
        if not any(
            t.attempt for s in process.steps for t in s.tasks if t.definition.opens_pull_request
        ):
            return True
        info = workflow.info()
        url = await pull_request_of(process.key, info.workflow_id, info.run_id)
        if url and not process.ended:
            why = f"a pull request of it may exist: {url}."
            restart.withdraw(process, why, workflow.now())
        return not url

    def close(self, process: Process) -> None:
        """Close the process and make its successor's start."""
        wanted, info = process.wanted, workflow.info()
        if wanted is None or not restart.is_due(process):
            return
        self.following = successor(process, info.workflow_id, info.run_id, wanted, self._version)
        restart.conclude(process, self.following, wanted, workflow.now())
