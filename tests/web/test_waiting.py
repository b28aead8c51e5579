"""“Waits for me” where designers are those who may write to a process's own upstream."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from activities.authoring import DESIGNER, INITIATOR, VERDICT, ask
from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.web.github_site import GitHubSite, opened, tell
from tests.web.scene import answer, bring
from tests.web.visitor import Visitor
from web import waiting
from workflows.domain.actor import Actor
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.task import Task
from workflows.reading.document import Document

__all__ = ["parts", "world"]


def asking(*roles: str) -> Any:
    def start(process: Process, task: Task) -> Outcome:
        return ask("Is this glyph meant so?", *VERDICT, roles=roles)

    return start


@pytest.fixture
async def site(
    world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[GitHubSite]:
    tell(world, monkeypatch)
    async with opened(GitHubSite(world, own_state)) as made:
        made.processes.script["preflight.start"] = asking(DESIGNER)
        yield made


@pytest.fixture
def reads(site: GitHubSite, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The families whose process was read."""
    read, found = site.processes.document, list[str]()

    async def document(key: str, run: str) -> Document:
        found.append(key)
        return await read(key, run)

    monkeypatch.setattr(site.processes, "document", document)
    return found


async def mine(visitor: Visitor) -> set[str]:
    data = await visitor.data("/?show=mine")
    assert data["counts"]["mine"] == len(data["mine"]) == len(data["rows"])
    return {row["family"] for row in data["rows"]}


async def test_a_process_waits_for_those_who_may_write_to_its_upstream(site: GitHubSite) -> None:
    await bring(site.processes, "Karla", "intake")
    at = await bring(site.processes, "Rubik")
    await answer(site.processes, at, "intake", repository="https://github.com/google/fonts")
    assert await mine(await site.sign_in("kim")) == {"Karla"}
    assert await mine(await site.sign_in("eve")) == set()
    assert await mine(site.window()) == set()


async def test_a_repository_that_nobody_has_accepted_makes_nobody_a_designer(
    site: GitHubSite,
) -> None:
    site.processes.script["intake.start"] = asking(DESIGNER)
    await bring(site.processes, "Karla")
    assert await mine(await site.sign_in("kim")) == set()


async def test_it_waits_for_whoever_began_it_and_not_for_the_next_of_that_name(
    site: GitHubSite,
) -> None:
    site.processes.script["preflight.start"] = asking(INITIATOR)
    eve = site.world.eve
    await bring(site.processes, "Karla", "intake", by=Actor("eve", eve.id))
    eve.login = "eva"
    site.world.account("eve")
    assert await mine(await site.sign_in("eve")) == set()
    assert await mine(await site.sign_in("eva")) == {"Karla"}


async def test_a_request_is_read_once_and_few_at_a_time(
    site: GitHubSite, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    families = {"Karla", "Rubik", "Anton"}
    for family in families:
        await bring(site.processes, family, "intake")
    kim = await site.sign_in("kim")
    assert len(await mine(kim)) == len(reads) == 2
    assert await mine(kim) == families
    assert await mine(kim) == families
    assert await mine(await site.sign_in("eve")) == set()
    assert sorted(reads) == ["anton", "karla", "rubik"]


async def test_a_minute_has_its_bound_for_all_who_look(
    site: GitHubSite, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 1)
    for family in ("Karla", "Rubik"):
        await bring(site.processes, family, "intake")
    for _ in range(3):
        assert len(await mine(await site.sign_in("kim"))) == 1
    assert await mine(await site.sign_in("eve")) == set()
    assert len(reads) == 1


async def test_where_github_or_a_process_is_silent_nothing_waits_and_the_board_is_drawn(
    site: GitHubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(site.processes, "Karla", "intake")
    kim = await site.sign_in("kim")
    site.world.faults.add("before", "GET", "/collaborators/", times=9)
    assert await mine(kim) == set()

    async def broken(key: str, run: str) -> Document:
        raise ValueError("not to be read")

    monkeypatch.setattr(site.processes, "document", broken)
    assert await mine(await site.sign_in("grace")) == set()
    assert "Karla" in (await kim.get("/")).text


async def test_a_slow_answer_holds_no_board_up_and_counts_when_it_is_there(
    site: GitHubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    await bring(site.processes, "Karla", "intake")
    kim = await site.sign_in("kim")
    site.world.faults.add("slow", "GET", "/collaborators/", seconds=0.5)
    assert await mine(kim) == set()
    monkeypatch.setattr(waiting, "PATIENCE", 5.0)
    assert await mine(kim) == {"Karla"}


async def test_who_lost_the_right_finds_nothing_after_a_while(
    site: GitHubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(site.processes, "Karla", "intake")
    kim = await site.sign_in("kim")
    assert await mine(kim) == {"Karla"}
    site.world.karla.roles[site.world.kim.id] = "read"
    site.now += 301
    monkeypatch.setattr(site.app.state.site.waiting, "_clock", lambda: site.now + 10**9)
    assert await mine(kim) == set()
