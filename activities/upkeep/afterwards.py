"""Keeps the ways of pull requests in the store, for when Temporal has forgotten them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from temporalio.client import Client

from activities.adapters import store
from workflows.domain.mile import LastMile
from workflows.reading import kept
from workflows.reading.kept import Kept
from workflows.reading.listing import miles
from workflows.reading.stored import CannotRead


async def keep_miles(client: Client) -> tuple[int, tuple[str, ...]]:
    """Keep each state that is not kept yet: how many those were, and what could not be kept.

    Raises Temporal's RPCError where the list cannot be read.
    """
    known = set(await asyncio.to_thread(store.names, kept.FOLDER))
    number, faults = 0, []
    async for mile in miles(client):
        name = kept.name_of(mile)
        if name in known:
            continue
        try:
            content = kept.dump(Kept(mile, datetime.now(UTC)))
            number += await asyncio.to_thread(store.publish, name, content)
        except Exception as fault:  # whatever it was, the others are kept and it is named
            faults.append(f"{name}: {type(fault).__name__}: {fault}"[:300])
    return number, tuple(faults)


def newest() -> list[LastMile]:
    """The last state of every pull request of which one can be read."""
    found = []
    for names in kept.by_folder(store.names(kept.FOLDER)).values():
        for name in names:
            try:
                found.append(kept.load(store.read(name)).mile)
            except (CannotRead, store.Missing):
                continue
            break
    return found
