"""A namespace whose retention has passed: what Temporal forgot by itself is in the archive.

The server takes no retention below an hour, so that it is written into its database while it is
stopped. From then on nothing is moved: the server's own clock runs, its own timer deletes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from activities.upkeep.archive import archive_closed
from tests.activities.upkeep.test_archive import closed
from tests.conftest import TEMPORAL
from tests.stage import Stage
from tests.web.door.test_remembered import visit
from web.door.fault import NotFound
from workflows import attribute

LEAST = 3661
"""Seconds: a retention that the server takes, and that stands nowhere else in its database."""

SHORT = 12
"""Seconds: long enough to archive, short enough to wait for."""


async def server(database: Path) -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(TEMPORAL),
        dev_server_database_filename=str(database),
        search_attributes=attribute.ALL,
        dev_server_extra_args=[
            *("--log-level", "never"),
            *("--dynamic-config-value", 'history.retentionTimerJitterDuration="1s"'),
        ],
    )


def shorten(database: Path) -> None:
    """Write the short retention into the namespace's record; as many bytes as before."""
    before, after = _duration(LEAST), _duration(SHORT)
    with sqlite3.connect(database) as file:
        [[id, data]] = file.execute("SELECT id, data FROM namespaces WHERE name = 'default'")
        assert data.count(before) == 1
        changed = data.replace(before, after)
        file.execute("UPDATE namespaces SET data = ? WHERE id = ?", (changed, id))
    file.close()


def _duration(seconds: int) -> bytes:
    """A protobuf Duration below 4.5 hours, its seconds always as two bytes."""
    return bytes((0x0A, 3, 8, 0x80 | seconds & 0x7F, seconds >> 7))


async def until_forgotten(stage: Stage) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await stage.processes.document(stage.key, stage.run)
            except NotFound:
                return
            await asyncio.sleep(0.5)


async def keep_for(client: Client, seconds: int) -> None:
    config = NamespaceConfig()
    config.workflow_execution_retention_ttl.FromSeconds(seconds)
    request = UpdateNamespaceRequest(namespace=client.namespace, config=config)
    await client.workflow_service.update_namespace(request)


async def test_what_temporal_forgets_when_its_retention_has_passed_is_listed_and_shown(
    tmp_path: Path, own_state: Path
) -> None:
    database = tmp_path / "temporal.db"
    async with await server(database) as environment:
        await keep_for(environment.client, LEAST)
    shorten(database)
    async with await server(database) as environment:
        stage = await closed(environment.client)
        path = f"/processes/{stage.key}/{stage.run}"
        assert (await archive_closed(environment.client)).archived == 1
        async with visit(environment.client, own_state) as visitor:
            before = await visitor.data(path)
        await until_forgotten(stage)
        async with visit(environment.client, own_state) as visitor:
            after = await visitor.data(path)
            rows = (await visitor.data("/"))["rows"]
            assert "From the archive" in (await visitor.get(path)).text
    assert before["document"].pop("archived") is None
    assert after["document"].pop("archived")
    assert after == before
    assert [(row["run"], row["archived"]) for row in rows] == [(stage.run, True)]
