"""A GitHub that is served on this machine, and the settings by which our tasks find it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from activities.adapters.github import setting
from activities.adapters.settings import settings
from tests.activities.adapters.forge.target import commit_to_main, run
from tests.activities.judged import OLD
from tests.github.seed import Seeded
from tests.github.serving import served


@contextmanager
def github(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seeded]:
    """TARGET is that world, whose google/fonts has the older Karla and somebody else's Inter."""
    families = {"ofl/karla": list(OLD.items()), "ofl/inter": [("Inter.ttf", b"\0\1\0\0")]}
    commit_to_main(world.fonts.git.path, families)
    with served(world):
        for name, value in world.settings().items():
            monkeypatch.setenv(name, value)
        told_anew()
        yield world


def told_anew() -> None:
    """Settings are read again."""
    setting.github_settings.cache_clear()
    settings.cache_clear()


def git(world: Seeded, *arguments: str) -> str:
    """Plain git in that world's google/fonts."""
    return run(world.fonts.git.path, *arguments)
