"""Signing in with GitHub: off to it, and back with a proof of who somebody is."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from activities.adapters.people.sign_in import GitHubSignIn, NotSignedIn
from activities.adapters.settings import settings
from web.page import page
from web.person import cookie
from web.person.auth import LOGIN
from web.person.sign_in import local
from web.site import Site, SiteNow, ViewerNow
from web.trouble import Trouble

START = "/sign-in/github"
CALLBACK = "/sign-in/callback"

DENIED = "You did not let GitHub tell who you are, so nobody is signed in."
STRANGE = (
    "This way back from GitHub belongs to no sign-in of this browser. It may have been used "
    "already, be too old, or have been begun anew in another tab."
)
OTHER = "GitHub did not sign you in. If this happens again, the registration of the App is wrong."


def provider() -> GitHubSignIn:
    """GitHub, which leads back to this site's own address and no other."""
    return GitHubSignIn(settings().site_url.rstrip("/") + CALLBACK)


async def depart(request: Request, site: SiteNow, who: ViewerNow, next: str = "/") -> Response:
    """Off to GitHub. What proves the way back stays here, with this browser's session."""
    session = who.session or site.sessions.begin()
    departure = _provider(site).depart()
    site.sessions.put_aside(session.token, {**asdict(departure), "next": local(next)})
    response = RedirectResponse(departure.url, 303)
    if who.session is None:
        cookie.put(response, session.token)
    return response


async def arrive(
    request: Request,
    site: SiteNow,
    who: ViewerNow,
    code: str = "",
    state: str = "",
    error: str = "",
) -> Response:
    """Back from GitHub: a new session replaces the one that left."""
    kept = _kept(site, who.session.token if who.session else "", state)
    next = kept.get("next", "/")
    if not kept:
        return _not_signed_in(request, STRANGE, 400, next)
    if error or not code:
        denied = error == "access_denied"
        return _not_signed_in(request, DENIED if denied else OTHER, 403 if denied else 400, next)
    try:
        account = await _provider(site).arrive(code, kept["verifier"])
        if not LOGIN.fullmatch(account.login):
            raise NotSignedIn("GitHub names you in a way that cannot be recorded here.")
    except NotSignedIn as why:
        return _not_signed_in(request, str(why), 503 if why.passing else 400, next)
    if who.session:
        site.sessions.end(who.session.token)
    response = RedirectResponse(next, 303)
    cookie.put(response, site.sessions.begin(account).token)
    return response


def _provider(site: Site) -> GitHubSignIn:
    if site.provider is None:
        raise HTTPException(404, "Nobody signs in with GitHub here.")
    return site.provider


def _kept(site: Site, token: str, state: str) -> dict[str, str]:
    """What was put aside for exactly this way back, once; a wrong state takes nothing away."""
    kept = site.sessions.aside(token)
    if not kept or not hmac.compare_digest(kept["state"].encode(), state.encode()):
        return {}
    return kept if site.sessions.take_aside(token, kept) else {}


def _not_signed_in(request: Request, why: str, status: int, next: str) -> Response:
    again = f"{START}?next={quote(next, safe='')}"
    return page(request, "not_signed_in.html", Trouble(why), status, again=again)
