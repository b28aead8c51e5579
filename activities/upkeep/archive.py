"""The archive: each closed run's history and final document, kept when Temporal forgets it.

What became of the pull requests is kept beside it.

`python -m activities.upkeep.archive` does it now; the sweep does it by schedule. It begins with
Temporal's own list of what is closed, so nothing is missed that closed while it did not run.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.adapters import store
from activities.adapters.temporal import connect
from activities.upkeep.afterwards import keep_miles
from workflows.reading import archived, stored
from workflows.reading.archived import Archived, name_of
from workflows.reading.history import moment, read
from workflows.reading.listing import closed_rows
from workflows.reading.row import Row

AT_ONCE = 4
BEAT = 3.0


@dataclass
class Report:
    """How many runs were archived now and how many were before; `faults` name the others.

    `miles` counts the states of pull requests that were kept now.
    """

    archived: int = 0
    before: int = 0
    faults: tuple[str, ...] = ()
    miles: int = 0


class Archivist:
    """The activity, for the sweep."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @activity.defn(name="archive")
    async def archive(self) -> Report:
        """Archive every closed run, and every state of a pull request, that is not kept yet."""
        async with _beating():
            return await archive_all(self._client)


@asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating


async def archive_all(client: Client) -> Report:
    """Archive what is closed, and keep what became of pull requests."""
    report = await archive_closed(client)
    kept, faults = await keep_miles(client)
    return replace(report, miles=kept, faults=(*report.faults, *faults))


async def archive_closed(client: Client) -> Report:
    """Archive every closed run that is not archived yet; one that fails does not stop others."""
    report = Report()
    known = set(await asyncio.to_thread(store.names, archived.FOLDER))
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(row: Row) -> None:
        try:
            async with gate:
                done = await archive_run(client, row)
            report.archived += done  # read after the waiting: others count meanwhile
        except Exception as fault:  # whatever it was, the others are archived and it is named
            said = f"{row.workflow_id} {row.run}: {type(fault).__name__}: {fault}"
            report.faults = (*report.faults, said[:300])

    async with asyncio.TaskGroup() as group:
        async for row in closed_rows(client):
            if name_of(row.workflow_id, row.run) in known:
                report.before += 1
            else:
                group.create_task(one(row))
    return report


async def archive_run(client: Client, row: Row) -> bool:
    """Archive one closed run; False where it is archived already, or is not closed after all.

    The files first, the entry last: an entry never promises what is not there.
    """
    handle = client.get_workflow_handle(row.workflow_id, run_id=row.run)
    try:
        history = await handle.fetch_history()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:  # the list is behind: it was forgotten
            return False
        raise
    document = await read(history)
    if not document.closed:
        return False
    row = replace(row, closed=document.closed)
    content = history.to_json().encode()
    kept = await asyncio.to_thread(store.put, content, f"{row.run}.history.json")
    shown = await asyncio.to_thread(store.put, stored.dump(document), f"{row.run}.document.json")
    entry = Archived(
        row.workflow_id,
        row.run,
        kept.digest,
        shown.digest,
        len(history.events),
        row,
        moment(history.events[-1]),
        datetime.now(UTC),
        document.problem,
    )
    name = name_of(row.workflow_id, row.run)
    return await asyncio.to_thread(store.publish, name, archived.dump(entry))


async def main() -> int:
    """Archive now and say what was done; the exit code is 1 where something failed."""
    report = await archive_all(await connect())
    print(f"{report.archived} archived now, {report.before} were before.")
    print(f"{report.miles} states of pull requests were kept now.")
    for fault in report.faults:
        print(f"not archived: {fault}", file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
