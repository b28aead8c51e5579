"""Follows one pull request until its family is live: looks at the forge by the clock and by hint.

A process ends when its pull request exists; what happens to that afterwards takes weeks and needs
nobody's answers, so it is a small workflow of its own. It keeps its state in its memo: lists and
descriptions carry it, so the board and the pages read it without any worker.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from workflows.domain.mile import MEMO, WORKFLOW, LastMile
    from workflows.domain.sight import Sight

LOOK = "follow.look"
LOOKING = RetryPolicy(maximum_attempts=4, maximum_interval=timedelta(minutes=2))
LONGEST_HISTORY = 400
"""Events after which a new run goes on with the same state; about a day of looks."""


@workflow.defn(name=WORKFLOW)
class Follow:
    """One pull request. What a hint says is not believed: it only makes this look at once."""

    @workflow.init
    def __init__(self, mile: LastMile) -> None:
        self.mile = mile
        self.hinted = False
        self.shown: LastMile | None = None

    @workflow.run
    async def run(self, mile: LastMile) -> LastMile:
        """Look, note, wait; the result is the whole way."""
        while not self.mile.ended:
            self.hinted = False
            await self._look()
            self._show()
            if not self.mile.ended:
                if workflow.info().get_current_history_length() > LONGEST_HISTORY:
                    workflow.continue_as_new(self.mile)
                await self._wait()
        return self.mile

    async def _look(self) -> None:
        try:
            raw = await workflow.execute_activity(
                LOOK,
                self.mile.question,
                result_type=RawValue,  # decoded below: a failure there must not stall this
                start_to_close_timeout=timedelta(minutes=2),
                retry_policy=LOOKING,
                summary=f"Pull request {self.mile.number}",
            )
            sight: Sight = workflow.payload_converter().from_payload(raw.payload, Sight)
            self.mile.see(sight, workflow.now())
        except ActivityError as error:
            cause = error.cause
            why = cause.message if isinstance(cause, ApplicationError) else str(cause or error)
            self.mile.miss(why[:500], workflow.now())
        except Exception as error:  # anything else would retry this workflow for ever
            self.mile.miss(f"{type(error).__name__}: {error}"[:500], workflow.now())

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self.hinted,
                timeout=self.mile.pause(workflow.now()),
                timeout_summary="Until the next look",
            )

    def _show(self) -> None:
        if self.mile != self.shown:
            self.shown = copy.deepcopy(self.mile)
            workflow.upsert_memo({MEMO: self.mile})
            workflow.set_current_details(f"Pull request {self.mile.number}: {self.mile.station}")

    @workflow.signal(dynamic=True)
    def look(self, name: str, sent: Sequence[RawValue]) -> None:
        """Something may have changed, whatever it is called and whatever comes with it."""
        self.hinted = True
