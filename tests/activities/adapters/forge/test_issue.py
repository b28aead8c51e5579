"""A forge files an issue once per marker, and records where it belongs."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import DISPATCHER, UPSTREAM, Forge, NotFound, Refused
from activities.adapters.github.setting import github_settings
from tests.github.seed import Seeded

from .conftest import Tried, github_forge

MARKER = "<!-- family-pr:process=family-pr/karla/run-1 -->"
OTHER = "<!-- family-pr:process=family-pr/inter/run-1 -->"
BODY = f"It failed.\n\n{MARKER}\n"


async def test_an_issue_records_where_it_belongs(tried: Tried) -> None:
    issue = await tried.forge.open_issue(UPSTREAM, "Karla", BODY, MARKER, tried.upstream)
    assert await tried.forge.issue(issue.number, UPSTREAM, tried.upstream) == issue
    assert (issue.target, issue.repository, issue.state) == (UPSTREAM, tried.upstream, "open")


async def test_its_page_is_part_of_the_site(embedded: EmbeddedForge) -> None:
    issue = await embedded.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    assert issue.url == "https://site.example/forge/issues/1"


async def test_the_same_marker_gives_the_same_issue(forge: Forge) -> None:
    first = await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    assert await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER) == first
    assert await forge.issues() == [first]


async def test_the_newest_comes_first(forge: Forge) -> None:
    first = await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    second = await forge.open_issue(DISPATCHER, "Inter", OTHER, OTHER)
    assert await forge.issues() == [second, first]


async def test_a_number_that_was_never_given_is_not_found(forge: Forge) -> None:
    with pytest.raises(NotFound, match="no issue 3"):
        await forge.issue(3)


async def test_an_unknown_target_is_refused(forge: Forge) -> None:
    with pytest.raises(Refused, match="Issues go to"):
        await forge.open_issue("nowhere", "Karla", BODY, MARKER)


async def test_upstream_needs_a_repository(forge: Forge) -> None:
    with pytest.raises(Refused, match="not known"):
        await forge.open_issue(UPSTREAM, "Karla", BODY, MARKER)


async def test_an_upstream_where_our_app_is_not_installed_is_refused_with_advice(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.installations.pop(world.installed_upstream.id)
    forge = github_forge(world, monkeypatch)
    with pytest.raises(Refused, match="Choose another place"):
        await forge.open_issue(UPSTREAM, "Karla", BODY, MARKER, f"{world.url}/googlefonts/karla")


async def test_an_upstream_on_another_forge_is_refused_with_advice(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = github_forge(world, monkeypatch)
    with pytest.raises(Refused, match="is not on"):
        await forge.open_issue(UPSTREAM, "Karla", BODY, MARKER, "https://elsewhere.example/a/b")


async def test_without_a_tracker_of_our_own_another_place_has_to_be_chosen(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = github_forge(world, monkeypatch)
    monkeypatch.setenv("GITHUB_DISPATCHER_REPOSITORY", "")
    github_settings.cache_clear()
    with pytest.raises(Refused, match="GITHUB_DISPATCHER_REPOSITORY is not set"):
        await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
