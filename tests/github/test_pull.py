"""Pull requests are made of blobs, trees, commits and refs, and refused as GitHub refuses them."""

from __future__ import annotations

import base64

import httpx

from tests.github.proposal import FONTS, branch, commit, pull
from tests.github.seed import Seeded


async def test_a_pull_request_from_blob_to_status(bot: httpx.AsyncClient, world: Seeded) -> None:
    made = await branch(bot, "dispatcher/karla/1", {"ofl/karla/NEW.txt": b"new\n"})
    assert made.status_code == 201
    opened = await pull(bot, "dispatcher/karla/1", body="text", draft=False)
    assert opened.status_code == 201, opened.text
    shown = opened.json()
    assert shown["number"] == 1
    assert shown["user"]["login"] == "family-pr[bot]"
    assert shown["html_url"] == f"{world.url}/google/fonts/pull/1"
    assert shown["head"]["sha"] == made.json()["object"]["sha"]
    assert (shown["changed_files"], shown["additions"], shown["commits"]) == (1, 1, 1)
    files = (await bot.get(f"{FONTS}/pulls/1/files")).json()
    assert [(f["filename"], f["status"]) for f in files] == [("ofl/karla/NEW.txt", "added")]
    assert files[0]["patch"].endswith("+new")
    labels = await bot.post(
        f"{FONTS}/issues/1/labels", json={"labels": ["I Font Upgrade", "fresh"]}
    )
    assert [label["name"] for label in labels.json()] == ["I Font Upgrade", "fresh"]
    sha = shown["head"]["sha"]
    body = {"state": "success", "context": "family-pr", "target_url": "https://example.com/"}
    assert (await bot.post(f"{FONTS}/statuses/{sha}", json=body)).status_code == 201
    combined = (await bot.get(f"{FONTS}/commits/{sha}/status")).json()
    assert (combined["state"], combined["total_count"]) == ("success", 1)
    assert (await bot.get(f"{FONTS}/pulls/1/commits")).json()[0]["sha"] == sha


async def test_null_takes_a_file_away_and_nothing_else(bot: httpx.AsyncClient) -> None:
    await branch(bot, "less", {"ofl/karla/Karla-Bold.ttf": None})
    before = (await bot.get(f"{FONTS}/git/trees/main?recursive=1")).json()["tree"]
    after = (await bot.get(f"{FONTS}/git/trees/less?recursive=1")).json()["tree"]
    gone = {e["path"] for e in before} - {e["path"] for e in after}
    assert gone == {"ofl/karla/Karla-Bold.ttf"}
    entry = {"path": "ofl/karla/none.ttf", "mode": "100644", "type": "blob", "sha": None}
    body = {"base_tree": before and "0" * 40, "tree": [entry]}
    assert (await bot.post(f"{FONTS}/git/trees", json=body)).status_code == 422


async def test_blobs_come_back_byte_for_byte(bot: httpx.AsyncClient) -> None:
    content = bytes(range(256)) * 8
    body = {"content": base64.b64encode(content).decode(), "encoding": "base64"}
    sha = (await bot.post(f"{FONTS}/git/blobs", json=body)).json()["sha"]
    blob = (await bot.get(f"{FONTS}/git/blobs/{sha}")).json()
    assert base64.b64decode(blob["content"]) == content
    assert blob["size"] == len(content)


async def test_one_open_pull_request_for_a_head_and_a_base(bot: httpx.AsyncClient) -> None:
    await branch(bot, "karla", {"a": b"a"})
    assert (await pull(bot)).status_code == 201
    again = await pull(bot)
    assert again.status_code == 422
    error = again.json()["errors"][0]
    assert error["message"] == "A pull request already exists for google:karla."
    assert (error["resource"], error["code"]) == ("PullRequest", "custom")


async def test_a_pull_request_needs_commits_and_branches(bot: httpx.AsyncClient) -> None:
    tip = (await bot.get(f"{FONTS}/branches/main")).json()["commit"]["sha"]
    await bot.post(f"{FONTS}/git/refs", json={"ref": "refs/heads/same", "sha": tip})
    empty = await pull(bot, "same")
    assert empty.json()["errors"][0]["message"] == "No commits between main and same"
    for body in ({"head": "nowhere"}, {"head": "same", "base": "nowhere"}):
        answer = await pull(bot, "same", **{"base": "main", **body})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "invalid"
    blank = await pull(bot, "same", title=" ")
    assert blank.json()["errors"][0]["code"] == "missing_field"


async def test_refs_exist_once_and_move_forward_only(bot: httpx.AsyncClient) -> None:
    one, other = await commit(bot, {"a": b"1"}), await commit(bot, {"a": b"2"})
    ref = {"ref": "refs/heads/a/b", "sha": one}
    assert (await bot.post(f"{FONTS}/git/refs", json=ref)).status_code == 201
    again = await bot.post(f"{FONTS}/git/refs", json=ref)
    assert (again.status_code, again.json()["message"]) == (422, "Reference already exists")
    place = f"{FONTS}/git/refs/heads/a/b"
    sideways = await bot.patch(place, json={"sha": other})
    assert (sideways.status_code, sideways.json()["message"]) == (
        422,
        "Update is not a fast forward",
    )
    assert (await bot.patch(place, json={"sha": other, "force": True})).status_code == 200
    found = (await bot.get(f"{FONTS}/git/matching-refs/heads/a")).json()
    assert [(r["ref"], r["object"]["sha"]) for r in found] == [("refs/heads/a/b", other)]
    assert (await bot.delete(place)).status_code == 204
    assert (await bot.get(f"{FONTS}/git/ref/heads/a/b")).status_code == 404


async def test_lists_know_head_and_state(bot: httpx.AsyncClient) -> None:
    await branch(bot, "karla", {"a": b"a"})
    await pull(bot)
    await bot.patch(f"{FONTS}/pulls/1", json={"state": "closed", "title": "Other"})
    for query, count in (
        ("head=google:karla&state=all", 1),
        ("head=google:karla", 0),
        ("head=google:else&state=all", 0),
        ("state=closed&base=main", 1),
    ):
        assert len((await bot.get(f"{FONTS}/pulls?{query}")).json()) == count, query
    assert (await pull(bot)).status_code == 201
    reopened = await bot.patch(f"{FONTS}/pulls/1", json={"state": "open"})
    assert reopened.status_code == 422


async def test_a_merge_moves_main_and_is_told(bot: httpx.AsyncClient) -> None:
    await branch(bot, "karla", {"a": b"a"})
    await pull(bot)
    assert (await bot.get(f"{FONTS}/pulls/1/merge")).status_code == 404
    stale = await bot.put(f"{FONTS}/pulls/1/merge", json={"sha": "0" * 40})
    assert stale.status_code == 409
    merged = await bot.put(f"{FONTS}/pulls/1/merge", json={})
    assert merged.json()["merged"] is True
    shown = (await bot.get(f"{FONTS}/pulls/1")).json()
    assert (shown["state"], shown["merged"]) == ("closed", True)
    assert (await bot.get(f"{FONTS}/contents/a")).json()["content"] == "YQ==\n"
    assert (await bot.put(f"{FONTS}/pulls/1/merge", json={})).status_code == 405
