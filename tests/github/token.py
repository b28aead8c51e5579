"""Reads the Authorization header: of an App (JWT or client secret), installation or person."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from tests.github import key
from tests.github.account import Account
from tests.github.actor import Actor
from tests.github.call import Trouble
from tests.github.grant import UserToken
from tests.github.registration import App, Installation
from tests.github.repository import Repository
from tests.github.world import World

LIFETIME = timedelta(hours=1)
JWT_LIMIT = 600  # seconds into the future that GitHub allows


def bad() -> Trouble:
    """401 as GitHub says it of every token that it does not take."""
    return Trouble(401, "Bad credentials")


def actor(world: World, header: str | None) -> Actor:
    """Who the Authorization header stands for; 401 where it stands for nobody."""
    if not header:
        return Actor()
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        name, value = _pair(value)
        if app := _client(world, name, value):
            return Actor("client", app=app)
    elif scheme.lower() not in {"bearer", "token"}:
        raise bad()
    if value.startswith("eyJ"):
        return Actor("app", app=_app(world, value))
    if value.startswith("ghs_"):
        return _installation(world, value)
    return _user(world, value)


def _pair(value: str) -> tuple[str, str]:
    try:
        name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise bad() from None
    return name, password


def _client(world: World, name: str, secret: str) -> App | None:
    """The App that proves itself by its client secret."""
    known = (a for a in world.apps.values() if a.client_id == name)
    return next((a for a in known if a.client_secret == secret), None)


def _app(world: World, value: str) -> App:
    undecoded = Trouble(401, "A JSON web token could not be decoded")
    issuer = _claims_unchecked(value).get("iss")
    apps = world.apps.values()
    app = next((a for a in apps if str(issuer) in {str(a.id), a.client_id}), None)
    if app is None:
        raise Trouble(404, "Integration not found") if issuer else undecoded
    claims = _verified(value, app.private_key)
    if claims is None:
        raise undecoded
    now = world.now().timestamp()
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or issued > now + 1:
        raise Trouble(
            401,
            "'Issued at' claim ('iat') must be an Integer representing the time "
            "that the assertion was issued",
        )
    if not isinstance(expires, int) or expires <= now:
        raise Trouble(
            401,
            "'Expiration time' claim ('exp') must be a numeric value representing "
            "the future time at which the assertion expires",
        )
    if expires > now + JWT_LIMIT + 1:
        raise Trouble(401, "'Expiration time' claim ('exp') is too far in the future")
    world.handed_out.append(value)
    return app


def _claims_unchecked(value: str) -> dict[str, Any]:
    try:
        part = value.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _verified(value: str, pem: str) -> dict[str, Any] | None:
    try:
        return dict(jwt.decode(value, key.rsa_key(pem), algorithms=["RS256"]).claims)
    except (JoseError, ValueError):
        return None


def mint(
    world: World,
    installation: Installation,
    permissions: dict[str, str] | None = None,
    repositories: set[int] | None = None,
) -> tuple[str, datetime]:
    """A new installation token in the long, stateless form, and when it ends."""
    expires = world.now() + LIFETIME
    claims = {
        "sub": installation.id,
        "permissions": installation.permissions if permissions is None else permissions,
        "repositories": sorted(repositories) if repositories is not None else None,
        "exp": int(expires.timestamp()),
        "jti": key.secret(22),
    }
    signed = jwt.encode({"alg": "RS256"}, claims, key.rsa_key(key.own_pem()))
    world.handed_out.append(f"ghs_{installation.app.id}_{signed}")
    return world.handed_out[-1], expires


def _installation(world: World, value: str) -> Actor:
    claims = _verified(value.split("_", 2)[-1], key.own_pem())
    if not claims or claims["exp"] <= world.now().timestamp() or value in world.revoked:
        raise bad()
    installation = world.installations.get(claims["sub"])
    if installation is None:
        raise bad()
    if installation.suspended_at:
        raise Trouble(403, "This installation has been suspended")
    chosen = claims["repositories"]
    given = installation.repositories if chosen is None else set(chosen)
    return Actor(
        "installation",
        installation.app.bot,
        installation.app,
        installation,
        claims["permissions"],
        None if given is None else frozenset(given),
    )


def _user(world: World, value: str) -> Actor:
    token = world.tokens.get(value)
    if token is None or value in world.revoked:
        raise bad()
    if token.expires and token.expires <= world.now():
        raise bad()
    given = None if token.repositories is None else frozenset(token.repositories)
    return Actor("user", token.account, token.app, None, token.permissions, given)


def fine_grained(
    world: World,
    account: Account,
    permissions: dict[str, str] | None = None,
    *repositories: Repository,
) -> str:
    """A new fine-grained token of a person, for some repositories or for all of theirs."""
    value = f"github_pat_{key.secret(22)}_{key.secret(59)}"
    given = {"metadata": "read"} | (permissions or {})
    chosen = {repository.id for repository in repositories} or None
    world.tokens[value] = UserToken(account, given, chosen)
    world.handed_out.append(value)
    return value


def app_jwt(app: App, **claims: Any) -> str:
    """A JWT as the App's owner would make it; `claims` replace the right ones."""
    now = int(datetime.now(UTC).timestamp())
    right = {"iat": now - 60, "exp": now + 540, "iss": str(app.id)}
    return jwt.encode({"alg": "RS256"}, right | claims, key.rsa_key(app.private_key))
