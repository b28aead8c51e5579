"""A reverse proxy in front of the site: what it tells is believed if it is the one that was named.

Without TRUST_PROXY the gate refuses whatever says that it was forwarded.
"""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

FORWARDED = (b"forwarded", b"via")


class Behind:
    """ASGI middleware: puts host and scheme in place as the browser used them.

    `proxies` are addresses or networks; raises ValueError where one is neither.
    """

    def __init__(self, app: ASGIApp, proxies: tuple[str, ...]) -> None:
        self.app = app
        self.proxies = [ipaddress.ip_network(proxy) for proxy in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and self.proxies and self._is_proxy(scope.get("client")):
            scope = _as_asked(scope)
        await self.app(scope, receive, send)

    def _is_proxy(self, client: tuple[str, int] | None) -> bool:
        try:
            address = ipaddress.ip_address(client[0] if client else "")
        except ValueError:
            return False
        return any(address in network for network in self.proxies)


def _as_asked(scope: Scope) -> Scope:
    """The request as it came to the proxy, without the headers that tell of it."""
    headers = Headers(scope=scope)
    host = headers.get("x-forwarded-host", headers.get("host", ""))
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if not (name.startswith(b"x-forwarded-") or name in (*FORWARDED, b"host"))
    ]
    scheme = headers.get("x-forwarded-proto", scope["scheme"])
    return {**scope, "scheme": scheme, "headers": [*kept, (b"host", host.encode("latin-1"))]}
