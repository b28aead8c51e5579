"""Issues, comments and labels."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import httpx

from tests.github.conftest import Speak
from tests.github.proposal import FONTS
from tests.github.seed import Seeded


async def test_an_issue_with_labels_made_on_the_fly(bot: httpx.AsyncClient) -> None:
    body = {"title": "Karla stops", "body": "Because.", "labels": ["I New Font", "never seen"]}
    made = (await bot.post(f"{FONTS}/issues", json=body)).json()
    assert (made["number"], made["state"]) == (1, "open")
    assert [label["name"] for label in made["labels"]] == ["I New Font", "never seen"]
    assert (await bot.get(f"{FONTS}/labels/never%20seen")).status_code == 200
    again = await bot.post(f"{FONTS}/labels", json={"name": "Never Seen"})
    assert again.json()["errors"][0]["code"] == "already_exists"
    removed = await bot.delete(f"{FONTS}/issues/1/labels/never%20seen")
    assert [label["name"] for label in removed.json()] == ["I New Font"]
    assert (await bot.delete(f"{FONTS}/issues/1/labels/never%20seen")).status_code == 404


async def test_labels_of_those_who_may_not_set_them_are_dropped_in_silence(
    world: Seeded, speak: Speak
) -> None:
    eve = speak(world.token(world.eve, issues="write"))
    made = (await eve.post(f"{FONTS}/issues", json={"title": "T", "labels": ["x"]})).json()
    assert made["labels"] == []
    labels = await eve.post(f"{FONTS}/issues/1/labels", json={"labels": ["x"]})
    assert labels.status_code == 403
    own = await eve.patch(f"{FONTS}/issues/1", json={"title": "Mine"})
    assert own.json()["title"] == "Mine"


async def test_lists_know_creator_label_state_and_time(
    world: Seeded, bot: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    await bot.post(f"{FONTS}/issues", json={"title": "one", "labels": ["a", "b"]})
    world.ahead += timedelta(minutes=5)
    await ada.post(f"{FONTS}/issues", json={"title": "two"})
    closed = {"state": "closed", "state_reason": "not_planned"}
    assert (await ada.patch(f"{FONTS}/issues/2", json=closed)).json()[
        "state_reason"
    ] == "not_planned"
    since = quote((world.now() - timedelta(minutes=1)).isoformat())
    for query, titles in {
        "": ["one"],
        "state=all": ["two", "one"],
        f"creator={quote('family-pr[bot]')}": ["one"],
        "creator=ada": [],
        "labels=a,b": ["one"],
        "labels=a,c": [],
        f"state=all&since={since}": ["two"],
        "state=all&per_page=1&page=2": ["one"],
    }.items():
        found = (await bot.get(f"{FONTS}/issues?{query}")).json()
        assert [issue["title"] for issue in found] == titles, query
    page = await bot.get(f"{FONTS}/issues?state=all&per_page=1")
    assert 'page=2>; rel="next"' in page.headers["link"]


async def test_comments_are_changed_by_their_author(
    world: Seeded, bot: httpx.AsyncClient, speak: Speak
) -> None:
    await bot.post(f"{FONTS}/issues", json={"title": "T"})
    place = f"{FONTS}/issues/1/comments"
    made = (await bot.post(place, json={"body": "first"})).json()
    edited = await bot.patch(f"{FONTS}/issues/comments/{made['id']}", json={"body": "second"})
    assert edited.json()["body"] == "second"
    eve = speak(world.token(world.eve, issues="write"))
    theirs = await eve.patch(f"{FONTS}/issues/comments/{made['id']}", json={"body": "third"})
    assert theirs.status_code == 403
    assert [c["body"] for c in (await bot.get(place)).json()] == ["second"]
    assert (await bot.post(place, json={"body": " "})).status_code == 422


async def test_texts_have_limits(bot: httpx.AsyncClient) -> None:
    for body in ({"title": "T" * 257}, {"title": "T", "body": "x" * 65_537}):
        answer = await bot.post(f"{FONTS}/issues", json=body)
        assert answer.status_code == 422
        assert "too long" in answer.json()["errors"][0]["message"]
    fits = {"title": "T" * 256, "body": "x" * 65_536}
    assert (await bot.post(f"{FONTS}/issues", json=fits)).status_code == 201
    world_off = await bot.get(f"{FONTS}/issues/9")
    assert world_off.status_code == 404
