"""What became of a pull request is told as the forge has it, and texts of the main branch."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.hand import Hand
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


async def test_closed_and_opened_again_is_told_with_who_did_it(
    tried: Tried, request: pytest.FixtureRequest
) -> None:
    pull = await opened(tried.forge)
    assert (await tried.forge.fate(pull.number)).turns == ()
    if isinstance(tried.forge, EmbeddedForge):
        grace, kim = Author("grace", 2), Author("kim", 3)
        await Hand(tried.forge).change(pull.number, "close", grace)
        await Hand(tried.forge).change(pull.number, "reopen", kim)
    else:
        world: Seeded = request.getfixturevalue("world")
        grace, kim = (Author(a.login, a.id) for a in (world.grace, world.kim))
        event.close(world, world.fonts, world.fonts.issues[pull.number], world.grace)
        event.reopen(world, world.fonts, world.fonts.issues[pull.number], world.kim)
    fate = await tried.forge.fate(pull.number)
    assert [(turn.state, turn.by) for turn in fate.turns] == [("closed", grace), ("open", kim)]
    assert fate.turns[0].number < fate.turns[1].number
    assert (fate.state, fate.by, fate.at) == ("open", kim, fate.turns[1].at)


async def test_a_merge_is_no_turn(github: GitHubForge, world: Seeded) -> None:
    pull = await opened(github)
    issue = world.fonts.issues[pull.number]
    event.close(world, world.fonts, issue, world.kim)
    event.reopen(world, world.fonts, issue, world.kim)
    pull_merge.merge(world, world.fonts, issue, world.grace)
    fate = await github.fate(pull.number)
    assert [turn.state for turn in fate.turns] == ["closed", "open"]
    assert fate.by == Author("grace", world.grace.id)


async def test_where_events_cannot_be_read_the_state_is_told_without_them(
    github: GitHubForge, world: Seeded
) -> None:
    pull = await opened(github)
    event.close(world, world.fonts, world.fonts.issues[pull.number], world.grace)
    world.faults.add("suspended", "GET", "/events$")
    fate = await github.fate(pull.number)
    assert (fate.state, fate.by, fate.turns) == ("closed", Author("grace", world.grace.id), ())
