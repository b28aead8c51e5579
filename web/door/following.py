"""What follows a pull request, seen from the site: where that is by now, and how to hint at it."""

from __future__ import annotations

from collections.abc import Iterable

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.adapters.forge.mark import branch_name
from web.door.execution import describe
from workflows.domain.mile import LastMile, follow_id
from workflows.reading.afterwards import mile_of
from workflows.reading.document import Document
from workflows.reading.row import Row


async def last_mile(client: Client, document: Document) -> LastMile | None:
    """Where the pull request of a process is by now; None where it is not followed.

    It stands in the memo of the workflow that follows it. Raises Temporal's RPCError.
    """
    if not document.has_pull_request:
        return None
    try:
        described = await describe(client, follow_id(document.key, document.run), "")
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    return mile_of(described.workflow_execution_info)


async def hint(client: Client, rows: Iterable[Row], branch: str) -> None:
    """Have the pull request of that branch looked at, if it is one of ours.

    Nothing else comes of a hint, so it may come twice, late, or from anybody.
    """
    for row in rows:
        if branch_name(row.key, row.run) == branch:
            try:
                await client.get_workflow_handle(follow_id(row.key, row.run)).signal("look")
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
