"""The site over the fake, without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.web.fake import FakeProcesses
from tests.web.trial import make_app
from tests.web.visitor import Visitor


@pytest.fixture
def processes() -> FakeProcesses:
    return FakeProcesses()


@pytest.fixture
async def visitor(processes: FakeProcesses, own_state: Path) -> AsyncIterator[Visitor]:
    app = make_app(processes, own_state)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield Visitor(client)
    app.state.site.sessions.close()
