"""Messages to the App: signed, valid as GitHub describes them, sent once, again, or forged."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field

import httpx
import pytest
from openapi_schema_validator import OAS30Validator
from starlette.requests import Request
from starlette.responses import Response

from tests.github import event, hand, openapi, token
from tests.github.conftest import Speak
from tests.github.grant import UserToken
from tests.github.proposal import FONTS, branch, pull
from tests.github.seed import Seeded


@dataclass
class Receiver:
    """A site that notes what it is sent."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 202

    async def __call__(self, scope, receive, send):  # type: ignore[no-untyped-def]  # plain ASGI
        request = Request(scope, receive)
        self.got.append((dict(request.headers), await request.body()))
        await Response(status_code=self.status)(scope, receive, send)

    def kinds(self) -> list[str]:
        """Event and action of each."""
        found = [(headers["x-github-event"], json.loads(body)) for headers, body in self.got]
        return [" ".join(filter(None, (name, body.get("action")))) for name, body in found]


@pytest.fixture
def receiver(world: Seeded) -> Receiver:
    made = Receiver()
    world.bot.webhook_url = "http://site.test/github"
    world.outbox.transport = httpx.ASGITransport(made)
    return made


def invalid(name: str, body: dict[str, object]) -> list[str]:
    """What is not as GitHub describes such a message."""
    action = str(body.get("action", "")).replace("_", "-")
    key = "-".join(filter(None, (name.replace("_", "-"), action)))
    item = openapi.document()["x-webhooks"][key]
    schema = item["post"]["requestBody"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": openapi.document()["components"]}
    return [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"
        for fault in OAS30Validator(whole).iter_errors(body)
    ]


async def test_what_happens_to_a_pull_request_is_told(
    world: Seeded, bot: httpx.AsyncClient, receiver: Receiver
) -> None:
    await branch(bot, "karla", {"a": b"a"})
    await pull(bot)
    await bot.patch(f"{FONTS}/pulls/1", json={"state": "closed"})
    await bot.patch(f"{FONTS}/pulls/1", json={"state": "open"})
    sha = world.fonts.git.resolve("karla")
    tip = world.fonts.git.run("commit-tree", f"{sha}^{{tree}}", "-p", str(sha), feed=b"x",
                              environment=WHO)  # fmt: skip
    await bot.patch(f"{FONTS}/git/refs/heads/karla", json={"sha": tip})
    hand.change(world, "google/fonts", 1, "merge", "grace")
    await world.outbox.flush()
    names = ("opened", "closed", "reopened", "synchronize", "closed")
    told = [kind for kind in receiver.kinds() if kind != "push"]
    assert told == [f"pull_request {name}" for name in names]
    last = json.loads(receiver.got[-2][1])
    assert last["pull_request"]["merged"] is True
    assert last["sender"]["login"] == "grace"
    assert last["installation"]["id"] == world.installed.id


WHO = {f"GIT_{r}_{w}": "kim" for r in ("AUTHOR", "COMMITTER") for w in ("NAME", "EMAIL")}


async def test_messages_are_as_github_describes_them(
    world: Seeded, bot: httpx.AsyncClient, receiver: Receiver
) -> None:
    await branch(bot, "karla", {"a": b"a"})
    await pull(bot)
    await bot.post(f"{FONTS}/issues", json={"title": "T"})
    for number in (1, 2):
        hand.change(world, "google/fonts", number, "close")
        hand.change(world, "google/fonts", number, "reopen")
    hand.change(world, "google/fonts", 1, "merge", "ada")
    event.ping(world, world.bot)
    hand.revoke(world, "ada")
    for action in ("suspend", "unsuspend", "deleted"):
        hand.installation(world, world.installed, action)
    await world.outbox.flush()
    assert len(receiver.kinds()) == 14
    for headers, body in receiver.got:
        assert invalid(headers["x-github-event"], json.loads(body)) == [], headers


async def test_messages_are_signed_over_their_very_bytes(world: Seeded, receiver: Receiver) -> None:
    event.ping(world, world.bot)
    await world.outbox.flush()
    headers, body = receiver.got[0]
    sign = hmac.new(world.bot.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature-256"] == f"sha256={sign}"
    assert str(uuid.UUID(headers["x-github-delivery"])) == headers["x-github-delivery"]
    assert headers["user-agent"].startswith("GitHub-Hookshot/")


async def test_a_message_is_sent_again_under_its_number(
    world: Seeded, receiver: Receiver, speak: Speak
) -> None:
    receiver.status = 500
    event.ping(world, world.bot)
    await world.outbox.flush()
    app = speak(token.app_jwt(world.bot))
    (failed,) = (await app.get("/app/hook/deliveries")).json()
    assert failed["status_code"] == 500
    receiver.status = 202
    again = await app.post(f"/app/hook/deliveries/{failed['id']}/attempts")
    assert again.status_code == 202
    first, second = receiver.got
    assert first == second
    listed = (await app.get("/app/hook/deliveries")).json()
    assert [entry["redelivery"] for entry in listed] == [True, False]


async def test_a_test_may_hold_reorder_and_forge(world: Seeded, receiver: Receiver) -> None:
    world.outbox.held = True
    event.ping(world, world.bot)
    hand.revoke(world, "ada")
    await world.outbox.flush()
    assert receiver.got == []
    ping, revoked = world.outbox.deliveries
    await world.outbox.send(revoked)
    await world.outbox.send(ping, secret="wrong")
    await world.outbox.send(ping, body=b"{}")
    assert receiver.kinds()[:2] == ["github_app_authorization revoked", "ping"]
    genuine = ping.headers()["X-Hub-Signature-256"]
    assert receiver.got[1][0]["x-hub-signature-256"] != genuine
    assert receiver.got[2] == (receiver.got[2][0] | {"x-hub-signature-256": genuine}, b"{}")


async def test_revoking_ends_a_persons_tokens(world: Seeded, speak: Speak) -> None:
    world.tokens["ghu_1"] = UserToken(world.ada, {}, None, None, world.bot)
    assert (await speak("ghu_1").get("/user")).status_code == 200
    hand.revoke(world, "ada")
    assert (await speak("ghu_1").get("/user")).status_code == 401
