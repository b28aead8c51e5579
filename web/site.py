"""The site's parts, put together once, and what every handler is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from activities.adapters.people.port import People
from activities.adapters.people.sign_in import GitHubSignIn
from activities.adapters.upstream import Checked
from web.door.port import Door, Watch
from web.forge.reader import ForgeReader, Hands
from web.github.delivery import Hook
from web.github.pushed import Pushed
from web.person import cookie
from web.person.auth import LOGIN, acting
from web.person.session import Session, Sessions
from web.refusal_memory import RefusalMemory
from web.waiting import Waiting
from workflows.domain.actor import Actor


@dataclass(frozen=True)
class Site:
    """`check` says what is wrong with a request, after a look at its upstream.

    Without a `hook` GitHub's messages are not taken; `hands` merge and close in the embedded
    forge. `provider` signs people in; without one, whoever can reach the site chooses who they are.
    """

    processes: Door
    hub: Watch
    sessions: Sessions
    secret: bytes
    check: Callable[[dict[str, str]], Awaitable[Checked]]
    forge: ForgeReader
    people: People
    hook: Hook | None = None
    provider: GitHubSignIn | None = None
    hands: Hands | None = None
    refusals: RefusalMemory = field(default_factory=RefusalMemory)

    @cached_property
    def waiting(self) -> Waiting:
        """Which processes wait for whom."""
        return Waiting(self.processes, self.people)

    @cached_property
    def pushed(self) -> Pushed:
        """What is done after a push to the target."""
        return Pushed(self.processes)


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at a page.

    `actor` is the account with the roles held everywhere; None for somebody not signed in.
    """

    session: Session | None = None
    actor: Actor | None = None

    @property
    def login(self) -> str:
        """Who is signed in; empty for nobody."""
        return self.actor.login if self.actor else ""

    @property
    def csrf(self) -> str:
        """The token for this viewer's forms."""
        return self.session.csrf if self.session else ""


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def known(request: Request) -> Viewer:
    """Who asks, by their session cookie; without any roles, which take time to find out."""
    token = cookie.token(request)
    session = _site(request).sessions.find(token) if token else None
    account = session.account if session else None
    if account and not LOGIN.fullmatch(account.login):
        return Viewer()
    return Viewer(session, account)


async def viewer(request: Request) -> Viewer:
    """Who asks, with their roles."""
    who = known(request)
    if who.actor:
        who = replace(who, actor=await acting(_site(request).people, who.actor))
    request.state.viewer = who
    return who


SiteNow = Annotated[Site, Depends(_site)]
ViewerNow = Annotated[Viewer, Depends(viewer)]
