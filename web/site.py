"""The site's parts, put together once, and what every handler is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from activities.adapters.upstream import Checked
from web.auth import LOGIN, person
from web.door import Door, Watch
from web.forge_reader import ForgeReader
from web.session import Session, Sessions
from workflows.domain.actor import Actor

COOKIE = "family_pr_session"


@dataclass(frozen=True)
class Site:
    """`check` says what is wrong with a request, after a look at its upstream."""

    processes: Door
    hub: Watch
    sessions: Sessions
    secret: bytes
    check: Callable[[dict[str, str]], Awaitable[Checked]]
    forge: ForgeReader


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at a page; `login` is empty for somebody who is not signed in."""

    session: Session | None = None

    @property
    def login(self) -> str:
        """Who is signed in."""
        return self.session.login if self.session else ""

    @property
    def csrf(self) -> str:
        """The token for this viewer's forms."""
        return self.session.csrf if self.session else ""

    @property
    def actor(self) -> Actor | None:
        """The person, with the roles held everywhere."""
        return person(self.login) if self.login else None


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def viewer(request: Request) -> Viewer:
    """Who asks, by their session cookie."""
    token = request.cookies.get(COOKIE, "")
    session = _site(request).sessions.find(token) if token else None
    if session and session.login and not LOGIN.fullmatch(session.login):
        return Viewer()
    return Viewer(session)


SiteNow = Annotated[Site, Depends(_site)]
ViewerNow = Annotated[Viewer, Depends(viewer)]
