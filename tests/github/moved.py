"""Addresses by a repository's number, where the old addresses of renamed ones lead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from tests.github.world import World

BY_NUMBER = re.compile(r"/repositories/(\d+)(/.*)?")


@dataclass(frozen=True)
class ByNumber:
    """Takes `/repositories/<id>/…` for `/repos/<owner>/<name>/…`; rights are looked at as there."""

    app: ASGIApp
    world: World

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, under the name of today."""
        match = BY_NUMBER.fullmatch(scope.get("path", ""))
        found = self.world.repositories.get(int(match[1])) if match else None
        if match and found:
            scope = {**scope, "path": f"/repos/{found.full_name}{match[2] or ''}"}
        await self.app(scope, receive, send)
