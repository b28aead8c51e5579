"""What became of a pull request on GitHub, and who decided it."""

from __future__ import annotations

from datetime import datetime

from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.port import Author, Fate, NotFound
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing


async def fate(connection: Connection, number: int) -> Fate:
    """Its state and newest commit; who closed it is known to GitHub as of an issue only."""
    try:
        raw = await connection.github.get(repo_path(connection.target, "pulls", number))
    except Missing:
        raise NotFound(f"There is no pull request {number}.") from None
    head = raw["head"]["sha"]
    if raw["merged_at"]:
        return Fate("merged", head, _author(raw["merged_by"]), _time(raw["merged_at"]))
    if raw["state"] == "open":
        return Fate("open", head)
    issue = await connection.github.get(repo_path(connection.target, "issues", number))
    return Fate("closed", head, _author(issue["closed_by"]), _time(raw["closed_at"]))


def _author(raw: Json) -> Author | None:
    return Author(raw["login"], raw["id"]) if raw else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
