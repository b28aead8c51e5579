"""Pull requests that nobody follows: found when a worker starts, and followed from then on.

That happens where a worker died between the end of a process and the start of its follower, to
processes that ended before anything was followed, and where Temporal has lost its database: then
they are followed on from where they were when that was last kept in the store.
"""

from __future__ import annotations

import asyncio
import logging

from temporalio.client import Client, WorkflowFailureError
from temporalio.service import RPCError

from activities.adapters.following import follow
from activities.upkeep.afterwards import newest
from workflows.domain.mile import LastMile, begin, follow_id
from workflows.domain.record import Record
from workflows.reading.listing import look
from workflows.reading.row import Row

log = logging.getLogger("follow")

TASK = "open_pull_request"
FACTS = ("number", "url", "directory", "commit")


async def follow_missing(client: Client) -> int:
    """Follow every pull request of a process that is done; how many were not followed before.

    Raises Temporal's RPCError where the list cannot be read.
    """
    known, followed = await look(client)
    kept = {follow_id(mile.key, mile.run): mile for mile in await asyncio.to_thread(newest)}
    missing = [
        row
        for row in known
        if row.phase == "done" and not row.after and follow_id(row.key, row.run) not in kept
    ]
    lost = [mile for id, mile in kept.items() if not mile.ended and id not in followed]
    again = [await _follow_on(client, mile) for mile in lost]
    return sum([await _follow(client, row) for row in missing]) + sum(again)


async def _follow_on(client: Client, mile: LastMile) -> bool:
    try:
        await follow(mile, client)
    except RPCError as fault:
        log.warning("%s %s is not followed on: %s", mile.key, mile.run, fault)
        return False
    return True


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
