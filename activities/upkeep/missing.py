"""Pull requests that nobody follows: found when a worker starts, and followed from then on.

That happens where a worker died between the end of a process and the start of its follower, and
to processes that ended before anything was followed.
"""

from __future__ import annotations

import logging

from temporalio.client import Client, WorkflowFailureError
from temporalio.service import RPCError

from activities.adapters.following import follow
from workflows.domain.mile import begin
from workflows.domain.record import Record
from workflows.reading.listing import rows
from workflows.reading.row import Row

log = logging.getLogger("follow")

TASK = "open_pull_request"
FACTS = ("number", "url", "directory", "commit")


async def follow_missing(client: Client) -> int:
    """Follow every pull request of a process that is done; how many were not followed before.

    Raises Temporal's RPCError where the list cannot be read.
    """
    missing = [row for row in await rows(client) if row.phase == "done" and not row.after]
    return sum([await _follow(client, row) for row in missing])


async def _follow(client: Client, row: Row) -> bool:
    handle = client.get_workflow_handle(row.workflow_id, run_id=row.run, result_type=Record)
    try:
        record = await handle.result(follow_runs=False)
        task = record.task(TASK)
        if task is None or task.at is None or not all(fact in task.data for fact in FACTS):
            return False
        number, url, directory, commit = (task.data[fact] for fact in FACTS)
        mile = begin(row.key, row.run, number, url, directory, commit, task.at)
        await follow(mile, client)
    except (RPCError, WorkflowFailureError) as fault:
        log.warning("%s %s is not followed: %s", row.workflow_id, row.run, fault)
        return False
    return True
