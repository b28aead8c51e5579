"""A connection: one open client, the repositories it is about, and the one way to write.

In a dry run a write is kept instead of sent, and answered with what it would have made.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from activities.adapters.forge.port import Write
from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.setting import github_settings

MAIN = "main"
Json = Any


@dataclass
class Connection:
    """`target` takes pull requests; `head` holds their branches: the target itself, or a fork."""

    github: GitHub
    target: str
    head: str
    unsent: list[Write] | None = None
    _login: str = field(default="", init=False)

    @property
    def forked(self) -> bool:
        """Whether branches are written to another repository than the target."""
        return self.head.lower() != self.target.lower()

    async def write(self, method: str, path: str, would: Json, **body: Json) -> Json:
        """Send a change; in a dry run keep it, and answer `would`."""
        if self.unsent is not None:
            self.unsent.append(Write(method, path, _shown(body)))
            return would
        send = {"POST": self.github.post, "PATCH": self.github.patch, "PUT": self.github.put}
        return await send[method](path, **body)

    async def login(self) -> str:
        """Who we are there: the App's bot, or the token's owner."""
        if not self._login:
            if github_settings().app_id:
                slug = (await self.github.as_app("GET", "/app"))["slug"]
                self._login = f"{slug}[bot]"
            else:
                self._login = (await self.github.get("/user"))["login"]
        return self._login

    async def ours(self, repository: str) -> AsyncIterator[Json]:
        """Issues that we filed there, newest first, pull requests among them."""
        path, creator = repo_path(repository, "issues"), await self.login()
        async for found in self.github.pages(path, creator=creator, state="all"):
            yield found


def _shown(body: dict[str, Json]) -> str:
    """A body as it can be shown: of a file its digest and size, not its content."""
    if body.get("encoding") == "base64":
        content = b64decode(body["content"])
        digest = hashlib.sha256(content).hexdigest()
        body = {**body, "content": f"{len(content)} bytes, SHA-256 {digest}"}
    return json.dumps(body, indent=1, ensure_ascii=False)
