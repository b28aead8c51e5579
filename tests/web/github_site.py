"""The site with people who sign in through the stand-in for GitHub, without a network."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from activities.adapters.github.setting import github_settings
from activities.adapters.people.github import GitHubPeople
from activities.adapters.people.sign_in import GitHubSignIn
from activities.adapters.settings import settings
from tests.github.led import Led
from tests.github.seed import Seeded
from tests.web.fake import FakeProcesses
from tests.web.trial import ToGitHub, make_app
from tests.web.visitor import Visitor
from web.github.sign_in import CALLBACK, START

SITE = "http://127.0.0.1:8000"


class GitHubSite:
    """A site, and browsers that people use there and at GitHub."""

    def __init__(self, world: Seeded, folder: Path, site: str = SITE) -> None:
        self.world, self.site = world, site
        self.processes = FakeProcesses()
        self.now = 0.0
        self.transport = Led(world)
        self.people = GitHubPeople(lambda: self.now, self.transport)
        provider = GitHubSignIn(site + CALLBACK, self.transport)
        self.app: FastAPI = make_app(self.processes, folder, github=ToGitHub(self.people, provider))
        self.windows: list[httpx.AsyncClient] = []

    def window(self) -> Visitor:
        """A browser that has never been here."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url=self.site)
        self.windows.append(client)
        return Visitor(client)

    async def agree(self, away: str, login: str, answer: str = "authorize") -> str:
        """Press the button of GitHub's page; the path that it leads back to."""
        async with httpx.AsyncClient(transport=self.transport) as github:
            shown = await github.get(away)
            assert shown.status_code == 200, shown.text
            hidden = re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', shown.text)
            form = {unescape(name): unescape(value) for name, value in hidden}
            where = f"{self.world.url}/login/oauth/authorize"
            back = await github.post(where, data={**form, "login": login, "answer": answer})
        parts = urlsplit(back.headers["location"])
        assert f"{parts.scheme}://{parts.netloc}" == self.site
        return f"{parts.path}?{parts.query}"

    async def way_back(self, window: Visitor, login: str, next: str = "/") -> str:
        """Leave for GitHub and agree there; the path back."""
        left = await window.client.get(START, params={"next": next})
        assert left.status_code == 303, left.text
        return await self.agree(left.headers["location"], login)

    async def sign_in(self, login: str) -> Visitor:
        """A browser of somebody who has signed in."""
        window = self.window()
        answer = await window.client.get(await self.way_back(window, login))
        assert answer.status_code == 303, answer.text
        return window


@asynccontextmanager
async def opened(made: GitHubSite) -> AsyncIterator[GitHubSite]:
    """The site, until its test is over."""
    yield made
    for window in made.windows:
        await window.aclose()
    made.app.state.site.sessions.close()


def tell(world: Seeded, monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """Set what that GitHub's owner would set; it stands at GitHub's own address here."""
    world.url = "https://github.com"
    for name, value in {**world.settings(), "TARGET": "embedded", **more}.items():
        monkeypatch.setenv(name, value)
    for cached in (settings, github_settings):
        cached.cache_clear()
