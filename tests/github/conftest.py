"""A seeded GitHub for each test, and clients that speak to it as somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from local import upstream
from tests.github import token
from tests.github.app import create
from tests.github.record import Record
from tests.github.seed import Seeded

Speak = Callable[[str | None], httpx.AsyncClient]


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Karla's repositories, made once."""
    folder = tmp_path_factory.mktemp("parts")
    upstream.build(folder)
    return folder


@pytest.fixture
def world(tmp_path: Path, parts: Path) -> Iterator[Seeded]:
    """A GitHub of its own; what its answers do wrong fails the test, not the whole run."""
    made = Seeded(tmp_path / "github", parts=parts)
    made.record = Record()
    yield made
    assert not made.record.violations


@pytest.fixture
def speak(world: Seeded) -> Speak:
    """A client with a token, or with none."""
    app = create(world)

    def client(value: str | None) -> httpx.AsyncClient:
        headers = {"X-GitHub-Api-Version": "2022-11-28", "User-Agent": "tests"}
        if value:
            headers["Authorization"] = f"Bearer {value}"
        transport = httpx.ASGITransport(app)
        return httpx.AsyncClient(transport=transport, base_url=world.url, headers=headers)

    return client


@pytest.fixture
def bot(world: Seeded, speak: Speak) -> httpx.AsyncClient:
    """Our App in its installation."""
    return speak(token.mint(world, world.installed)[0])


@pytest.fixture
def ada(world: Seeded, speak: Speak) -> httpx.AsyncClient:
    """Ada with a token for all that she may do."""
    every = dict.fromkeys(("contents", "issues", "pull_requests", "statuses"), "write")
    return speak(world.token(world.ada, **every))
