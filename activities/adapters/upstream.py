"""What is wrong with a request, as far as a look at its upstream tells; used at both ends.

The site looks when somebody asks, the intake when an engineer is asked and when they accept.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from activities.adapters.git import NotAllowed, allowed, github_name
from activities.adapters.git.address import github_server
from activities.adapters.git.pasted import pasted
from activities.adapters.github.api import GitHub
from activities.adapters.github.fault import Denied, Missing, Unprocessable
from activities.adapters.github.setting import github_settings
from activities.adapters.github.upstream import Seen, look
from activities.adapters.settings import settings
from activities.authoring import PassingFault
from workflows.domain.request import complaints

PATIENCE = 5.0
"""Seconds for GitHub to answer; without an answer a request is taken with a note."""


@dataclass(frozen=True)
class Checked:
    """A reply to the request's fields in its one form; complaints by field; notes."""

    reply: dict[str, str]
    complaints: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def normal(reply: dict[str, str]) -> Checked:
    """Without a look: what was pasted in its one form, and what its own words tell."""
    meant = pasted(reply.get("repository", ""), reply.get("ref", ""))
    reply = {**reply, **({"repository": meant.repository} if "repository" in reply else {})}
    reply |= {"ref": meant.ref} if meant.ref else {}
    found = complaints(reply)
    if meant.complaint:
        found.setdefault("ref", meant.complaint)
    if "repository" not in found:
        try:
            reply["repository"] = allowed(reply["repository"])
        except NotAllowed as why:
            found["repository"] = str(why)
    return Checked(reply, found)


async def check(reply: dict[str, str]) -> Checked:
    """The same, after a look at GitHub where that is ours to ask; it never takes long."""
    checked = normal(reply)
    if {"repository", "ref"} & set(checked.complaints) or not _asks():
        return checked
    name = github_name(allowed(checked.reply["repository"]))
    if not name:
        return checked
    try:
        async with asyncio.timeout(PATIENCE), GitHub() as github:
            seen = await look(github, name, checked.reply["ref"])
    except (PassingFault, TimeoutError, Denied, Missing, Unprocessable) as fault:
        return replace(checked, notes=(_unseen(name, fault),))
    return _told(checked, name, seen)


def _told(checked: Checked, name: str, seen: Seen) -> Checked:
    reply = {**checked.reply, "ref": seen.ref}
    found = {**checked.complaints, **seen.complaints}
    if seen.name != name:
        reply["repository"] = f"{github_server()}/{seen.name}"
        if said := _refusal(reply["repository"]):
            found.setdefault("repository", f"{name} is called {seen.name} now. {said}")
    return Checked(reply, found, seen.notes)


def _asks() -> bool:
    """Whether GitHub is to be asked, with credentials of ours."""
    chosen = github_settings()
    wanted = "github" in (settings().target, settings().sign_in)
    return wanted and bool(chosen.app_id or chosen.token.get_secret_value())


def _refusal(repository: str) -> str:
    try:
        allowed(repository)
    except NotAllowed as why:
        return str(why)
    return ""


def _unseen(name: str, fault: Exception) -> str:
    why = str(fault) or f"no answer within {PATIENCE:g} seconds"
    return f"Whether {name} is public could not be looked up now; the fetch will tell. ({why})"
