"""The way forward: which process continues one that Temporal itself did not continue."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from web.door.fault import Unreachable
from web.door.port import Door
from workflows.reading.document import Document
from workflows.reading.lineage import follower


async def with_successor(document: Document, door: Door) -> Document:
    """The same with its successor, where the list knows one.

    The list is one look for all who ask, so a page costs no look of its own.
    """
    if not document.closed or document.successor:
        return document
    with suppress(Unreachable):
        rows = await door.rows()
        return replace(document, successor=follower(rows, document.workflow_id, document.run))
    return document
