"""Files by their path, and commits by their name."""

from __future__ import annotations

import base64

import httpx

from local import upstream
from tests import karla
from tests.github.proposal import FONTS
from tests.github.seed import Seeded


async def test_a_directory_and_a_file(bot: httpx.AsyncClient) -> None:
    listed = (await bot.get(f"{FONTS}/contents/ofl/karla")).json()
    assert {"METADATA.pb", "Karla-Bold.ttf"} <= {entry["name"] for entry in listed}
    file = (await bot.get(f"{FONTS}/contents/ofl/karla/Karla-Bold.ttf?ref=main")).json()
    assert base64.b64decode(file["content"]) == karla.old("Bold").read_bytes()
    assert (await bot.get(f"{FONTS}/contents/ofl/nothing")).status_code == 404
    assert (await bot.get(f"{FONTS}/contents/ofl?ref=nowhere")).status_code == 404


async def test_a_push_list_is_written_and_read(ada: httpx.AsyncClient) -> None:
    place = f"{FONTS}/contents/to_sandbox.txt"
    body = {"message": "List", "content": base64.b64encode(b"ofl/karla\n").decode()}
    made = await ada.put(place, json=body)
    assert made.status_code == 201
    assert (await ada.put(place, json=body)).status_code == 422
    stale = await ada.put(place, json=body | {"sha": "0" * 40})
    assert stale.status_code == 409
    right = body | {"sha": made.json()["content"]["sha"]}
    assert (await ada.put(place, json=right)).status_code == 200
    found = (await ada.get(place)).json()
    assert base64.b64decode(found["content"]) == b"ofl/karla\n"


async def test_commits_by_branch_tag_and_number(bot: httpx.AsyncClient, world: Seeded) -> None:
    place = "/repos/googlefonts/karla/commits"
    sha = world.karla.git.resolve(upstream.OLD)
    for ref in (upstream.OLD, f"tags/{upstream.OLD}", str(sha)):
        assert (await bot.get(f"{place}/{ref}")).json()["sha"] == sha
    newest = (await bot.get(f"{place}/main")).json()
    assert newest["parents"][0]["sha"] == sha
    assert any(f["status"] == "modified" for f in newest["files"])
    unknown = await bot.get(f"{place}/nowhere")
    assert (unknown.status_code, unknown.json()["message"]) == (
        422,
        "No commit found for SHA: nowhere",
    )
    assert [c["sha"] for c in (await bot.get(place)).json()][-1] == sha
    branches = (await bot.get("/repos/googlefonts/karla/branches")).json()
    assert [b["name"] for b in branches] == ["main"]
    assert (await bot.get("/repos/googlefonts/karla/branches/nowhere")).status_code == 404


async def test_statuses_add_up_to_the_worst(bot: httpx.AsyncClient, world: Seeded) -> None:
    sha = world.fonts.git.resolve("main")
    combined = f"{FONTS}/commits/main/status"
    assert (await bot.get(combined)).json()["state"] == "pending"
    for context, state, whole in (
        ("a", "success", "success"),
        ("b", "pending", "pending"),
        ("b", "failure", "failure"),
        ("b", "success", "success"),
    ):
        body = {"state": state, "context": context, "description": "text"}
        assert (await bot.post(f"{FONTS}/statuses/{sha}", json=body)).status_code == 201
        assert (await bot.get(combined)).json()["state"] == whole
    assert len((await bot.get(f"{FONTS}/commits/main/statuses")).json()) == 4
    long = {"state": "success", "description": "x" * 141}
    assert (await bot.post(f"{FONTS}/statuses/{sha}", json=long)).status_code == 422
    unknown = await bot.post(f"{FONTS}/statuses/{'0' * 40}", json={"state": "success"})
    assert unknown.status_code == 422
