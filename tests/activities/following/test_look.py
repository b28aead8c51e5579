"""A look sees what the forge has, and says beside a commit of others that nobody judged it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Forge
from activities.adapters.settings import settings
from activities.authoring import PassingFault
from activities.following import look as module
from activities.following.look import look, see
from tests.activities.adapters.forge.conftest import (
    Tried,
    _embedded,
    _fork,
    _github,
    embedded,
    forge,
    github,
    parts,
    tried,
    world,
)
from tests.activities.adapters.forge.target import commit_to_main
from tests.activities.adapters.forge.test_branch import BRANCH
from tests.activities.adapters.forge.test_pull_request import opened
from tests.github import event, hand
from tests.github.seed import Seeded
from workflows.domain.sight import Look

__all__ = [
    "_embedded",
    "_fork",
    "_github",
    "embedded",
    "forge",
    "github",
    "parts",
    "tried",
    "world",
]

OTHERS = {"ofl/karla": [("Karla-Regular.ttf", b"\0\1\0\0else")]}


async def asked(forge: Forge) -> Look:
    pull = await opened(forge)
    head = (await forge.fate(pull.number)).head
    return Look(pull.number, pull.url, "ofl/karla", head, "", False, "karla", "run-1")


async def pushed(tried: Tried, request: pytest.FixtureRequest) -> None:
    """Somebody pushes to the branch, and GitHub notices."""
    commit_to_main(tried.home, OTHERS, BRANCH)
    if isinstance(tried.forge, GitHubForge):
        seeded: Seeded = request.getfixturevalue("world")
        home = next(r for r in seeded.repositories.values() if r.git.path == tried.home)
        event.pushed(seeded, home, BRANCH, seeded.kim)


async def test_a_commit_of_others_is_marked_as_not_judged(
    tried: Tried, request: pytest.FixtureRequest
) -> None:
    look = await asked(tried.forge)
    before = await see(tried.forge, look)
    assert (before.state, before.head) == ("open", look.commit)
    assert (await tried.forge.pull_request(look.number)).status is None
    await pushed(tried, request)
    after = await see(tried.forge, look)
    assert after.head != look.commit
    said = (await tried.forge.pull_request(look.number)).status
    assert said
    assert (said.commit, said.state) == (after.head, "failure")
    assert said.text == "This commit was not judged."
    assert said.url.endswith("/processes/karla/run-1")


async def test_what_is_known_already_is_not_said_again(
    tried: Tried, request: pytest.FixtureRequest
) -> None:
    look = await asked(tried.forge)
    await pushed(tried, request)
    head = (await tried.forge.fate(look.number)).head
    await see(tried.forge, replace(look, head=head))
    assert (await tried.forge.pull_request(look.number)).status is None


async def test_the_whole_way_on_github(github: GitHubForge, world: Seeded) -> None:
    look = await asked(github)
    hand.change(world, "google/fonts", look.number, "merge", "grace")
    seen = await see(github, look)
    assert (seen.state, seen.by.login, seen.by.id) == ("merged", "grace", world.grace.id)
    assert (seen.to_sandbox, seen.to_production) == (False, False)
    for name, expected in (("to_sandbox.txt", (True, False)), ("to_production.txt", (False, True))):
        line = f"# Upgrade\nofl/karla # {look.url}\n".encode()
        commit_to_main(world.fonts.git.path, {".": [(name, line)]})
        seen = await see(github, look)
        assert (seen.to_sandbox, seen.to_production) == expected


async def test_a_look_tells_only_turns_that_are_not_known_and_which_forge_it_was(
    github: GitHubForge, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = await asked(github)
    for action in ("close", "reopen"):
        hand.change(world, "google/fonts", look.number, action, "grace")
    first = await see(github, look)
    assert [(turn.state, turn.by.id) for turn in first.turns] == [
        ("closed", world.grace.id), ("open", world.grace.id),
    ]  # fmt: skip
    known = replace(look, turn=first.turns[-1].number)
    assert (await see(github, known)).turns == ()
    for target, name in (("github", "github"), ("embedded", "forge")):
        monkeypatch.setenv("TARGET", target)
        settings.cache_clear()
        assert (await see(github, known)).forge.login == name


async def test_a_pull_request_that_is_gone_is_no_passing_fault(
    forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "forge", lambda: forge)
    gone = Look(77, "https://example.org/77", "ofl/karla", "a" * 40, "", False)
    with pytest.raises(ApplicationError, match="no pull request 77") as raised:
        await ActivityEnvironment().run(look, gone)
    assert raised.value.non_retryable


async def test_what_a_look_says_of_its_trouble_holds_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> Forge:
        raise PassingFault("GET https://ada:hunter2@example.org failed")

    monkeypatch.setattr(module, "forge", broken)
    gone = Look(77, "https://example.org/77", "ofl/karla", "a" * 40, "", False)
    with pytest.raises(ApplicationError) as raised:
        await ActivityEnvironment().run(look, gone)
    assert "hunter2" not in str(raised.value)
