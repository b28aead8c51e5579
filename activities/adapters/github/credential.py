"""Credentials: an App's installation token, minted where it is used; or one token for all.

Tokens live in this process's memory only and never leave it but in a request to GitHub.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Protocol

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from activities.adapters.github.fault import Denied, Missing, NotInstalled, Unprocessable
from activities.adapters.github.setting import GitHubSettings, github_settings

EARLY = 300.0
"""Seconds before its end from which a token is not used any more."""

BACK, AHEAD = 60, 540
"""Seconds: a JWT is dated back against clocks that differ; GitHub takes ten minutes at most."""


NO_KEY = (
    "GITHUB_APP_PRIVATE_KEY is neither the PEM text of an App's private key nor the path of a "
    "file that holds it; see docs/github.md."
)


class Caller(Protocol):
    """Sends one request as somebody; the client in `api` is one."""

    async def send(
        self, method: str, path: str, credential: str, body: dict[str, Any] | None = None
    ) -> Any:
        """The decoded answer."""


@dataclass(frozen=True)
class _Token:
    value: str = field(repr=False)
    ends: float


_minted: dict[tuple[str, str, str], _Token] = {}
_installations: dict[tuple[str, str, str], int] = {}
_lock = Lock()


async def credential(call: Caller, owner: str, name: str = "") -> str:
    """The value of the Authorization header for a repository, or an organization without `name`.

    Raises NotInstalled where the App is not installed there, Denied where nothing is configured.
    """
    chosen = github_settings()
    if not chosen.app_id:
        if token := chosen.token.get_secret_value():
            return f"Bearer {token}"
        raise Denied("Neither GITHUB_APP_ID nor GITHUB_TOKEN is set; see docs/github.md.")
    place = (chosen.api_url, chosen.app_id, f"{owner}/{name}".lower())
    with _lock:
        known = _minted.get(place)
    if known is None or known.ends - EARLY < time.time():
        known = await _mint(call, chosen, place, owner, name)
        with _lock:
            _minted[place] = known
    return f"Bearer {known.value}"


async def _mint(
    call: Caller, chosen: GitHubSettings, place: tuple[str, str, str], owner: str, name: str
) -> _Token:
    signed, body = app_credential(chosen), {"repositories": [name]} if name else {}
    known = _installations.get(place)
    number = known or await _installation(call, signed, place, owner, name)
    try:
        minted = await call.send("POST", _tokens(number), signed, body)
    except Unprocessable as said:  # asked by a former name, it does not cover it
        raise _not_installed(owner, name, said) from None
    except Missing as said:
        if known is None:
            raise _not_installed(owner, name, said) from None
        # It was taken away since; where it was installed anew it has another number.
        _installations.pop(place, None)
        return await _mint(call, chosen, place, owner, name)
    ends = datetime.fromisoformat(minted["expires_at"]).timestamp()
    return _Token(minted["token"], ends)


async def _installation(
    call: Caller, signed: str, place: tuple[str, str, str], owner: str, name: str
) -> int:
    path = f"/repos/{owner}/{name}/installation" if name else f"/orgs/{owner}/installation"
    try:
        number = int((await call.send("GET", path, signed))["id"])
    except Missing as said:
        raise _not_installed(owner, name, said) from None
    _installations[place] = number
    return number


def _tokens(installation: int) -> str:
    return f"/app/installations/{installation}/access_tokens"


def _not_installed(owner: str, name: str, said: Exception) -> NotInstalled:
    where = f"{owner}/{name}" if name else owner
    return NotInstalled(
        f"Our GitHub App is not installed for {where}, there is no such place, or none that is "
        f"called so today: where it was renamed, set its new name. Or GITHUB_APP_ID is not the "
        f"App's. {said}"
    )


def app_credential(chosen: GitHubSettings) -> str:
    """The App's own credential: a JWT, good for some minutes, that only mints tokens.

    Raises Denied where the key cannot be used; the message never quotes what was given.
    """
    now = int(time.time())
    claims = {"iat": now - BACK, "exp": now + AHEAD, "iss": chosen.app_id}
    try:
        key = RSAKey.import_key(chosen.private_key)
        return f"Bearer {jwt.encode({'alg': 'RS256'}, claims, key)}"
    except (OSError, ValueError, JoseError):
        raise Denied(NO_KEY) from None


def forget() -> None:
    """Forget all minted tokens: after GitHub refused one, and between tests."""
    with _lock:
        _minted.clear()
        _installations.clear()
