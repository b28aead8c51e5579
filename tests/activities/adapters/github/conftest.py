"""A seeded GitHub, and our client of it as our App."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from activities.adapters.github.api import GitHub
from activities.adapters.github.setting import github_settings
from tests.github.app import create
from tests.github.conftest import parts, world
from tests.github.seed import Seeded

__all__ = ["parts", "world"]


@pytest.fixture(autouse=True)
def told(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our settings, as that GitHub's owner would set them."""
    for name, value in world.settings().items():
        monkeypatch.setenv(name, value)
    github_settings.cache_clear()


@pytest.fixture
async def github(world: Seeded) -> AsyncIterator[GitHub]:
    """Our client, led into that GitHub instead of the network."""
    async with GitHub(httpx.ASGITransport(create(world))) as client:
        yield client
