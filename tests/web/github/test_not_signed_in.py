"""Whoever GitHub does not let in, or who is nobody here, reads what is the matter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.web.github_site import GitHubSite, opened, tell

__all__ = ["parts", "world"]


@pytest.fixture
async def site(
    world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[GitHubSite]:
    tell(world, monkeypatch)
    async with opened(GitHubSite(world, own_state)) as made:
        yield made


async def test_an_account_that_is_no_persons_is_told_so(site: GitHubSite) -> None:
    window = site.window()
    back = await site.way_back(window, "ada")
    site.world.ada.kind = "Bot"
    answer = await window.get(back)
    assert answer.status_code == 400
    assert "ada is no person&#39;s account" in answer.text
    assert "of the kind “Bot”" in answer.text
    assert "Sign in to begin" in (await window.get("/new")).text


async def test_a_refusal_is_not_called_silence(site: GitHubSite) -> None:
    window = site.window()
    back = await site.way_back(window, "ada")
    site.world.faults.add("suspended", "GET", "/user$")
    answer = await window.get(back)
    assert answer.status_code == 400
    assert "GitHub does not say who you are." in answer.text
    assert "Your account was suspended" in answer.text
