"""The forges that the contract is tried on; another implementation is one more parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import Author, Forge, Message

from .target import commit_to_main

KARLA = [("Karla-Regular.ttf", b"\0\1\0\0old"), ("OFL.txt", b"The licence\n")]
INTER = [("Inter.ttf", b"\0\1\0\0inter"), ("OFL.txt", b"The licence\n")]
MESSAGE = Message(
    "Karla: Version 2.004 added",
    "family-pr/karla/run-1",
    datetime(2026, 11, 24, 12, tzinfo=UTC),
    (Author("ada", 7),),
)


@pytest.fixture(params=["embedded"])
def forge(request: pytest.FixtureRequest, tmp_path: Path) -> Forge:
    """A forge whose main branch has Karla and Inter."""
    made: dict[str, Callable[[Path], Forge]] = {"embedded": _embedded}
    return made[request.param](tmp_path)


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedForge:
    """The embedded forge, where a test looks behind the port."""
    return _embedded(tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> EmbeddedForge:
    """A forge that nobody has used yet."""
    return EmbeddedForge(tmp_path / "empty", "https://site.example")


def _embedded(folder: Path) -> EmbeddedForge:
    embedded = EmbeddedForge(folder / "forge", "https://site.example")
    embedded.repository.make()
    commit_to_main(embedded.repository.path, {"ofl/karla": KARLA, "ofl/inter": INTER})
    return embedded
