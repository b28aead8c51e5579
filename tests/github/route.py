"""Short words for the page of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.routing import Route

from tests.github.gate import Gate, Handler
from tests.github.world import World

REPOSITORY = "/repos/{owner}/{repo}"


@dataclass(frozen=True)
class Line:
    """One line of that page: method, address, what answers, and the right it needs."""

    method: str
    path: str
    handler: Handler
    needs: str

    def routes(self, world: World) -> Iterator[Route]:
        """The address as Starlette has it."""
        path = self.path.replace("…", REPOSITORY)
        gate = Gate(world, self.handler, self.needs)

        # An object that can be called is an ASGI app to Starlette; only functions are endpoints.
        async def endpoint(request):  # type: ignore[no-untyped-def]  # as Starlette calls it
            return await gate(request)

        yield Route(path, endpoint, methods=[self.method])


def line(method: str, path: str, handler: Handler, needs: str) -> Line:
    """One line."""
    return Line(method, path, handler, needs)
