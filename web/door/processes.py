"""The site's only door to Temporal: lists, documents, and messages to processes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowHistory,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.adapters.settings import settings
from web.door.execution import latest_run, running
from web.door.fault import (
    DEFINITE,
    Dropped,
    Unreachable,
    Unsure,
    answering,
    refusal,
    translated,
)
from web.door.following import hint, last_mile
from web.door.listed import Listed
from web.door.signer import Signer
from workflows import attribute
from workflows.dispatcher import Dispatcher
from workflows.domain.message import AnyMessage, Receipt, Start
from workflows.domain.mile import LastMile
from workflows.domain.refused import CONFLICT, UNKNOWN_KEY, Refused
from workflows.reading.document import Document
from workflows.reading.history import read
from workflows.reading.row import Row
from workflows.reading.sweep_round import Round, rounds

PATIENCE = 3.0
"""Seconds that a dispatcher has to answer; then the message is recorded for later."""

A_MOMENT = 0.05
"""Seconds until a dispatcher is asked again that did not know the site's key."""


@dataclass(frozen=True)
class Sent:
    """What became of a message; without a receipt it is recorded and waits for the dispatcher."""

    receipt: Receipt | None


class Processes:
    """All processes, through one Temporal client."""

    def __init__(self, client: Client, signer: Signer | None = None) -> None:
        self.client = client
        self._signer = signer or Signer()
        self.listed = Listed(client)
        self.away = ""

    async def rows(self) -> list[Row]:
        """The board: open processes first, then the newest."""
        return await self.listed.rows()

    async def latest(self, key: str) -> str:
        """The run id of the newest process of a family."""
        async with answering():
            return await latest_run(self.client, workflow_id(key))

    async def document(self, key: str, run: str) -> Document:
        """A process as its history tells it now."""
        try:
            return await self._read(key, run)
        except Dropped:
            return await self._read(key, run)

    async def _read(self, key: str, run: str) -> Document:
        handle = self.handle(key, run)
        async with answering():
            history, running_now = await asyncio.gather(
                handle.fetch_history(), running(self.client, workflow_id(key), run)
            )
        with translated():
            document = replace(await read(history), running=running_now)
        return replace(document, after=await self.after(document))

    async def after(self, document: Document) -> LastMile | None:
        """Where the pull request of a process is by now, if it has one that is followed."""
        async with answering():
            return await last_mile(self.client, document)

    async def hint(self, branch: str, of: Sequence[Row] = ()) -> None:
        """Have a listed process's pull request looked at; `of` are those Temporal lists no more."""
        rows = [*await self.rows(), *of]
        async with answering():
            await hint(self.client, rows, branch)

    async def rounds(self) -> list[Round]:
        """The newest rounds of the sweep, newest first."""
        async with answering():
            return await rounds(self.client)

    async def history(self, key: str, run: str) -> WorkflowHistory:
        """All events of a process."""
        async with answering():
            return await self.handle(key, run).fetch_history()

    async def begin(self, start: Start) -> str:
        """Start a process; its run id. Refused where one of the family is open already."""
        start = await self._signer.start(workflow_id(start.key), start)
        family = start.proposal.get("family", start.key)
        try:
            async with answering():
                handle = await self.client.start_workflow(
                    Dispatcher.run,
                    start,
                    id=workflow_id(start.key),
                    task_queue=settings().task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                    search_attributes=attribute.first(start, family),
                    static_summary=f"{family}, started by {start.by.login}",
                )
        except WorkflowAlreadyStartedError:
            raise Refused(f"A process for {family} is open already.", CONFLICT) from None
        self.listed.forget()  # whoever began it looks for it at once
        return handle.result_run_id or handle.first_execution_run_id or ""

    async def act(
        self, key: str, run: str, message: AnyMessage, seen: Document | None = None
    ) -> Sent:
        """Send what a person does to exactly this run, and wait shortly for the answer.

        It is signed for what `seen` shows, by default the process as it is now. Where nobody
        answers, it is recorded under the same id, to be counted once when a dispatcher is back.
        """
        handle = self.handle(key, run)
        process = (seen or await self.document(key, run)).process
        message = await self._signer.message(workflow_id(key), run, message, process)
        try:
            try:
                async with answering():
                    if receipt := await self._answer(handle, message):
                        return Sent(receipt)
                    await handle.signal("act_later", message)
            except Refused as why:
                return await self._counted_before(key, run, message, why)
        except Unreachable as why:
            raise Unsure(why) from None
        return Sent(None)

    async def _answer(
        self, handle: WorkflowHandle[Any, Any], message: AnyMessage
    ) -> Receipt | None:
        """The dispatcher's receipt; None where it does not answer in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        return await handle.execute_update(
                            Dispatcher.act, message, id=f"{message.id}-{message.fingerprint[:16]}"
                        )
                    except WorkflowUpdateFailedError as error:
                        if (why := refusal(error)).kind != UNKNOWN_KEY:
                            raise why from None
                    await self._signer.publish()  # it may be lost
                    await asyncio.sleep(A_MOMENT)  # the dispatcher looks for the new key
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return None
        except RPCError as error:
            if error.status in DEFINITE:
                raise
            return None

    async def _counted_before(self, key: str, run: str, message: AnyMessage, why: Refused) -> Sent:
        """The first receipt of a message that is sent again after its process has ended."""
        process = (await self.document(key, run)).process
        known = process.receipts.get(message.id) if process else None
        if known and known[0] == message.fingerprint:
            return Sent(known[1])
        raise why

    def handle(self, key: str, run: str) -> WorkflowHandle[Any, Any]:
        """Exactly this run: without the run id a stale page would act on a newer one."""
        return self.client.get_workflow_handle(workflow_id(key), run_id=run)


def workflow_id(key: str) -> str:
    """The workflow id of a family key."""
    return f"family-pr/{key}"
