"""A person at the site, as a program: signs in, looks, answers; by the site's own JSON."""

from __future__ import annotations

from typing import Any

import httpx

Json = dict[str, Any]


class SiteSaidNo(Exception):  # noqa: N818  reads as a sentence
    """The site refused something; the message is the site's."""


class Person:
    """Somebody signed in to the embedded default under a login."""

    def __init__(self, site: str, login: str) -> None:
        headers = {"Accept": "application/json", "Origin": site}
        self.login = login
        self.site = site
        self._http = httpx.AsyncClient(base_url=site, headers=headers, timeout=30)
        self._csrf = ""

    async def sign_in(self) -> None:
        """Become somebody."""
        self._csrf = (await self.get("/sign-in"))["csrf"]
        self._csrf = (await self.post("/sign-in", login=self.login))["csrf"]

    async def get(self, path: str) -> Json:
        """What a page shows, as data."""
        return _read(await self._http.get(path))

    async def read(self, path: str, kind: str) -> bytes:
        """What a page says in that media type, whatever it says."""
        return (await self._http.get(path, headers={"Accept": kind})).content

    async def post(self, path: str, **content: Any) -> Json:
        """Send a form."""
        return _read(await self._http.post(path, json={**content, "csrf": self._csrf}))

    async def begin(self, **reply: str) -> str:
        """Ask for a family; the path of its process page."""
        return str((await self.post("/processes", reply=reply))["url"])

    async def answer(self, offer: Json, reply: dict[str, str]) -> None:
        """Answer a question."""
        await self.post(
            offer["url"],
            interaction=offer["interaction"],
            attempt=offer["attempt"],
            number=offer["number"],
            reply=reply,
        )

    async def finalize(self, offer: Json, step: str, reason: str) -> None:
        """Close a failing step."""
        await self.post(
            offer["url"],
            interaction=offer["interaction"],
            number=offer["number"],
            step=step,
            reason=reason,
        )

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()


def _read(response: httpx.Response) -> Json:
    if response.status_code >= 400:
        try:
            why = response.json().get("error", response.text)
        except ValueError:
            why = response.text
        raise SiteSaidNo(f"{response.request.url.path}: {response.status_code}: {why[:500]}")
    content: Json = response.json()
    return content
