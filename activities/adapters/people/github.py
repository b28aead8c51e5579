"""People as GitHub knows them: a team, logins in ENGINEERS, those who may write upstream."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import TypeVar
from urllib.parse import quote

import httpx

from activities.adapters.git import github_name
from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.fault import Denied, Missing, Unprocessable
from activities.adapters.github.setting import github_settings
from activities.adapters.people.memory import Memory
from activities.adapters.people.pinned import pinned
from activities.adapters.people.port import Unanswered
from activities.adapters.settings import settings
from activities.authoring import PassingFault
from workflows.domain.actor import DESIGNER, ENGINEER, Actor

WRITERS = ("write", "maintain", "admin")
"""GitHub's roles that may push. A custom role is none of them: its rights are not told."""

PATIENCE, LOOK = 10.0, 3.0
"""Seconds to wait for GitHub: for somebody who acts, and for a page."""

SAID = "GitHub does not say now who you are here. Nothing was done; please try again in a minute."

FAULTS = (PassingFault, Denied, Missing, Unprocessable, OSError, ValueError, TypeError, LookupError)
"""No answer, a refusal, or an answer of another shape: none of them tells a role."""

log = logging.getLogger(__name__)
T = TypeVar("T")


class GitHubPeople:
    """See `port.People`. `transport` replaces the network in tests."""

    by_repository = True

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._memory = Memory(clock)
        self._transport = transport

    async def roles(
        self, account: Actor, upstream: str = "", fresh: bool = False
    ) -> tuple[str, ...]:
        """Ids decide; see `port.People`."""
        if not account.id:
            return ()
        place = github_name(upstream)
        engineers = await self._know("engineers", self._engineers, fresh)
        found = [ENGINEER] if engineers and account.id in engineers else []
        about = (account.id, account.login, place.lower())
        if place:
            writes = await self._know(about, partial(self._writes, account, place), fresh)
            found += [DESIGNER] if writes else []
        return tuple(found)

    async def engineers(self) -> tuple[Actor, ...]:
        """Everybody in the team, and in ENGINEERS."""
        found = await self._know("engineers", self._engineers, fresh=True) or {}
        return tuple(Actor(login, id) for id, login in sorted(found.items()))

    async def _know(
        self, about: Hashable, ask: Callable[[], Awaitable[T]], fresh: bool
    ) -> T | None:
        """What GitHub says, or said a short while ago; None where it does not say."""
        held = None if fresh else self._memory.find(about)
        if held:
            known: T | None = held.answer
            return known
        try:
            async with asyncio.timeout(PATIENCE if fresh else LOOK):
                answer = await ask()
        except FAULTS as fault:
            log.warning("GitHub does not tell who has which role: %s", fault)
        else:
            self._memory.keep(about, answer)
            return answer
        self._memory.give_up(about)
        if fresh:
            raise Unanswered(SAID)
        return None

    async def _engineers(self) -> dict[int, str]:
        async with GitHub(self._transport) as github:
            team = github_settings().engineers_team
            organization, _, slug = team.partition("/")
            path = f"/orgs/{quote(organization)}/teams/{quote(slug)}/members"
            members = [one async for one in github.pages(path)] if team else []

            async def id_of(login: str) -> int | None:
                try:
                    return int((await github.get(f"/users/{quote(login)}"))["id"])
                except Missing:
                    log.warning("ENGINEERS names %s, whom GitHub does not know.", login)
                    return None

            named = await pinned(settings().named_engineers, id_of)
        return named | {int(one["id"]): str(one["login"]) for one in members}

    async def _writes(self, account: Actor, place: str) -> bool:
        """Where GitHub does not let us ask, or the login is another's by now: no."""
        try:
            async with GitHub(self._transport) as github:
                path = repo_path(place, "collaborators", account.login, "permission")
                told = await github.get(path)
        except (Missing, Denied) as refusal:
            log.info("Nobody is a designer of %s: %s", place, refusal)
            return False
        same = (told.get("user") or {}).get("id") == account.id
        return same and told.get("role_name") in WRITERS
