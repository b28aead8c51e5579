"""The client: one request, one answer; it never sends anything twice by itself.

A POST whose answer was lost may have been done: only the caller knows how to look.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from activities.adapters.github import fault, memory
from activities.adapters.github.credential import app_credential, credential, forget
from activities.adapters.github.setting import github_settings

VERSION = "2022-11-28"
TIMEOUT = 60.0  # seconds; a blob of 5 MB takes some 7
Json = Any


class GitHub:
    """Use as `async with GitHub() as github`. `transport` replaces the network in tests.

    Raises PassingFault where waiting helps, else Denied, Missing or Unprocessable.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        headers = {
            "Accept": "application/vnd.github+json",
            "User-Agent": "family-pr",
            "X-GitHub-Api-Version": VERSION,
        }
        self._http = httpx.AsyncClient(
            base_url=github_settings().api_url.rstrip("/"),
            headers=headers,
            timeout=TIMEOUT,
            transport=transport,
            follow_redirects=True,  # renamed repositories; httpx keeps credentials on one host
        )

    async def __aenter__(self) -> Self:
        """Open."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def get(self, path: str, **query: str | int) -> Json:
        """The decoded answer; `path` as GitHub documents it, from `repo_path` or by hand."""
        return await self._ask("GET", path, query=query)

    async def post(self, path: str, **body: Json) -> Json:
        """Create something."""
        return await self._ask("POST", path, body=body)

    async def patch(self, path: str, **body: Json) -> Json:
        """Change something."""
        return await self._ask("PATCH", path, body=body)

    async def put(self, path: str, **body: Json) -> Json:
        """Set something."""
        return await self._ask("PUT", path, body=body)

    async def pages(self, path: str, **query: str | int) -> AsyncIterator[Json]:
        """Every item of a list, page after page."""
        number = 1
        while True:
            found = await self.get(path, **{**query, "per_page": 100, "page": number})
            for item in found:
                yield item
            if len(found) < 100:
                return
            number += 1

    async def as_app(self, method: str, path: str, **query: str | int) -> Json:
        """Ask as the App itself, about the App."""
        signed = app_credential(github_settings())
        return (await self._send(method, path, signed, query=query)).json()

    async def send(
        self, method: str, path: str, credential: str, body: dict[str, Json] | None = None
    ) -> Json:
        """See `credential.Caller`."""
        return (await self._send(method, path, credential, body)).json()

    async def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Json] | None = None,
        query: dict[str, str | int] | None = None,
    ) -> Json:
        """Ask; once more where our token has ended before its time: 401 means nothing was done."""
        owner, name = _place(path)
        held = await credential(self, owner, name)
        try:
            return await self._ask_as(held, method, path, body, query)
        except fault.Unknown:
            fresh = await credential(self, owner, name)
            if fresh == held:
                raise
        return await self._ask_as(fresh, method, path, body, query)

    async def _ask_as(
        self,
        held: str,
        method: str,
        path: str,
        body: dict[str, Json] | None,
        query: dict[str, str | int] | None,
    ) -> Json:
        if method == "GET":
            return await self._read(path, query or {}, held, "/".join(_place(path)).lower())
        response = await self._send(method, path, held, body, query)
        return response.json() if response.content else None

    async def _read(self, path: str, query: dict[str, str | int], held: str, who: str) -> Json:
        """The answer, or the one that we remember where GitHub says that it is still right."""
        chosen = github_settings()
        asked = (f"{name}={value}" for name, value in sorted(query.items()))
        key = (chosen.api_url, chosen.app_id, who, path, *asked)
        known = memory.recall(key)
        response = await self._send("GET", path, held, query=query, tag=known.tag if known else "")
        if known and response.status_code == 304:
            return json.loads(known.content)
        memory.keep(key, response)
        return response.json() if response.content else None

    async def _send(
        self,
        method: str,
        path: str,
        held: str,
        body: dict[str, Json] | None = None,
        query: dict[str, str | int] | None = None,
        tag: str = "",
    ) -> httpx.Response:
        headers = {"Authorization": held, **({"If-None-Match": tag} if tag else {})}
        request = self._http.build_request(method, path, headers=headers, json=body, params=query)
        try:
            response = await self._http.send(request)
        except httpx.TransportError as error:
            raise fault.unreachable(request, error) from None
        if response.status_code == 401:
            forget()
        fault.check(response)
        return response


def repo_path(repository: str, *parts: str | int) -> str:
    """`/repos/owner/name/…` with each part escaped; slashes stay, as in names of branches."""
    return "/".join(["/repos", repository, *(quote(str(part), safe="/") for part in parts)])


def _place(path: str) -> tuple[str, str]:
    """Whose token a path takes: a repository's, an organization's, else the target's."""
    words = path.split("/")
    if words[1] == "repos":
        return words[2], words[3]
    if words[1] == "orgs":
        return words[2], ""
    owner, _, name = github_settings().repository.partition("/")
    return owner, name
