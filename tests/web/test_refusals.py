"""What was refused is written down for engineers, without what was typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from activities.adapters import store
from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import JSON, SAME_ORIGIN, Visitor
from web import refusal_log

SECRET = "what nobody else should read"


async def refused(visitor: Visitor, at: tuple[str, str], login: str) -> None:
    """A form with the id of somebody else's."""
    token = (await visitor.data("/sign-in"))["csrf"]
    body = {
        "interaction": "0" * 32,
        "attempt": 1,
        "number": 1,
        "reply": {"verdict": "OK", "reason": SECRET},
        "csrf": token,
    }
    headers = {**JSON, **SAME_ORIGIN}
    path = f"/processes/{at[0]}/{at[1]}/answer/preflight"
    answer = await visitor.client.post(path, json=body, headers=headers)
    assert answer.status_code == (409 if login else 403)
    await refusal_log.written()


async def test_engineers_see_who_was_refused_what_and_why(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    await refused(visitor, at, "ada")
    (one,) = (await visitor.data("/refusals"))["refusals"]
    assert (one["login"], one["action"], one["task"]) == ("ada", "answer", "preflight")
    assert (one["key"], one["run"], one["status"]) == (*at, 409)
    assert "drawn for somebody else" in one["why"]
    html = (await visitor.get("/refusals")).text
    assert "drawn for somebody else" in html
    assert SECRET not in html
    for name in store.names(refusal_log.FOLDER):
        assert SECRET.encode() not in store.read(name)
    assert (await visitor.data("/refusals?process=other"))["refusals"] == []
    link = '<a href="/refusals?process=karla">'
    page = f"/processes/{at[0]}/{at[1]}"
    assert link in (await visitor.get(page)).text
    await visitor.sign_in("kim")
    assert link not in (await visitor.get(page)).text


@pytest.mark.parametrize("login", ["", "kim", "mallory"])
async def test_nobody_else_sees_them(visitor: Visitor, login: str) -> None:
    if login:
        await visitor.sign_in(login)
    assert (await visitor.get("/refusals")).status_code == 403


async def test_strangers_cannot_fill_the_store(visitor: Visitor, processes: FakeProcesses) -> None:
    at = await bring(processes, "Karla", "intake")
    refusal_log._strangers.clear()
    for _ in range(refusal_log.STRANGERS + 5):
        await refused(visitor, at, "")
    found = refusal_log.latest(datetime.now(UTC).date())
    assert len(found) == refusal_log.STRANGERS
    refusal_log._strangers.clear()


async def test_a_refusal_is_told_also_when_it_cannot_be_written_down(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, content: bytes) -> bool:
        raise OSError("The disk is full.")

    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    monkeypatch.setattr(store, "publish", full)
    await refused(visitor, at, "ada")
