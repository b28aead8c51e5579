"""Requests and answers that GitHub does not describe are noticed."""

from __future__ import annotations

import httpx
import pytest
from starlette.responses import JSONResponse

from tests.github.app import create
from tests.github.description import VIOLATION, Described
from tests.github.proposal import FONTS
from tests.github.record import Record
from tests.github.seed import Seeded
from tests.github.watch import Watched

PULLS = f"{FONTS}/pulls"
RIGHT = {"title": "T", "head": "a", "base": "main"}


@pytest.mark.parametrize(
    ("method", "path", "body", "words"),
    [
        ("POST", PULLS, RIGHT | {"titel": "T"}, "unknown in the body: ['titel']"),
        ("POST", PULLS, {"title": "T", "head": "a"}, "'base' is a required property"),
        ("POST", PULLS, RIGHT | {"draft": "yes"}, "draft"),
        ("GET", f"{PULLS}?stat=open", None, "unknown in the query: ['stat']"),
        ("GET", f"{PULLS}?state=bogus", None, "'bogus' is not one of"),
        ("GET", f"{FONTS}/pull/1", None, "no such operation"),
        ("POST", f"{FONTS}/git/trees", {"tree": [{"mode": "1"}]}, "'1' is not one of"),
        ("POST", f"{FONTS}/git/trees", {"tree": [{"pth": "a"}]}, "['tree.pth']"),
        ("DELETE", f"{FONTS}/git/refs/heads/a", {"sha": "a"}, "where none is described"),
    ],
)
async def test_a_request_that_github_does_not_describe(
    world: Seeded, bot: httpx.AsyncClient, method: str, path: str, body: object, words: str
) -> None:
    answer = await bot.request(method, path, json=body)
    assert answer.status_code == VIOLATION
    assert words in answer.json()["message"]
    assert world.record.violations == [answer.json()["message"]]
    world.record.violations.clear()


async def test_slashes_inside_parameters_are_understood(
    world: Seeded, bot: httpx.AsyncClient
) -> None:
    paths = ("contents/ofl/karla", "git/ref/heads/a/b", "commits/heads/a/status", "branches/a/b")
    for path in (*paths, "git/matching-refs/heads%2Fa"):
        assert (await bot.get(f"{FONTS}/{path}")).status_code in {200, 404, 422}
    used = {operation for operation, _, _ in world.record.operations}
    assert used == {
        "repos/get-content",
        "git/get-ref",
        "repos/get-combined-status-for-ref",
        "repos/get-branch",
        "git/list-matching-refs",
    }


def through(answer: httpx.Response, record: Record) -> httpx.AsyncClient:
    transport = Described(httpx.MockTransport(lambda _: answer), record)
    return httpx.AsyncClient(transport=transport, base_url="http://github.test")


async def test_a_transport_refuses_what_is_not_described_in_both_directions() -> None:
    record = Record()
    wrong = through(httpx.Response(200, json={"ref": 1}), record)
    for answer in (
        await wrong.get(f"{FONTS}/git/ref/heads/main"),
        await wrong.post(PULLS, json={"nonsense": 1}),
    ):
        assert answer.status_code == VIOLATION
    assert len(record.violations) == 2
    shapeless = through(httpx.Response(403, json={"message": 1}), record)
    assert (await shapeless.post(PULLS, json=RIGHT)).status_code == VIOLATION
    page = through(httpx.Response(200, text="<html>"), record)
    assert (await page.get("/login/oauth/authorize?x=1")).text == "<html>"
    assert not record.operations


async def test_operations_are_counted_once(world: Seeded, tmp_path: object) -> None:
    transport = Described(httpx.ASGITransport(create(world)), world.record)
    async with httpx.AsyncClient(transport=transport, base_url=world.url) as client:
        assert (await client.get(FONTS)).status_code == 200
        assert (await client.get("/repos/google/nothing")).status_code == 404
    assert world.record.table() == ["     2  GET    /repos/{owner}/{repo}  200, 404"]


async def test_a_served_app_may_answer_nothing_else_either(world: Seeded) -> None:
    app = Watched(JSONResponse({"full_name": 1}), world)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=world.url) as client:
        assert (await client.get(FONTS)).status_code == VIOLATION
    assert "answer of repos/get (200)" in world.record.violations.pop()
