"""Signing in and out; in the embedded default by choosing who to be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from activities.adapters.people.embedded import account
from activities.adapters.settings import settings
from web.page import as_json, page, wants_json
from web.person import cookie
from web.person.auth import LOGIN, acting
from web.person.sender import SenderNow, VisitorNow
from web.person.session import Session
from web.process.incoming import SignInBody, SignOutBody, body
from web.site import Site, SiteNow, Viewer, ViewerNow
from workflows.domain.actor import Actor


@dataclass(frozen=True)
class SignInPage:
    """Who can be chosen, and the token to send back; or, in `start`, the way to GitHub."""

    people: tuple[Actor, ...]
    next: str
    csrf: str = field(repr=False)
    login: str = ""
    why: str = ""
    start: str = ""


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in now; nobody with an empty login."""

    login: str
    csrf: str


async def show(request: Request, site: SiteNow, who: ViewerNow, next: str = "/") -> Response:
    """The people to choose from, or the way to GitHub."""
    if site.provider:
        start = f"/sign-in/github?next={quote(local(next), safe='')}"
        made = SignInPage((), local(next), who.csrf, start=start)
        return page(request, "sign_in_github.html", made)
    session = who.session or site.sessions.begin()
    response = await _page(request, site, replace(who, session=session), next)
    if who.session is None:
        cookie.put(response, session.token)
    return response


async def sign_in(request: Request, site: SiteNow, who: VisitorNow) -> Response:
    """Be somebody: a new session replaces the one that asked."""
    sent = await body(request, SignInBody)
    login = sent.login.strip()
    if not LOGIN.fullmatch(login):
        why = "A login is up to 39 letters, digits and hyphens."
        return await _page(request, site, who, sent.next, login, why, 422)
    if who.session:
        site.sessions.end(who.session.token)
    session = site.sessions.begin(account(login))
    response = _done(request, session, local(sent.next))
    cookie.put(response, session.token)
    return response


async def sign_out(request: Request, site: SiteNow, who: VisitorNow) -> Response:
    """Be nobody again."""
    await body(request, SignOutBody)
    if who.session:
        site.sessions.end(who.session.token)
    response = _done(request, Session(""), "/?notice=signed-out")
    cookie.drop(response)
    return response


async def sign_out_everywhere(request: Request, site: SiteNow, who: SenderNow) -> Response:
    """Be nobody again, on every machine."""
    await body(request, SignOutBody)
    site.sessions.end_all(who.actor.id)
    response = _done(request, Session(""), "/?notice=signed-out-everywhere")
    cookie.drop(response)
    return response


def local(next: str) -> str:
    """A page of this site to go to; the board where `next` is none."""
    plain = next.startswith("/") and not next.startswith("//")
    return next if plain and "\\" not in next and next.isprintable() else "/"


async def _page(
    request: Request,
    site: Site,
    who: Viewer,
    next: str,
    login: str = "",
    why: str = "",
    status: int = 200,
) -> Response:
    chosen = settings()
    known = dict.fromkeys(chosen.engineers + chosen.designers)
    people = [await acting(site.people, account(one)) for one in known]
    made = SignInPage(tuple(people), local(next), who.csrf, login, why)
    return page(request, "sign_in.html", made, status, viewer=who)


def _done(request: Request, session: Session, url: str) -> Response:
    if wants_json(request):
        return as_json(SignedIn(session.account.login if session.account else "", session.csrf))
    return RedirectResponse(url, 303)
