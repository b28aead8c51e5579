"""Bad days on demand: what was ordered happens, as often as ordered, and no more."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.github.gate import Cut
from tests.github.proposal import FONTS
from tests.github.seed import Seeded

ISSUES = f"{FONTS}/issues"
TITLE = {"title": "T"}


@pytest.mark.parametrize(("kind", "made"), [("before", 0), ("after", 1)])
async def test_an_answer_is_lost_before_or_after_the_work(
    world: Seeded, bot: httpx.AsyncClient, kind: str, made: int
) -> None:
    world.faults.add(kind, "POST", "/issues$")
    assert (await bot.get(ISSUES)).status_code == 200
    assert (await bot.post(ISSUES, json=TITLE)).status_code == 502
    assert len((await bot.get(ISSUES)).json()) == made
    assert (await bot.post(ISSUES, json=TITLE)).status_code == 201


async def test_a_connection_is_cut_after_the_work(world: Seeded, bot: httpx.AsyncClient) -> None:
    world.faults.add("cut", "POST", "/issues$")
    with pytest.raises(Cut):
        await bot.post(ISSUES, json=TITLE)
    assert len((await bot.get(ISSUES)).json()) == 1


async def test_github_asks_for_patience(world: Seeded, bot: httpx.AsyncClient) -> None:
    world.faults.add("retry-after", seconds=7)
    world.faults.add("secondary", seconds=9)
    world.faults.add("primary", seconds=11)
    first, second, third = [await bot.get(FONTS) for _ in range(3)]
    assert (first.status_code, first.headers["retry-after"]) == (503, "7")
    assert (second.status_code, second.headers["retry-after"]) == (403, "9")
    assert (third.status_code, third.headers["x-ratelimit-remaining"]) == (403, "0")
    wait = int(third.headers["x-ratelimit-reset"]) - world.now().timestamp()
    assert 0 < wait <= 11


async def test_faults_are_counted_and_wait_their_turn(
    world: Seeded, bot: httpx.AsyncClient
) -> None:
    world.faults.add("before", path="/fonts$", times=2, skip=1)
    statuses = [(await bot.get(FONTS)).status_code for _ in range(4)]
    assert statuses == [200, 502, 502, 200]
    assert len(world.faults.happened) == 2
    began = time.monotonic()
    world.faults.add("slow", seconds=0.2)
    assert (await bot.get(FONTS)).status_code == 200
    assert time.monotonic() - began >= 0.2
    with pytest.raises(ValueError, match="is no fault"):
        world.faults.add("typo")


async def test_faults_are_ordered_from_outside(world: Seeded, bot: httpx.AsyncClient) -> None:
    order = {"kind": "before", "method": "GET", "path": "/fonts$"}
    assert (await bot.post("/-/faults", json=order)).status_code == 200
    assert (await bot.get(FONTS)).status_code == 502
    assert (await bot.post("/-/faults", json={"kind": "typo"})).status_code == 422
    await bot.post(ISSUES, json=TITLE)
    closed = await bot.post("/-/issues/google/fonts/1/close", json={"login": "ada"})
    assert closed.json() == {"number": 1, "state": "closed"}
    assert (await bot.post("/-/issues/google/fonts/9/close")).status_code == 422
    assert "issues/create" not in (await bot.get("/-/record")).text
    assert "/issues" in (await bot.get("/-/record")).text
