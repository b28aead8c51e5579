"""Live pages: one long poll per watched process, fanned out to all who look at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from web.door.execution import running
from web.door.fault import Busy, NotFound, Unreachable, translated
from web.door.port import Door
from web.door.processes import Processes, workflow_id
from web.door.successor import with_successor
from web.process.aftermath import aftermath
from web.process.channel import Channel
from workflows.reading.document import Document, Running
from workflows.reading.history import read
from workflows.reading.row import Row

log = logging.getLogger("web.process.live")

BURST = 0.01
"""Seconds to wait for the other events of one workflow task, so that they make one document."""

PROGRESS = 1.0
"""Seconds between two looks at the progress of running tasks."""

BOARD = 1.0
"""Seconds between two looks at the list of processes: one look, however many watch."""

RETRY = 2.0
"""Seconds until Temporal is asked again after it did not answer."""
BEFORE = "This is how the process stood before."


class Hub:
    """Everything that is watched now."""

    def __init__(self, processes: Processes, door: Door | None = None) -> None:
        self._processes = processes
        self._door: Door = door or processes
        self._channels: dict[tuple[str, str], Channel[Document]] = {}
        self._board: Channel[list[Row]] = Channel(self._follow_board)

    async def watch(self, key: str, run: str) -> AsyncGenerator[Document, None]:
        """A new document whenever something changed in a process, or in its progress."""
        channel = self._channels.get((key, run))
        if channel is None:
            channel = Channel(lambda own: self._follow_process(key, run, own))
            self._channels[key, run] = channel
        try:
            async with aclosing(channel.watch()) as documents:
                async for document in documents:
                    yield document
        finally:
            if channel.is_idle and self._channels.get((key, run)) is channel:
                del self._channels[key, run]

    async def watch_board(self) -> AsyncGenerator[list[Row], None]:
        """The list of processes whenever it changed."""
        async with aclosing(self._board.watch()) as lists:
            async for rows in lists:
                yield rows

    async def _follow_board(self, channel: Channel[list[Row]]) -> None:
        while True:
            with suppress(Unreachable):
                await channel.publish(await self._door.rows())
            await asyncio.sleep(BOARD)

    async def _follow_process(self, key: str, run: str, channel: Channel[Document]) -> None:
        document: Document | None = None
        lost = f"Temporal does not answer. {BEFORE}"
        while document is None or not document.closed:
            try:
                async with aclosing(self._documents(key, run)) as documents:
                    async for document in documents:
                        await channel.publish(document)
            except NotFound:
                document = await self._remembered(key, run) or document
            except (RPCError, RuntimeError, Unreachable) as error:
                log.warning("cannot follow %s: %s", key, error)
                said = str(error) if isinstance(error, Busy) else "Temporal does not answer."
                lost = f"{said} {BEFORE}"
            if document is None or not document.closed:
                if document:
                    await channel.publish(replace(document, problem=lost))
                await asyncio.sleep(RETRY)
        await channel.publish(document)
        async with aclosing(aftermath(document, self._door, self.watch_board)) as documents:
            async for document in documents:
                await channel.publish(document)

    async def _remembered(self, key: str, run: str) -> Document | None:
        """A process that Temporal has forgotten, if the archive remembers it."""
        with suppress(NotFound, Unreachable):
            return await self._door.document(key, run)
        return None

    async def _documents(self, key: str, run: str) -> AsyncGenerator[Document, None]:
        """Documents of one connection to Temporal: by long poll, and by the clock for progress."""
        events: list[HistoryEvent] = []
        news = asyncio.Event()
        polling = asyncio.create_task(self._poll(key, run, events, news))
        document: Document | None = None
        try:
            while not (document and document.closed):
                busy = document is not None and _is_busy(document)
                with suppress(TimeoutError):
                    await asyncio.wait_for(
                        news.wait(), PROGRESS if busy or polling.done() else None
                    )
                if news.is_set():
                    await asyncio.sleep(BURST)
                    news.clear()
                    if events:  # none where there is no such run
                        with translated():
                            document = await read(WorkflowHistory(workflow_id(key), list(events)))
                if document:
                    after = await self._door.after(document) if document.closed else None
                    at_work = await self._running(key, run) if _is_busy(document) else ()
                    document = replace(document, running=at_work, after=after)
                    document = await with_successor(document, self._door)
                    yield document
                if polling.done():
                    polling.result()
        finally:
            polling.cancel()

    async def _poll(
        self, key: str, run: str, events: list[HistoryEvent], news: asyncio.Event
    ) -> None:
        handle = self._processes.handle(key, run)
        try:
            with translated():
                async for event in handle.fetch_history_events(wait_new_event=True):
                    events.append(event)
                    news.set()
        finally:
            news.set()

    async def _running(self, key: str, run: str) -> tuple[Running, ...]:
        return await running(self._processes.client, workflow_id(key), run)


def _is_busy(document: Document) -> bool:
    """Whether a machine is at work in it, so that there may be progress to show."""
    step = document.process.current if document.process else None
    return step is not None and any(task.is_working for task in step.tasks)
