"""The embedded forge's page lets engineers do what maintainers do on GitHub."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from tests.web.fake import FakeProcesses
from tests.web.visitor import Visitor, hidden_fields
from web.forge.hand import CHANGES, WORDS

PAGE = "/forge/pulls/1"
ACT = f"{PAGE}/act"


def forms(html: str) -> list[str]:
    """The actions that a page offers."""
    return re.findall(r'name="what" value="(.*?)"', html)


async def test_nobody_but_engineers_is_offered_anything(visitor: Visitor) -> None:
    assert forms((await visitor.get(PAGE)).text) == []
    await visitor.sign_in("kim")
    assert forms((await visitor.get(PAGE)).text) == []
    await visitor.sign_in("ada")
    assert forms((await visitor.get(PAGE)).text) == ["merge", "close"]


@pytest.mark.parametrize("action", WORDS)
async def test_nobody_but_engineers_can_do_anything(
    visitor: Visitor, processes: FakeProcesses, action: str
) -> None:
    await visitor.sign_in("ada")
    hidden = hidden_fields((await visitor.get(PAGE)).text, ACT)
    assert (await visitor.post(ACT, {"what": action})).status_code == 403
    await visitor.sign_in("kim")
    csrf = hidden_fields((await visitor.get("/")).text, "/sign-out")["csrf"]
    for token in (csrf, hidden["csrf"]):
        assert (await visitor.post(ACT, {"csrf": token, "what": action})).status_code == 403
    assert (await visitor.data(PAGE))["item"]["state"] == "open"
    assert processes.hints == []


async def test_a_merge_is_done_shown_and_hinted_at(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await visitor.sign_in("ada")
    done = await visitor.send(PAGE, ACT, what="merge")
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    html = (await visitor.get(PAGE)).text
    assert "Merged by ada" in html
    assert forms(html) == ["list-sandbox", "list-production"]
    assert processes.hints == ["family-pr/karla"]
    await visitor.send(PAGE, ACT, what="list-sandbox")
    assert forms((await visitor.get(PAGE)).text) == ["push-sandbox", "list-production"]
    await visitor.send(PAGE, ACT, what="push-sandbox")
    assert forms((await visitor.get(PAGE)).text) == ["list-sandbox", "list-production"]


async def test_what_the_forge_refuses_is_said(visitor: Visitor) -> None:
    await visitor.sign_in("ada")
    await visitor.send(PAGE, ACT, what="merge")
    refused = await visitor.send(PAGE, ACT, what="close")
    assert refused.status_code == 409
    assert "The pull request is merged." in refused.text
    assert (await visitor.send(PAGE, ACT, what="delete")).status_code == 422


async def test_a_merge_counts_even_where_nothing_can_be_hinted_at(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await visitor.sign_in("ada")
    processes.reachable = False
    assert (await visitor.send(PAGE, ACT, what="merge")).status_code == 303
    assert (await visitor.data(PAGE))["item"]["ended_by"]["login"] == "ada"


async def test_github_s_pull_requests_are_not_merged_here(visitor: Visitor) -> None:
    app = transport_app(visitor.client)
    app.state.site = replace(app.state.site, hands=None)
    await visitor.sign_in("ada")
    assert forms((await visitor.get(PAGE)).text) == []
    csrf = hidden_fields((await visitor.get("/")).text, "/sign-out")["csrf"]
    for action in CHANGES:
        assert (await visitor.post(ACT, {"csrf": csrf, "what": action})).status_code == 404


def transport_app(client: httpx.AsyncClient) -> FastAPI:
    """The site that a client is led into."""
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    assert isinstance(transport.app, FastAPI)
    return transport.app
