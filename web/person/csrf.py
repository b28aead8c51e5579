"""Against forged requests: a change must come from this site's own pages."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from web.person.session import Session

SAFE = ("GET", "HEAD", "OPTIONS")
HEADER = "x-csrf-token"


def is_own_request(method: str, headers: Headers) -> bool:
    """Whether the browser says that the request comes from this site itself.

    Browsers send Sec-Fetch-Site; older ones, and programs, send Origin. With neither, a change
    is not taken.
    """
    if method in SAFE:
        return True
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == headers.get("host")


def has_token(session: Session, sent: str) -> bool:
    """Whether the token that was sent is the one of this session."""
    return hmac.compare_digest(session.csrf.encode(), sent.encode())
