"""A reverse proxy is believed if it is the one that was named."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from activities.adapters.settings import settings
from tests.web.fake import FakeProcesses
from tests.web.trial import make_app

TOLD = {"X-Forwarded-Host": "fonts.example", "X-Forwarded-Proto": "https", "Host": "site:8000"}


async def status(
    folder: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, peer: str, **more: str
) -> int:
    monkeypatch.setenv("TRUST_PROXY", proxies)
    monkeypatch.setenv("ALLOWED_HOSTS", "fonts.example")
    settings.cache_clear()
    app = make_app(FakeProcesses(), folder)
    transport = httpx.ASGITransport(app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://site:8000") as client:
        answer = await client.get("/sign-in", headers={**TOLD, **more})
    app.state.site.sessions.close()
    return answer.status_code


@pytest.mark.parametrize(
    ("proxies", "peer", "expected"),
    [
        ("10.1.2.3", "10.1.2.3", 200),
        ("192.168.0.1 10.0.0.0/8", "10.1.2.3", 200),
        ("10.1.2.4", "10.1.2.3", 400),
        ("", "127.0.0.1", 400),
    ],
)
async def test_only_the_named_proxy_tells_who_was_asked(
    own_state: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, peer: str, expected: int
) -> None:
    assert await status(own_state, monkeypatch, proxies, peer) == expected


async def test_a_host_that_is_not_ours_is_refused_behind_a_proxy_too(
    own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"X-Forwarded-Host": "evil.example"}
    assert await status(own_state, monkeypatch, "10.1.2.3", "10.1.2.3", **told) == 421
