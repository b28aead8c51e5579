"""Who is let in: Host, proxies, forged requests, and the headers of every answer."""

from __future__ import annotations

import httpx
import pytest

from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import SAME_ORIGIN, Visitor, hidden_fields


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:9", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("127.0.0.1:80@evil.example", 421),
        ("", 421),
    ],
)
async def test_only_known_hosts_are_answered(visitor: Visitor, host: str, status: int) -> None:
    assert (await visitor.get("/health", Host=host)).status_code == status


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"])
async def test_a_proxy_is_not_believed(visitor: Visitor, name: str) -> None:
    answer = await visitor.get("/", **{name: "for=1.2.3.4"})
    assert answer.status_code == 400
    assert "proxy" in answer.text


async def test_every_answer_carries_the_headers(visitor: Visitor) -> None:
    for path in ("/", "/nope", "/openapi.json", "/sign-in"):
        headers = (await visitor.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'se")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    assert (await visitor.get("/", Host="evil.example")).headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8001"}, 403),
        ({"Origin": "http://evil.example"}, 403),
    ],
)
async def test_a_form_is_taken_from_this_site_only(
    visitor: Visitor, headers: dict[str, str], status: int
) -> None:
    hidden = hidden_fields((await visitor.get("/sign-in")).text, "/sign-in")
    sent = {**hidden, "login": "ada"}
    answer = await visitor.client.post("/sign-in", data=sent, headers=headers)
    assert answer.status_code == status


async def test_a_form_without_its_token_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    await visitor.sign_in("ada")
    action = f"/processes/{at[0]}/{at[1]}/stop"
    hidden = hidden_fields((await visitor.get(f"/processes/{at[0]}/{at[1]}")).text, action)
    sent = {**hidden, "reason": "What I wrote."}
    for token in ("", "x" * 32):
        answer = await visitor.post(action, {**sent, "csrf": token})
        assert answer.status_code == 403
        assert "What I wrote." in answer.text
    assert processes.case(*at).process.ended is None


async def test_somebody_who_was_signed_out_meanwhile_loses_nothing(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    page = f"/processes/{at[0]}/{at[1]}"
    hidden = hidden_fields((await visitor.get(page)).text, f"{page}/answer/preflight")
    await visitor.send("/", "/sign-out")
    sent = {**hidden, "reply.verdict": "OK", "reply.reason": "What I wrote."}
    answer = await visitor.post(f"{page}/answer/preflight", sent)
    assert answer.status_code == 403
    assert "You are signed out" in answer.text
    assert "What I wrote." in answer.text
    assert f"/sign-in?next={page.replace('/', '%2F')}" in answer.text


async def test_a_huge_form_is_refused(visitor: Visitor) -> None:
    await visitor.sign_in("ada")
    answer = await visitor.send("/new", "/processes", **{"reply.note": "x" * 2_100_000})
    assert answer.status_code == 413


async def test_a_json_body_must_be_what_was_asked_for(visitor: Visitor) -> None:
    await visitor.sign_in("ada")
    for content in (b"[1]", b"{", b'{"reply": 3}', b'{"reply": {}, "more": 1}'):
        token = (await visitor.data("/sign-in"))["csrf"]
        headers = {**SAME_ORIGIN, "Content-Type": "application/json", "X-CSRF-Token": token}
        answer = await visitor.client.post("/processes", content=content, headers=headers)
        assert answer.status_code == 422, content


async def test_an_unknown_method_is_refused(visitor: Visitor) -> None:
    answer: httpx.Response = await visitor.client.delete("/", headers=SAME_ORIGIN)
    assert answer.status_code == 405
