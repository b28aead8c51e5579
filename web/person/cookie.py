"""The cookie that names a session."""

from __future__ import annotations

from fastapi import Request, Response

from activities.adapters.settings import settings

PLAIN, HOST = "family_pr_session", "__Host-family_pr"
"""Browsers take the second only over https, for this host and no other, from no other."""


def is_https() -> bool:
    """Whether people reach the site over https; loopback may do without."""
    return settings().sign_in == "github" and settings().site_url.startswith("https://")


def token(request: Request) -> str:
    """The id of the session that a request belongs to; empty without one."""
    return request.cookies.get(HOST if is_https() else PLAIN, "")


def put(response: Response, token: str) -> None:
    """Give a session to a browser. Lax: the way back from GitHub comes from another site."""
    secure = is_https()
    name = HOST if secure else PLAIN
    response.set_cookie(name, token, path="/", httponly=True, samesite="lax", secure=secure)


def drop(response: Response) -> None:
    """Take it back."""
    secure = is_https()
    name = HOST if secure else PLAIN
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)
