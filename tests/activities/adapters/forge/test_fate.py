"""What became of a pull request is told as the forge has it, and texts of the main branch."""

from __future__ import annotations

import pytest

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Author, Forge, NotFound
from tests.github import event, pull_merge
from tests.github.seed import Seeded

from .conftest import Tried
from .target import run
from .test_branch import BRANCH
from .test_pull_request import opened


async def test_an_open_pull_request_tells_its_newest_commit(tried: Tried) -> None:
    pull = await opened(tried.forge)
    fate = await tried.forge.fate(pull.number)
    assert (fate.state, fate.head) == ("open", run(tried.home, "rev-parse", BRANCH))
    assert (fate.by, fate.at) == (None, None)


async def test_a_pull_request_that_was_never_there_has_no_fate(forge: Forge) -> None:
    with pytest.raises(NotFound, match="no pull request 7"):
        await forge.fate(7)


async def test_who_merged_it_on_github_is_named(github: GitHubForge, world: Seeded) -> None:
    pull = await opened(github)
    pull_merge.merge(world, world.fonts, world.fonts.issues[pull.number], world.grace)
    fate = await github.fate(pull.number)
    assert (fate.state, fate.by) == ("merged", Author("grace", world.grace.id))
    assert fate.at
    assert (await github.pull_request(pull.number)).state == "merged"


async def test_who_closed_it_on_github_is_named(github: GitHubForge, world: Seeded) -> None:
    pull = await opened(github)
    event.close(world, world.fonts, world.fonts.issues[pull.number], world.grace)
    fate = await github.fate(pull.number)
    assert (fate.state, fate.by) == ("closed", Author("grace", world.grace.id))
    assert fate.at


async def test_a_text_of_the_main_branch_can_be_read(forge: Forge) -> None:
    assert await forge.text("ofl/karla/OFL.txt") == "The licence\n"
    assert await forge.text("ofl/karla/nothing.txt") == ""
    assert await forge.text("ofl/karla") == ""
