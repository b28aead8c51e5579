"""Signing in: a page that must be clicked, a code that works once, PKCE that is looked at."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.github.conftest import Speak
from tests.github.seed import CALLBACK, Seeded

VERIFIER = "v" * 64
JSON = {"Accept": "application/json"}


def question(world: Seeded, **more: str) -> str:
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    values = {
        "client_id": world.bot.client_id,
        "redirect_uri": CALLBACK,
        "state": "s1",
        "response_type": "code",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"/login/oauth/authorize?{urlencode(values | more)}"


async def click(client: httpx.AsyncClient, address: str, **answer: str) -> dict[str, str]:
    """Press a button of the page; what the redirect says."""
    shown = await client.get(address)
    assert shown.status_code == 200, shown.text
    hidden = re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', shown.text)
    form = {unescape(name): unescape(value) for name, value in hidden} | answer
    back = await client.post("/login/oauth/authorize", data=form)
    return said(back)


def said(back: httpx.Response) -> dict[str, str]:
    assert back.status_code == 302
    target = back.headers["location"]
    assert target.startswith(CALLBACK)
    return {name: found[0] for name, found in parse_qs(urlsplit(target).query).items()}


async def exchange(client: httpx.AsyncClient, world: Seeded, **more: str) -> dict[str, str]:
    values = {
        "client_id": world.bot.client_id,
        "client_secret": world.bot.client_secret,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    answer = await client.post("/login/oauth/access_token", data=values | more, headers=JSON)
    assert answer.status_code == 200  # GitHub answers so even where it refuses
    found: dict[str, str] = answer.json()
    return found


async def test_a_person_signs_in(world: Seeded, speak: Speak) -> None:
    client = speak(None)
    back = await click(client, question(world), login="grace", answer="authorize")
    assert back["state"] == "s1"
    token = await exchange(client, world, code=back["code"])
    assert token["access_token"].startswith("ghu_")
    me = (await speak(token["access_token"]).get("/user")).json()
    assert (me["login"], me["id"]) == ("grace", world.grace.id)
    again = await exchange(client, world, code=back["code"])
    assert again["error"] == "bad_verification_code"


async def test_a_person_says_no(world: Seeded, speak: Speak) -> None:
    back = await click(speak(None), question(world), login="grace", answer="cancel")
    assert (back["error"], back["state"]) == ("access_denied", "s1")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"code_verifier": "x" * 64}, "bad_verification_code"),
        ({"code_verifier": ""}, "bad_verification_code"),
        ({"client_secret": "wrong"}, "incorrect_client_credentials"),
        ({"redirect_uri": "http://127.0.0.1:8000/else"}, "redirect_uri_mismatch"),
    ],
)
async def test_a_code_alone_is_worth_nothing(
    world: Seeded, speak: Speak, more: dict[str, str], error: str
) -> None:
    client = speak(None)
    back = await click(client, question(world), login="ada", answer="authorize")
    assert (await exchange(client, world, code=back["code"], **more))["error"] == error


async def test_without_pkce_or_with_another_address_nothing_goes(
    world: Seeded, speak: Speak
) -> None:
    for more in ({"code_challenge": ""}, {"code_challenge_method": "plain"}):
        assert said(await speak(None).get(question(world, **more)))["error"] == "invalid_request"
    stranger = question(world, redirect_uri="https://example.com/callback")
    assert said(await speak(None).get(stranger))["error"] == "redirect_uri_mismatch"
    port = question(world, redirect_uri=CALLBACK.replace("8000", "8123"))
    assert (await speak(None).get(port)).status_code == 200
    unknown = await speak(None).get(question(world, client_id="Iv23linobody"))
    assert unknown.status_code == 404
