"""What became of a pull request on GitHub, and who decided it."""

from __future__ import annotations

from datetime import datetime

from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.port import Author, Fate, NotFound, Turn
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Denied, Missing

TURNS = {"closed": "closed", "reopened": "open"}
"""Events of a pull request, and the state that it had then."""


async def fate(connection: Connection, number: int) -> Fate:
    """Its state, newest commit and turns; who closed it is known to GitHub as of an issue only."""
    try:
        raw = await connection.github.get(repo_path(connection.target, "pulls", number))
    except Missing:
        raise NotFound(f"There is no pull request {number}.") from None
    head, turns = raw["head"]["sha"], await _turns(connection, number)
    if raw["merged_at"]:
        if turns and turns[-1].state == "closed":  # that is the merge itself
            turns = turns[:-1]
        return Fate("merged", head, _author(raw["merged_by"]), _time(raw["merged_at"]), turns)
    if raw["state"] == "open":
        by = turns[-1] if turns and turns[-1].state == "open" else None
        return Fate("open", head, by.by if by else None, by.at if by else None, turns)
    issue = await connection.github.get(repo_path(connection.target, "issues", number))
    return Fate("closed", head, _author(issue["closed_by"]), _time(raw["closed_at"]), turns)


async def _turns(connection: Connection, number: int) -> tuple[Turn, ...]:
    """Who closed it and opened it again, as its events tell; nothing where we may not read them."""
    path = repo_path(connection.target, "issues", number, "events")
    try:
        events = [raw async for raw in connection.github.pages(path)]
    except (Missing, Denied):
        return ()
    return tuple(
        Turn(int(e["id"]), TURNS[e["event"]], _author(e["actor"]), _at(e["created_at"]))
        for e in events
        if e["event"] in TURNS
    )


def _author(raw: Json) -> Author | None:
    return Author(raw["login"], raw["id"]) if raw else None


def _time(text: str | None) -> datetime | None:
    return _at(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
