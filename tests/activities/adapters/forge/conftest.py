"""The forges that the contract is tried on; another implementation is one more parameter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Author, Forge, Message
from activities.adapters.github.setting import github_settings
from tests.github.conftest import parts, world
from tests.github.led import Led
from tests.github.seed import Seeded

from .target import commit_to_main

__all__ = ["parts", "world"]

KARLA = [("Karla-Regular.ttf", b"\0\1\0\0old"), ("OFL.txt", b"The licence\n")]
INTER = [("Inter.ttf", b"\0\1\0\0inter"), ("OFL.txt", b"The licence\n")]
FAMILIES = {"ofl/karla": KARLA, "ofl/inter": INTER}
MESSAGE = Message(
    "Karla: Version 2.004 added",
    "family-pr/karla/run-1",
    datetime(2026, 11, 24, 12, tzinfo=UTC),
    (Author("ada", 7),),
)


@dataclass(frozen=True)
class Tried:
    """A forge, the bare repository with its main branch, the one with our branches, an upstream."""

    forge: Forge
    target: Path
    home: Path
    upstream: str = "https://github.com/googlefonts/karla"


@pytest.fixture(params=["embedded", "github", "fork"])
def tried(request: pytest.FixtureRequest) -> Tried:
    """A forge whose main branch has Karla and Inter, and the repositories behind it."""
    found: Tried = request.getfixturevalue(f"_{request.param}")
    return found


@pytest.fixture
def forge(tried: Tried) -> Forge:
    """The forge, where a test looks at it through the port only."""
    return tried.forge


@pytest.fixture
def _embedded(embedded: EmbeddedForge) -> Tried:
    path = embedded.repository.path
    return Tried(embedded, path, path)


@pytest.fixture
def _github(github: GitHubForge, world: Seeded) -> Tried:
    path = world.fonts.git.path
    return Tried(github, path, path, f"{world.url}/googlefonts/karla")


@pytest.fixture
def _fork(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> Tried:
    fork = world.fork()
    world.install(world.bot, fork.owner, fork)
    monkeypatch.setenv("GITHUB_HEAD_REPOSITORY", fork.full_name)
    commit_to_main(world.fonts.git.path, FAMILIES)  # the fork does not know of it yet
    forge = github_forge(world, monkeypatch)
    return Tried(forge, world.fonts.git.path, fork.git.path, f"{world.url}/googlefonts/karla")


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedForge:
    """The embedded forge, where a test looks behind the port."""
    made = EmbeddedForge(tmp_path / "forge", "https://site.example")
    made.repository.make()
    commit_to_main(made.repository.path, FAMILIES)
    return made


@pytest.fixture
def github(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> GitHubForge:
    """The GitHub forge, led into the stand-in `world`."""
    commit_to_main(world.fonts.git.path, FAMILIES)
    return github_forge(world, monkeypatch)


@pytest.fixture
def empty(tmp_path: Path) -> EmbeddedForge:
    """A forge that nobody has used yet."""
    return EmbeddedForge(tmp_path / "empty", "https://site.example")


def github_forge(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> GitHubForge:
    """A GitHub forge with the settings of that world, led into it."""
    for name, value in world.settings().items():
        monkeypatch.setenv(name, value)
    github_settings.cache_clear()
    return GitHubForge(Led(world))
