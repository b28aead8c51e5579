"""Branches in a fork: it is brought up to date, never torn, and the target has the rest."""

from __future__ import annotations

import asyncio

import pytest

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Refused
from tests.github.repository import Repository
from tests.github.seed import Seeded

from .conftest import FAMILIES, INTER, MESSAGE, Tried, github_forge
from .target import commit_to_main, run
from .test_branch import BRANCH
from .test_pull_request import NEWER, opened


async def test_a_pull_request_comes_from_the_fork_and_its_status_stands_at_the_target(
    _fork: Tried, world: Seeded
) -> None:
    pull = await opened(_fork.forge)
    found = world.fonts.issues[pull.number].pull
    assert found
    assert found.head_repository.full_name == "family-pr-forks/fonts"
    await _fork.forge.set_status(found.head, "success", "Judged.", "https://site.example/p")
    assert [status.sha for status in world.fonts.statuses] == [found.head]
    assert "family-pr" not in run(_fork.target, "for-each-ref", "refs/heads")


async def test_a_fork_that_lacks_the_judged_commit_is_brought_up_to_date(_fork: Tried) -> None:
    behind = run(_fork.home, "rev-parse", "main")
    await opened(_fork.forge)
    assert run(_fork.home, "rev-parse", "main") == run(_fork.target, "rev-parse", "main") != behind


async def test_a_fork_that_went_its_own_way_is_left_alone_and_told(_fork: Tried) -> None:
    own = commit_to_main(_fork.home, {"ofl/inter": INTER})
    with pytest.raises(Refused, match="cannot follow its parent"):
        await _fork.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert run(_fork.home, "rev-parse", "main") == own


async def test_a_fork_under_the_same_owner_is_named_in_full(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork: Repository = world.repository("google/fonts-work", world.fonts.git.path)
    fork.parent = world.fonts
    world.installed.repositories = None
    monkeypatch.setenv("GITHUB_HEAD_REPOSITORY", fork.full_name)
    commit_to_main(world.fonts.git.path, FAMILIES)
    pull = await opened(github_forge(world, monkeypatch))
    found = world.fonts.issues[pull.number].pull
    assert found
    assert found.head_repository is fork


async def test_several_workers_at_once_open_one(github: GitHubForge, world: Seeded) -> None:
    await asyncio.gather(*(opened(github) for _ in range(3)))
    (pull,) = world.fonts.issues.values()
    assert pull.pull
    assert pull.pull.head == run(world.fonts.git.path, "rev-parse", BRANCH)
