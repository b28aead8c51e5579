"""A browser without a window: it signs in, reads forms, fills them in, and sends them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
JSON = {"Accept": "application/json"}


class Visitor:
    """One person's browser; headers as Chromium sends them."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def sign_in(self, login: str) -> httpx.Response:
        """Be somebody."""
        return await self.send("/sign-in", "/sign-in", login=login)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Load a page."""
        return await self.client.get(path, headers=headers, follow_redirects=True)

    async def data(self, path: str) -> dict[str, Any]:
        """Load a page as a program does."""
        answer = await self.client.get(path, headers=JSON, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def send(self, page: str, action: str, **typed: str) -> httpx.Response:
        """Fill in the form of that page that goes to `action`, and send it."""
        hidden = hidden_fields((await self.get(page)).text, action)
        return await self.post(action, {**hidden, **typed})

    async def post(self, action: str, sent: dict[str, str], **headers: str) -> httpx.Response:
        """Send form data."""
        return await self.client.post(action, data=sent, headers={**SAME_ORIGIN, **headers})


def hidden_fields(html: str, action: str) -> dict[str, str]:
    """What a form carries besides what is typed into it."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert found, f"no form goes to {action}"
    fields = re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', found.group())
    return {name: unescape(value) for name, value in fields}
