"""A forge files an issue once per marker, and records where it belongs."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import DISPATCHER, UPSTREAM, Forge, NotFound, Refused

MARKER = "<!-- family-pr:process=family-pr/karla/run-1 -->"
BODY = f"It failed.\n\n{MARKER}\n"
REPOSITORY = "https://github.com/googlefonts/karla"


async def test_an_issue_records_where_it_belongs(forge: Forge) -> None:
    issue = await forge.open_issue(UPSTREAM, "Karla", BODY, MARKER, REPOSITORY)
    assert await forge.issue(issue.number) == issue
    assert (issue.target, issue.repository, issue.state) == (UPSTREAM, REPOSITORY, "open")


async def test_its_page_is_part_of_the_site(embedded: EmbeddedForge) -> None:
    issue = await embedded.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    assert issue.url == "https://site.example/forge/issues/1"


async def test_the_same_marker_gives_the_same_issue(forge: Forge) -> None:
    first = await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    assert await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER) == first
    assert await forge.issues() == [first]


async def test_the_newest_comes_first(forge: Forge) -> None:
    first = await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    second = await forge.open_issue(DISPATCHER, "Inter", "<!-- i -->", "<!-- i -->")
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
