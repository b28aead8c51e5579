"""What was refused is written down for engineers, without what was typed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from activities.adapters import store
from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import JSON, SAME_ORIGIN, Visitor
from web import refusal_log, refusal_memory
from web.process.page import NEWEST
from web.refusal_memory import RefusalMemory

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


async def test_engineers_see_on_a_process_what_was_lately_refused_in_it(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusal_memory, "FRESH", 0.0)
    at = await bring(processes, "Karla", "intake")
    other = await bring(processes, "Rubik", "intake")
    page = f"/processes/{at[0]}/{at[1]}"
    await visitor.sign_in("ada")
    assert "Lately refused here" not in (await visitor.get(page)).text
    await refused(visitor, at, "ada")
    html = (await visitor.get(page)).text
    assert "Lately refused here <small>1</small>" in html
    assert "drawn for somebody else" in html
    for _ in range(NEWEST):
        await refused(visitor, at, "ada")
    shown = (await visitor.data(page))["refusals"]
    assert len(shown) == NEWEST
    assert shown == sorted(shown, key=lambda one: one["at"], reverse=True)
    assert (await visitor.data(f"/processes/{other[0]}/{other[1]}"))["refusals"] == []
    await visitor.sign_in("kim")
    assert (await visitor.data(page))["refusals"] == []
    assert "Lately refused here" not in (await visitor.get(page)).text


async def test_each_refusal_is_read_once_and_old_days_are_listed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(refusal_memory, "FRESH", 0.0)
    monkeypatch.setattr(refusal_memory, "KEPT", 3)
    for _ in range(4):
        refusal_log.note("/processes/karla/run/stop", "ada", 1, 409, "No.")
    await refusal_log.written()
    store.publish(f"{refusal_log.FOLDER}/{datetime.now(UTC):%Y-%m-%d}/99-broken.json", b"{")
    reads, lists = Counter[str](), Counter[str]()
    read, names = store.read, store.names

    def counted(name: str) -> bytes:
        reads[name] += 1
        return read(name)

    def listed(folder: str) -> list[str]:
        lists[folder] += 1
        return names(folder)

    monkeypatch.setattr(store, "read", counted)
    monkeypatch.setattr(store, "names", listed)
    memory = RefusalMemory()
    for _ in range(3):
        assert len(await memory.of("karla", "run")) == 2, "of the newest three one is broken"
    assert set(reads.values()) == {1}
    assert sorted(lists.values())[:-2] == [1] * (len(lists) - 2)


async def test_a_process_is_shown_also_while_its_refusals_cannot_be_read(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(folder: str) -> list[str]:
        raise OSError("The store is away.")

    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    monkeypatch.setattr(store, "names", away)
    assert (await visitor.get(f"/processes/{at[0]}/{at[1]}")).status_code == 200


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
