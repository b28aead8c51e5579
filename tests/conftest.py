"""One real Temporal dev server for all tests that need one."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment

from tests.github.report import pytest_configure, pytest_sessionfinish, pytest_terminal_summary
from workflows import attribute
from workflows.payload import DATA_CONVERTER

__all__ = ["pytest_configure", "pytest_sessionfinish", "pytest_terminal_summary"]

TEMPORAL = Path(sys.executable).with_name("temporal")


@pytest.fixture(scope="session")
async def dev_server() -> AsyncIterator[Client]:
    """A client of a dev server that lives as long as the tests."""
    environment = await WorkflowEnvironment.start_local(
        data_converter=DATA_CONVERTER,
        dev_server_existing_path=str(TEMPORAL),
        search_attributes=attribute.ALL,
        dev_server_extra_args=["--log-level", "never"],
    )
    async with environment:
        yield environment.client


@pytest.fixture
async def client(dev_server: Client) -> AsyncIterator[Client]:
    """The same for one test: what it leaves open is not served by the workers of the next."""
    yield dev_server
    async for left in dev_server.list_workflows("ExecutionStatus = 'Running'"):
        with suppress(RPCError):  # it has ended meanwhile
            handle = dev_server.get_workflow_handle(left.id, run_id=left.run_id)
            await handle.terminate("left over")


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
