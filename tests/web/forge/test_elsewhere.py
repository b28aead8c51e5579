"""With GitHub as the target its pages are read there, and only ours are looked for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from activities.adapters.github.setting import github_settings
from activities.adapters.settings import settings
from tests.github.app import create
from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.web.visitor import Visitor

__all__ = ["parts", "world"]


@pytest.fixture
def on_github(own_state: Path, world: Seeded, monkeypatch: pytest.MonkeyPatch) -> Seeded:
    for name, value in world.settings().items():
        if name.startswith("GITHUB") or name == "TARGET":
            monkeypatch.setenv(name, value)
    settings.cache_clear()
    github_settings.cache_clear()
    return world


async def led_to(visitor: Visitor, path: str) -> str:
    answer = await visitor.client.get(path)
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_pull_requests_are_those_of_our_branches(visitor: Visitor, on_github: Seeded) -> None:
    address = urlsplit(await led_to(visitor, "/forge/pulls"))
    assert address.path == "/google/fonts/pulls"
    assert parse_qs(address.query) == {"q": ["is:pr head:family-pr/"]}
    assert await led_to(visitor, "/forge/pulls/7") == f"{on_github.url}/google/fonts/pull/7"


async def test_issues_are_those_that_lead_to_a_process(visitor: Visitor, on_github: Seeded) -> None:
    address = urlsplit(await led_to(visitor, "/forge/issues"))
    (words,) = parse_qs(address.query)["q"]
    assert words == 'is:issue in:body "http://127.0.0.1:8000/processes/"'
    one = await led_to(visitor, "/forge/issues/3")
    assert one == f"{on_github.url}/google/family-pr/issues/3"


@pytest.mark.parametrize("path", ["/forge/pulls", "/forge/issues"])
async def test_the_way_leads_to_a_page(visitor: Visitor, on_github: Seeded, path: str) -> None:
    transport = httpx.ASGITransport(create(on_github))
    async with httpx.AsyncClient(transport=transport) as client:
        assert (await client.get(await led_to(visitor, path))).status_code == 200
