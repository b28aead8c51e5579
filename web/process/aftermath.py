"""The page of a closed process: what still changes is its pull request, or who continues it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import replace

from web.door.fault import NotFound, Unreachable
from web.door.port import Door
from workflows.reading.document import Document
from workflows.reading.lineage import follower
from workflows.reading.row import Row

AFTERWARDS = 2.0
"""Seconds between two looks at what follows a pull request, while somebody watches its process."""

Lists = Callable[[], AsyncGenerator[list[Row], None]]
"""Watches the list of processes: one look for all who do, whatever they look for in it."""


async def aftermath(document: Document, door: Door, lists: Lists) -> AsyncGenerator[Document, None]:
    """The document of a closed process again, whenever something about it has changed.

    One with a pull request is never restarted; any other is, at most once.
    """
    news = _pull_request(document, door) if document.has_pull_request else _next(document, lists)
    async with aclosing(news) as documents:
        async for changed in documents:
            yield changed


async def _pull_request(document: Document, door: Door) -> AsyncGenerator[Document, None]:
    """What becomes of it: by the clock, as its changes are weeks apart."""
    while not (document.after and document.after.ended):
        await asyncio.sleep(AFTERWARDS)
        with suppress(Unreachable, NotFound):
            document = replace(document, after=await door.after(document))
            yield document


async def _next(document: Document, lists: Lists) -> AsyncGenerator[Document, None]:
    """Which process continues it, as soon as the list knows one."""
    if document.successor:
        return
    async with aclosing(lists()) as listed:
        async for rows in listed:
            if run := follower(rows, document.workflow_id, document.run):
                yield replace(document, successor=run)
                return
