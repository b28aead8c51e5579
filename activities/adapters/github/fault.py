"""Faults: what GitHub's refusals mean, and how long to wait where waiting helps.

Limits as in GitHub's REST documentation, "Rate limits for the REST API" and "Best practices".
"""

from __future__ import annotations

import time

import httpx

from activities.authoring import PassingFault

SECONDARY = 60.0
"""Seconds to wait for the secondary rate limit where GitHub names none; its own advice."""

LONGEST = 3600.0
"""Seconds; the primary limit begins anew each hour."""


class Denied(Exception):  # noqa: N818  reads as a sentence
    """GitHub does not let us: 401, or 403 that waiting does not change."""


class Unknown(Denied):
    """401: whatever we showed does not count, or not any more; nothing was done."""


class NotInstalled(Denied):
    """Our App is not there. Not `Missing`: of what the place holds this says nothing."""


class Missing(Exception):  # noqa: N818  reads as a sentence
    """GitHub has no such thing, or does not let us know of it."""


class Unprocessable(Exception):  # noqa: N818  GitHub's own word
    """409, 422 and other refusals of content; `codes` are `field:code` as GitHub names them."""

    def __init__(self, why: str, codes: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.codes = codes


def check(response: httpx.Response) -> None:
    """Raise what an answer means unless it is a success."""
    if response.status_code < 400:
        return
    said = _said(response)
    if response.status_code >= 500:
        raise PassingFault(said, _retry_after(response))
    if response.status_code in (403, 429) and (wait := _limited(response)):
        raise PassingFault(f"GitHub's rate limit is reached. {said}", wait)
    if response.status_code == 401:
        raise Unknown(said)
    if response.status_code == 403:
        raise Denied(said)
    if response.status_code in (404, 410):
        raise Missing(said)
    raise Unprocessable(said, _codes(response))


def unreachable(request: httpx.Request, error: httpx.TransportError) -> PassingFault:
    """No answer at all: what was asked may or may not have been done."""
    where = f"{request.method} {request.url.path}"
    return PassingFault(f"GitHub did not answer {where}: {type(error).__name__}.")


def _limited(response: httpx.Response) -> float | None:
    """Seconds to wait where a rate limit is the reason; None where it is not."""
    if (after := _retry_after(response)) is not None:
        return after
    if response.headers.get("x-ratelimit-remaining") == "0":
        reset = response.headers.get("x-ratelimit-reset", "")
        wait = float(reset) - time.time() if reset.isdigit() else SECONDARY
        return min(max(wait, 1.0), LONGEST)
    if response.status_code == 429 or "secondary rate limit" in _message(response).lower():
        return SECONDARY
    return None


def _retry_after(response: httpx.Response) -> float | None:
    after = response.headers.get("retry-after", "")
    return min(float(after), LONGEST) if after.isdigit() else None


def _said(response: httpx.Response) -> str:
    """One sentence without headers, so without credentials."""
    request = response.request
    reasons = "; ".join(_codes(response))
    more = f" ({reasons})" if reasons else ""
    return (
        f"GitHub answered {request.method} {request.url.path} with {response.status_code}: "
        f"{_message(response)}{more}"
    )[:1000]


def _message(response: httpx.Response) -> str:
    try:
        content = response.json()
    except ValueError:
        return response.reason_phrase or "no reason given"
    return str(content.get("message", "")) if isinstance(content, dict) else ""


def _codes(response: httpx.Response) -> tuple[str, ...]:
    try:
        content = response.json()
    except ValueError:
        return ()
    errors = content.get("errors", []) if isinstance(content, dict) else []
    return tuple(_code(error) for error in errors) if isinstance(errors, list) else ()


def _code(error: object) -> str:
    if not isinstance(error, dict):
        return str(error)[:200]
    said = error.get("message") or f"{error.get('field', '')}:{error.get('code', '')}"
    return str(said)[:200]
