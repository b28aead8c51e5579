"""One real Temporal dev server for all tests that need one."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from tests.github.report import pytest_configure, pytest_sessionfinish, pytest_terminal_summary
from workflows import attribute
from workflows.payload import DATA_CONVERTER

__all__ = ["pytest_configure", "pytest_sessionfinish", "pytest_terminal_summary"]

TEMPORAL = Path(sys.executable).with_name("temporal")


@pytest.fixture(scope="session")
async def client() -> AsyncIterator[Client]:
    """A client of a dev server that lives as long as the tests."""
    environment = await WorkflowEnvironment.start_local(
        data_converter=DATA_CONVERTER,
        dev_server_existing_path=str(TEMPORAL),
        search_attributes=attribute.ALL,
        dev_server_extra_args=["--log-level", "never"],
    )
    async with environment:
        yield environment.client


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test keeps its files, secrets and forge in a folder of its own."""
    from activities.adapters import secret, settings, store  # noqa: PLC0415  see below
    from activities.adapters.github import credential, memory, setting  # noqa: PLC0415  see below

    state = tmp_path / "state"
    monkeypatch.setenv("STATE_DIR", str(state))
    for cached in (settings.settings, store._backend, secret.site_secret, secret.callback_secret):
        cached.cache_clear()
    setting.github_settings.cache_clear()
    credential.forget()
    memory.forget()
    return state
