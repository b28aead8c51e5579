"""Is there a pull request of a process? Asked before one is replaced after a failed try."""

from __future__ import annotations

from temporalio import activity

from activities.adapters.forge.choice import forge
from activities.adapters.forge.mark import branch_name, marker


@activity.defn
async def find_pull_request(key: str, process: str, run: str) -> str:
    """The address of the run's pull request, whatever its state; empty where there is none."""
    return await pull_request_of(key, process, run)


async def pull_request_of(key: str, process: str, run: str) -> str:
    """The same, for whoever is an activity already."""
    found = await forge().find_pull_request(branch_name(key, run), marker(process, run))
    return found.url if found else ""
