"""Telling: whoever has to do with a process that was replaced or closed hears of it, once.

Who was told stands in the store, a name for each person and run. So a round that is killed is made
good by the next one, and nobody is told again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from temporalio.client import Client

from activities.adapters import notify, store
from activities.adapters.people.choice import people
from activities.adapters.people.port import Unanswered
from activities.adapters.settings import settings
from activities.upkeep.orphan import UNREADABLE
from workflows.domain.actor import ENGINEER, SWEEP
from workflows.domain.lineage import Superseded
from workflows.domain.process import Process
from workflows.domain.sweeping import NAMED, Report
from workflows.reading import archived, stored
from workflows.reading.archived import escaped, name_of
from workflows.reading.document import Document
from workflows.reading.listing import closed_rows, rows
from workflows.reading.row import Row

FOLDER = "told"
EVERYBODY = "_everybody"
"""The name that says that all are told: no login is escaped to it."""


async def tell_all(client: Client) -> Report:
    """Tell what has not been told yet, about each run that made way or was closed by the sweep.

    It is read from the archive. Who is asked by the new run is told as soon as it asks.
    """
    known = set(await asyncio.to_thread(store.names, FOLDER))
    after = {row.supersedes: row for row in await rows(client) if row.supersedes}
    told, faults = [], []
    async for row in closed_rows(client):
        if row.closed in ("CONTINUED_AS_NEW", "TERMINATED") and _name(row.run) not in known:
            try:
                logins = await _tell(row, after.get(row.run))
            except (store.Missing, store.Damaged, stored.CannotRead, Unanswered) as fault:
                faults.append(f"{row.workflow_id} {row.run}: not told: {fault}"[:300])
            else:
                told += [f"{row.workflow_id} {row.run}: {', '.join(logins)}"] if logins else []
    return Report(len(told), tuple(told[:NAMED]), tuple(faults[:NAMED]))


async def _tell(row: Row, after: Row | None) -> list[str]:
    """Tell whoever is to hear of one run; marks it when nobody is left to be told later."""
    document = await asyncio.to_thread(_kept, row)
    if document is None:
        return []  # not archived yet: the next round tells
    process = document.process
    if process and process.superseded:
        roles = _asked_of(after)
        asked = await engineers() if ENGINEER in roles else ()
        logins = (*concerned(process), *asked)
        told = await tell(row, logins, _said(process, process.superseded), document.successor)
        complete = bool(after is None or after.closed or roles)
    elif document.why_closed.startswith(UNREADABLE):
        told = await tell(row, (row.initiator, *await engineers()), document.why_closed)
        complete = True
    else:
        told, complete = [], True
    if complete:
        await asyncio.to_thread(store.publish, _name(row.run), b"told")
    return told


def _kept(row: Row) -> Document | None:
    try:
        entry = archived.load(store.read(name_of(row.workflow_id, row.run)))
    except store.Missing:
        return None
    return stored.load(store.get(entry.document))


def _asked_of(after: Row | None) -> tuple[str, ...]:
    """The roles that the new run asks now."""
    return after.waits_for if after and not after.closed else ()


def _said(process: Process, made: Superseded) -> str:
    if made.by == SWEEP:
        return f"Version {made.version} replaces version {process.version}; it goes on here."
    return f"{made.by.login} restarted it with version {made.version}, because: {made.reason}"


def concerned(process: Process) -> tuple[str, ...]:
    """The initiator, and whoever answered or closed something in it, by login."""
    steps = [step for step in process.path if step.begun]
    entries = [entry for step in steps for task in step.tasks for entry in task.history]
    persons = [entry.by for entry in entries if entry.reply and entry.by.id]
    persons += [step.verdict.by for step in steps if step.verdict and step.verdict.by.id]
    return (process.initiator.login, *(person.login for person in persons))


async def engineers() -> tuple[str, ...]:
    """The logins of all engineers; Unanswered where they cannot be looked up."""
    return tuple(one.login for one in await people().engineers())


async def tell(row: Row, logins: Iterable[str], text: str, run: str = "") -> list[str]:
    """Tell each of them about a run, who was not told of it before; `run` is another to look at."""
    url = f"{settings().site_url.rstrip('/')}/processes/{row.key}/{run or row.run}"
    told = []
    for login in {login.casefold(): login for login in logins}.values():
        name = _name(row.run, login.casefold())
        if await asyncio.to_thread(store.exists, name):
            continue
        notify.tell(login, url, text, name)
        await asyncio.to_thread(store.publish, name, b"told")
        told.append(login)
    return told


def _name(run: str, login: str = "") -> str:
    return f"{FOLDER}/{run}/{escaped(login) or EVERYBODY}"
