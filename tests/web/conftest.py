"""The site over the fake, without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from activities.adapters import store
from activities.adapters.settings import settings
from tests.web.fake import FakeProcesses
from tests.web.trial import make_app
from tests.web.visitor import Visitor


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    for kept in (settings, store._backend):
        kept.cache_clear()
    yield tmp_path
    for kept in (settings, store._backend):
        kept.cache_clear()


@pytest.fixture
def processes() -> FakeProcesses:
    return FakeProcesses()


@pytest.fixture
async def visitor(processes: FakeProcesses, state: Path) -> AsyncIterator[Visitor]:
    app = make_app(processes, state)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield Visitor(client)
    app.state.site.sessions.close()
