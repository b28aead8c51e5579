"""A seeded GitHub, the settings for it, and the people as it knows them."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from activities.adapters.github.setting import github_settings
from activities.adapters.people.github import GitHubPeople
from activities.adapters.settings import settings
from tests.github.account import Account
from tests.github.app import create
from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from workflows.domain.actor import Actor

__all__ = ["parts", "world"]

KARLA = "googlefonts/karla"


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def told(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our settings; over plain http an upstream is on this machine or nowhere."""
    world.url = "http://127.0.0.1:4100"
    for name, value in world.settings().items():
        monkeypatch.setenv(name, value)
    github_settings.cache_clear()
    settings.cache_clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(world: Seeded, clock: Clock) -> GitHubPeople:
    return GitHubPeople(clock, httpx.ASGITransport(create(world)))


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """ENGINEERS as it would be set."""

    def set_to(*logins: str, team: str = "") -> None:
        monkeypatch.setenv("ENGINEERS", ",".join(logins))
        monkeypatch.setenv("GITHUB_ENGINEERS_TEAM", team)
        settings.cache_clear()
        github_settings.cache_clear()

    return set_to


def actor(account: Account) -> Actor:
    return Actor(account.login, account.id)
