"""Signing in: a page where a person chooses who they are and agrees, and the code's exchange.

Stricter than GitHub in one thing: without PKCE (S256) nothing goes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.github import key
from tests.github.grant import Code, UserToken
from tests.github.registration import App
from tests.github.sign_in_page import page
from tests.github.world import World

CODE_LIFETIME = timedelta(minutes=10)
TOKEN_LIFETIME = timedelta(hours=8)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
WRONG_CODE = ("bad_verification_code", "The code passed is incorrect or expired.")
WRONG_CLIENT = (
    "incorrect_client_credentials",
    "The client_id and/or client_secret passed are incorrect.",
)
WRONG_ADDRESS = (
    "redirect_uri_mismatch",
    "The redirect_uri MUST match the registered callback URL for this application.",
)


def routes(world: World) -> list[Route]:
    """The sign-in addresses."""

    async def authorize(request: Request) -> Response:
        values = dict(request.query_params)
        if request.method == "POST":
            values = {name: found[0] for name, found in (await _form(request)).items()}
        with world.lock:
            return _authorize(world, request.method, values)

    async def access_token(request: Request) -> Response:
        form = await _form(request)
        values = {name: found[0] for name, found in form.items()}
        with world.lock:
            answer = _exchange(world, values)
        if "json" in request.headers.get("accept", ""):
            return JSONResponse(answer, headers={"Cache-Control": "no-store"})
        return Response(urlencode(answer), media_type="application/x-www-form-urlencoded")

    return [
        Route("/login/oauth/authorize", authorize, methods=["GET", "POST"]),
        Route("/login/oauth/access_token", access_token, methods=["POST"]),
    ]


async def _form(request: Request) -> dict[str, list[str]]:
    if "json" in request.headers.get("content-type", ""):
        return {name: [str(value)] for name, value in (await request.json()).items()}
    return parse_qs((await request.body()).decode(), keep_blank_values=True)


def _authorize(world: World, method: str, values: dict[str, str]) -> Response:
    app = _client(world, values.get("client_id", ""))
    if app is None:
        return HTMLResponse("<h1>404</h1><p>There is no App with this client_id.</p>", 404)
    target = values.get("redirect_uri") or app.callback_urls[0]
    state = values.get("state", "")
    if not _registered(app, target):
        return _back(app.callback_urls[0], state, WRONG_ADDRESS)
    if values.get("code_challenge_method") != "S256" or not values.get("code_challenge"):
        wrong = ("invalid_request", "A code_challenge with the method S256 is required here.")
        return _back(target, state, wrong)
    people = sorted(a.login for a in world.accounts.values() if a.kind == "User")
    if method == "GET":
        return HTMLResponse(page(app.slug, people, values), headers={"Cache-Control": "no-store"})
    account = world.find_account(values.get("login", ""))
    if values.get("answer") != "authorize" or account is None or account.kind != "User":
        return _back(
            target, state, ("access_denied", "The user has denied your application access.")
        )
    code = key.secret(20).lower()
    expires = world.now() + CODE_LIFETIME
    world.codes[code] = Code(app, account, target, values["code_challenge"], expires)
    return _back(target, state, code=code)


def _client(world: World, client_id: str) -> App | None:
    return next((app for app in world.apps.values() if app.client_id == client_id), None)


def _registered(app: App, target: str) -> bool:
    """Whether the address is one of the App's; on loopback any port will do, as on GitHub."""

    def seen(url: str) -> tuple[str, str | None, int | None, str]:
        parts = urlsplit(url)
        port = None if parts.hostname in LOOPBACK else parts.port
        return parts.scheme, parts.hostname, port, parts.path

    return any(seen(url) == seen(target) for url in app.callback_urls)


def _back(target: str, state: str, error: tuple[str, str] = ("", ""), code: str = "") -> Response:
    values = {"error": error[0], "error_description": error[1], "code": code, "state": state}
    query = urlencode({name: value for name, value in values.items() if value})
    mark = "&" if "?" in target else "?"
    return RedirectResponse(f"{target}{mark}{query}", 302)


def _exchange(world: World, values: dict[str, str]) -> dict[str, str | int]:
    app = _client(world, values.get("client_id", ""))
    secret = values.get("client_secret", "").encode()
    if app is None or not hmac.compare_digest(app.client_secret.encode(), secret):
        return _error(WRONG_CLIENT)
    code = world.codes.get(values.get("code", ""))
    if code is None or code.app is not app or code.used or code.expires <= world.now():
        return _error(WRONG_CODE)
    code.used = True  # also where the rest is wrong: a code has one try
    if "redirect_uri" in values and values["redirect_uri"] != code.redirect_uri:
        return _error(WRONG_ADDRESS)
    digest = hashlib.sha256(values.get("code_verifier", "").encode()).digest()
    given = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not hmac.compare_digest(given, code.challenge):
        return _error(WRONG_CODE)
    value = f"ghu_{key.secret(36)}"
    mine = {r.id for r in world.repositories.values() if world.installation_for(app, r) is not None}
    expires = world.now() + TOKEN_LIFETIME
    permissions = dict(app.permissions)
    world.tokens[value] = UserToken(code.account, permissions, mine, expires, app)
    refreshing = f"ghr_{key.secret(76)}"
    world.handed_out += [value, refreshing]
    return {
        "access_token": value,
        "expires_in": int(TOKEN_LIFETIME.total_seconds()),
        "refresh_token": refreshing,
        "refresh_token_expires_in": 15_897_600,
        "scope": "",
        "token_type": "bearer",
    }


def _error(error: tuple[str, str]) -> dict[str, str | int]:
    """GitHub answers these with status 200."""
    docs = "https://docs.github.com/apps/oauth-apps/troubleshooting"
    return {"error": error[0], "error_description": error[1], "error_uri": docs}
