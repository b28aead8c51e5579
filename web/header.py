"""The gate before all pages: which requests are let in, and the headers every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.person.cookie import is_https
from web.person.csrf import is_own_request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}

SIGNED = ("/callbacks/", "/webhooks/")
"""What is sent there comes from other machines; each message is signed instead."""

Refuse = Callable[[Request, int, str], Response]


class Gate:
    """ASGI middleware. `refuse` draws the answer to what is not let in."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], refuse: Refuse) -> None:
        self.app = app
        self.hosts = hosts
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = self._complaint(scope["method"], scope["path"], Headers(scope=scope))
        if said:
            await self.refuse(Request(scope), *said)(scope, receive, _with_headers(send))
        else:
            await self.app(scope, receive, _with_headers(send))

    def _complaint(self, method: str, path: str, headers: Headers) -> tuple[int, str] | None:
        if any(name == "forwarded" or name.startswith("x-forwarded-") for name in headers):
            return 400, "This site was told of a proxy that it does not know. See TRUST_PROXY."
        named = headers.getlist("host")
        if len(named) != 1:
            return 400, "The request names no host, or more than one."
        if _without_port(named[0]) not in self.hosts:
            return 421, f"This site does not answer for {named[0][:80]!r}. See ALLOWED_HOSTS."
        if not (path.startswith(SIGNED) or is_own_request(method, headers)):
            return 403, "This request came from another site, or does not say where from."
        return None


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if is_https():
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await send(message)

    return send_with_headers
