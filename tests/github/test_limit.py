"""Rate limits, and answers that one has already."""

from __future__ import annotations

from datetime import timedelta

import httpx

from tests.github.conftest import Speak
from tests.github.proposal import FONTS
from tests.github.seed import Seeded


async def test_an_unchanged_answer_is_304_and_free(bot: httpx.AsyncClient) -> None:
    first = await bot.get(f"{FONTS}/pulls")
    tag = {"If-None-Match": first.headers["etag"]}
    again = await bot.get(f"{FONTS}/pulls", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    left = [int(a.headers["x-ratelimit-remaining"]) for a in (first, again)]
    assert left[0] == left[1]
    await bot.post(f"{FONTS}/labels", json={"name": "new"})
    assert (await bot.get(f"{FONTS}/labels", headers=tag)).status_code == 200


async def test_an_hours_requests_are_counted(world: Seeded, bot: httpx.AsyncClient) -> None:
    world.limits.core = 2
    for left in ("1", "0"):
        assert (await bot.get(FONTS)).headers["x-ratelimit-remaining"] == left
    refused = await bot.get(FONTS)
    assert (refused.status_code, refused.headers["x-ratelimit-remaining"]) == (403, "0")
    assert int(refused.headers["x-ratelimit-reset"]) > world.now().timestamp()
    assert (await bot.get("/rate_limit")).json()["resources"]["core"]["remaining"] == 0
    world.ahead += timedelta(hours=1)
    world.installed.suspended_at = None
    assert world.limits.headers("installation/1", world.now())["X-RateLimit-Used"] == "0"


async def test_too_many_new_things_a_minute_are_refused(
    world: Seeded, ada: httpx.AsyncClient
) -> None:
    world.limits.content = 2
    for status in (201, 201, 403):
        answer = await ada.post(f"{FONTS}/issues", json={"title": "T"})
        assert answer.status_code == status
    assert "secondary rate limit" in answer.json()["message"]
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert (await ada.get(FONTS)).status_code == 200
    world.ahead += timedelta(minutes=1)
    assert (await ada.post(f"{FONTS}/issues", json={"title": "T"})).status_code == 201


async def test_every_answer_has_its_own_number(speak: Speak) -> None:
    numbers = {(await speak(None).get(FONTS)).headers["x-github-request-id"] for _ in range(3)}
    assert len(numbers) == 3
