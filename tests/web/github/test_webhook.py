"""GitHub's messages, as GitHub sends them: only genuine ones count, once, and only as hints."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.github import event, hand
from tests.github.conftest import bot, parts, speak, world
from tests.github.outbox import Delivery
from tests.github.proposal import branch, pull
from tests.github.seed import Seeded
from tests.web.fake import FakeProcesses
from tests.web.trial import make_app
from web.github.delivery import Deliveries, Hook
from web.github.webhook import LARGEST, hint

__all__ = ["bot", "parts", "speak", "world"]

BRANCH = "family-pr/karla/3f0a9c1b2d4e"
PATH = "/webhooks/github"


@pytest.fixture
async def app(world: Seeded, processes: FakeProcesses, own_state: Path) -> AsyncIterator[FastAPI]:
    """A site that takes this GitHub's messages; they wait until a test sends them."""
    deliveries = Deliveries(own_state / "deliveries.sqlite3")
    made = make_app(
        processes, own_state, Hook(world.bot.webhook_secret, deliveries, "google/fonts")
    )
    world.bot.webhook_url = f"http://127.0.0.1:8000{PATH}"
    world.outbox.transport = httpx.ASGITransport(made, raise_app_exceptions=False)
    world.outbox.held = True
    yield made
    made.state.site.sessions.close()
    deliveries.close()


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as made:
        yield made


@pytest.fixture
async def messages(world: Seeded, app: FastAPI, bot: httpx.AsyncClient) -> list[Delivery]:
    """A pull request of ours was opened and merged: two messages."""
    await branch(bot, BRANCH, {"ofl/karla/a": b"a"})
    await pull(bot, BRANCH)
    hand.change(world, "google/fonts", 1, "merge", "grace")
    return [one for one in world.outbox.deliveries if one.event == "pull_request"]


async def test_a_genuine_message_is_a_hint_and_counts_once(
    world: Seeded, processes: FakeProcesses, messages: list[Delivery]
) -> None:
    merged = messages[-1]
    assert await world.outbox.send(merged) == 202
    assert processes.hints == [BRANCH]
    assert await world.outbox.send(merged) == 202
    assert processes.hints == [BRANCH]


async def test_a_forged_message_changes_nothing(
    world: Seeded, processes: FakeProcesses, messages: list[Delivery], client: httpx.AsyncClient
) -> None:
    merged = messages[-1]
    assert await world.outbox.send(merged, secret="guessed") == 403
    assert await world.outbox.send(merged, body=merged.body.replace(b"karla", b"rubik")) == 403
    headers = merged.headers()
    headers.pop("X-Hub-Signature-256")  # what is left is signed with SHA-1
    assert (await client.post(PATH, content=merged.body, headers=headers)).status_code == 403
    for wrong in ("", "sha256=", "sha1=" + "0" * 40, headers["X-Hub-Signature"]):
        signed = {**headers, "X-Hub-Signature-256": wrong}
        assert (await client.post(PATH, content=merged.body, headers=signed)).status_code == 403
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    raw.append((b"X-Hub-Signature-256", b"sha256=\xe4"))
    assert (await client.post(PATH, content=merged.body, headers=raw)).status_code == 403
    assert processes.hints == []
    assert await world.outbox.send(merged) == 202  # a forgery does not use up the number


async def test_old_and_reordered_messages_are_no_more_than_hints(
    world: Seeded, processes: FakeProcesses, messages: list[Delivery]
) -> None:
    opened, merged = messages
    assert [await world.outbox.send(one) for one in (merged, opened)] == [202, 202]
    opened.guid = str(uuid.uuid4())  # the number is not signed: an old body under a new one
    assert await world.outbox.send(opened) == 202
    assert processes.hints == [BRANCH] * 3


async def test_pull_requests_of_others_are_nothing_to_us(
    world: Seeded, app: FastAPI, processes: FakeProcesses, bot: httpx.AsyncClient
) -> None:
    await branch(bot, "karla", {"ofl/karla/a": b"a"})
    await pull(bot, "karla")
    [told] = [one for one in world.outbox.deliveries if one.event == "pull_request"]
    assert await world.outbox.send(told) == 202
    assert processes.hints == []
    elsewhere = json.loads(told.body)
    elsewhere["pull_request"]["head"]["ref"] = BRANCH
    assert hint("pull_request", json.dumps(elsewhere).encode(), "google/fonts").branch == BRANCH
    assert hint("pull_request", json.dumps(elsewhere).encode(), "ada/fonts").branch == ""


async def test_ping_and_whatever_github_may_send_later_are_taken(
    world: Seeded, client: httpx.AsyncClient, processes: FakeProcesses
) -> None:
    event.ping(world, world.bot)
    assert await world.outbox.send(world.outbox.deliveries[0]) == 202
    revoked, far = "github_app_authorization", b'{"action":"revoked","sender":{"id":%s}}'
    for name, body in (
        *(("star", b"{}"), ("pull_request", b"[1]"), ("pull_request", b"no JSON")),
        *(("pull_request", b"[" * 100_000), (revoked, far % b"1e999")),
        (revoked, far % (b"9" * 30)),
    ):
        assert (await _signed(world, client, name, body)).status_code == 202
    assert processes.hints == []


async def test_a_message_that_could_not_be_followed_may_come_again(
    world: Seeded, processes: FakeProcesses, messages: list[Delivery]
) -> None:
    processes.reachable = False
    assert await world.outbox.send(messages[-1]) == 503
    processes.reachable = True
    assert await world.outbox.send(messages[-1]) == 202
    assert processes.hints == [BRANCH]


async def test_what_is_too_long_or_has_no_number_is_refused(
    world: Seeded, client: httpx.AsyncClient
) -> None:
    assert (await _signed(world, client, "ping", b" " * (LARGEST + 1))).status_code == 413
    assert (await _signed(world, client, "ping", b"{}", guid="")).status_code == 422
    assert (await client.get(PATH)).status_code == 405


async def test_a_site_without_a_secret_takes_no_messages(
    world: Seeded, processes: FakeProcesses, tmp_path: Path
) -> None:
    made = make_app(processes, tmp_path)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(made), base_url="http://127.0.0.1:8000"
    ) as client:
        assert (await _signed(world, client, "ping", b"{}")).status_code == 404
    made.state.site.sessions.close()


def test_numbers_are_forgotten_after_a_month(tmp_path: Path) -> None:
    now = [0.0]
    deliveries = Deliveries(tmp_path / "deliveries.sqlite3", lambda: now[0])
    assert [deliveries.take("a"), deliveries.take("a")] == [True, False]
    now[0] = 31 * 24 * 3600
    deliveries.take("b")
    assert deliveries.take("a")
    deliveries.close()


async def _signed(
    world: Seeded, client: httpx.AsyncClient, name: str, body: bytes, guid: str | None = None
) -> httpx.Response:
    sign = hmac.new(world.bot.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-GitHub-Event": name,
        "X-GitHub-Delivery": str(uuid.uuid4()) if guid is None else guid,
        "X-Hub-Signature-256": f"sha256={sign}",
    }
    return await client.post(PATH, content=body, headers=headers)
