"""Leads a client into a world instead of the network; a cut connection looks like one."""

from __future__ import annotations

import httpx

from tests.github.app import create
from tests.github.gate import Cut
from tests.github.world import World


class Led(httpx.AsyncBaseTransport):
    """A transport whose far end is that world."""

    def __init__(self, world: World) -> None:
        self._inner = httpx.ASGITransport(create(world))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The world's answer."""
        try:
            return await self._inner.handle_async_request(request)
        except Cut as cut:
            raise httpx.ReadError(str(cut), request=request) from None
