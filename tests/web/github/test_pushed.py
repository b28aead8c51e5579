"""A push to the target's main branch: what waits for the push lists is looked at, nothing else."""

from __future__ import annotations

import asyncio
import base64
import json

import httpx
import pytest
from fastapi import FastAPI

from activities.adapters.forge.mark import branch_name
from tests.github.proposal import FONTS, branch
from tests.github.seed import Seeded
from tests.web.fake import FakeProcesses
from tests.web.github.test_webhook import app, bot, parts, speak, world
from tests.web.scene import DONE, bring, merged
from web.github import pushed
from web.github.webhook import MOST_COMMITS, hint
from workflows.domain.actor import Actor
from workflows.domain.sight import Sight

__all__ = ["app", "bot", "parts", "speak", "world"]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed, "PAUSE", 0)
    monkeypatch.setattr(pushed, "REST", 0)


async def put(bot: httpx.AsyncClient, path: str, branch: str = "main") -> None:
    """Somebody changes one file on a branch."""
    content = base64.b64encode(f"ofl/karla # {path}".encode()).decode()
    body = {"message": "Push list", "content": content, "branch": branch}
    there = await bot.get(f"{FONTS}/contents/{path}", params={"ref": branch})
    if there.status_code == 200:
        body["sha"] = there.json()["sha"]
    answer = await bot.put(f"{FONTS}/contents/{path}", json=body)
    assert answer.status_code in (200, 201), answer.text


async def scenes(processes: FakeProcesses) -> list[str]:
    """A pull request at every point; the branches of those that wait for the push lists."""
    at = {}
    for family in ("Karla", "Rubik", "Anton", "Lora"):
        at[family] = await bring(processes, family, *DONE)
    head, by = "a" * 40, Actor("grace", 2)
    merged(processes, at["Karla"])
    merged(processes, at["Rubik"], Sight("merged", head, by, None, True, False))
    merged(processes, at["Anton"], Sight("open", head))
    merged(processes, at["Lora"], Sight("closed", head, by))
    return sorted(branch_name(*at[family]) for family in ("Karla", "Rubik"))


async def test_what_is_merged_is_looked_at_when_a_push_list_changes(
    world: Seeded, app: FastAPI, processes: FakeProcesses, bot: httpx.AsyncClient
) -> None:
    waits = await scenes(processes)
    await put(bot, "to_sandbox.txt")
    [told] = world.outbox.deliveries
    assert await world.outbox.send(told, secret="guessed") == 403
    assert await world.outbox.send(told) == 202
    assert await world.outbox.send(told) == 202
    await app.state.site.pushed._round
    assert sorted(processes.hints) == waits


async def test_pushes_of_anything_else_or_elsewhere_are_nothing_to_us(
    world: Seeded, app: FastAPI, processes: FakeProcesses, bot: httpx.AsyncClient
) -> None:
    await scenes(processes)
    await put(bot, "ofl/karla/DESCRIPTION.en_us.html")
    await branch(bot, "karla", {"ofl/karla/a": b"a"})
    await put(bot, "to_sandbox.txt", "karla")
    for told in world.outbox.deliveries:
        assert await world.outbox.send(told) == 202
    assert len(world.outbox.deliveries) == 3
    assert app.state.site.pushed._round is None
    await put(bot, "to_production.txt")
    body = world.outbox.deliveries[-1].body
    assert hint("push", body, "google/fonts").pushed
    assert not hint("push", body, "ada/fonts").pushed


async def test_a_push_that_does_not_tell_all_its_files_counts(
    world: Seeded, app: FastAPI, bot: httpx.AsyncClient
) -> None:
    await put(bot, "ofl/karla/DESCRIPTION.en_us.html")
    content = json.loads(world.outbox.deliveries[-1].body)
    one = content["commits"][0]
    for commits, counts in (([one], False), ([], True), ([one] * MOST_COMMITS, True)):
        body = json.dumps({**content, "commits": commits}).encode()
        assert hint("push", body, "google/fonts").pushed is counts


async def test_a_hundred_pushes_make_two_rounds_at_most(
    processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = await scenes(processes)
    monkeypatch.setattr(pushed, "REST", 0.5)
    made = pushed.Pushed(processes)
    for _ in range(100):
        made.arrived()
        await asyncio.sleep(0)
    assert made._round
    await made._round
    assert sorted(processes.hints) == sorted(2 * waits)


async def test_while_temporal_is_away_the_site_goes_on(processes: FakeProcesses) -> None:
    waits = await scenes(processes)
    made = pushed.Pushed(processes)
    processes.reachable = False
    made.arrived()
    assert made._round
    await made._round
    processes.reachable = True
    made.arrived()
    await made._round
    assert sorted(processes.hints) == waits
