"""Commit statuses on GitHub: one line beside a pull request's newest commit."""

from __future__ import annotations

from dataclasses import replace

from activities.adapters.forge.github.connection import Connection
from activities.adapters.forge.port import CONTEXT, STATUS_LIMIT, CommitStatus
from activities.adapters.github.api import repo_path


async def last_status(connection: Connection, commit: str) -> CommitStatus | None:
    """What we last said about a commit."""
    path = repo_path(connection.target, "commits", commit, "status")
    for found in (await connection.github.get(path, per_page=100))["statuses"]:
        if found["context"] == CONTEXT:
            text, url = found["description"] or "", found["target_url"] or ""
            return CommitStatus(commit, found["state"], text, url)
    return None


async def set_status(connection: Connection, wanted: CommitStatus) -> None:
    """Say it, unless it is the last that was said."""
    wanted = replace(wanted, text=wanted.text[:STATUS_LIMIT])
    if connection.unsent is None and await last_status(connection, wanted.commit) == wanted:
        return
    await connection.write(
        "POST",
        repo_path(connection.target, "statuses", wanted.commit),
        None,
        state=wanted.state,
        description=wanted.text,
        target_url=wanted.url,
        context=CONTEXT,
    )
