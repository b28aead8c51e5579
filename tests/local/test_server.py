"""Temporal's development server keeps what it was told, and is ready for processes."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.worker import Worker

from local import namespace, server
from local.part import Part
from local.poller import polls
from local.port import Ports
from workflows.attribute import ALL, FAMILY, WAITS_FOR


def free_ports() -> Ports:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    numbers = [str(s.getsockname()[1]) for s in sockets]
    for s in sockets:
        s.close()
    variables = ("SITE_PORT", "TEMPORAL_PORT", "TEMPORAL_WEB_PORT")
    return Ports.chosen(dict(zip(variables, numbers, strict=True)))


@asynccontextmanager
async def running(state: Path) -> AsyncIterator[Client]:
    ports = free_ports()
    part = Part("temporal", server.command(state, ports))
    process = await part.start(state / "temporal.log")
    try:
        yield await namespace.connect(ports.temporal.address, patience=20)
    finally:
        await part.stop(process)


async def retention(client: Client) -> int:
    described = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace)
    )
    return described.config.workflow_execution_retention_ttl.ToTimedelta().days


async def test_a_prepared_server_keeps_closed_processes_for_a_hundred_years(tmp_path: Path) -> None:
    async with running(tmp_path) as client:
        assert await namespace.prepare(client) == []
        assert await retention(client) == 36500
        assert await namespace.missing(client) == []


async def test_an_older_database_gets_search_attributes_that_are_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        for module in (server, namespace):
            older.setattr(module, "ALL", [key for key in ALL if key != FAMILY])
        async with running(tmp_path) as client:
            await namespace.prepare(client)
    async with running(tmp_path) as client:
        await namespace.prepare(client)
        assert await namespace.missing(client) == []


async def test_a_restart_keeps_workflows_and_their_attributes(tmp_path: Path) -> None:
    values = TypedSearchAttributes(
        [SearchAttributePair(FAMILY, "Karla"), SearchAttributePair(WAITS_FOR, ["ada", "kim"])]
    )
    async with running(tmp_path) as client:
        await namespace.prepare(client)
        await client.start_workflow(
            "anything", id="family-pr/karla", task_queue="nobody", search_attributes=values
        )
    with closing(sqlite3.connect(tmp_path / "temporal" / "temporal.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    async with running(tmp_path) as client:
        await namespace.prepare(client)
        assert await retention(client) == 36500
        found = [found async for found in client.list_workflows("WaitsFor = 'kim'")]
        assert [workflow.id for workflow in found] == ["family-pr/karla"]
        assert found[0].typed_search_attributes[FAMILY] == "Karla"


async def test_a_database_without_tables_is_kept_aside_and_the_server_starts(
    tmp_path: Path,
) -> None:
    database = tmp_path / "temporal" / "temporal.db"
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as empty:
        empty.execute("CREATE TABLE half_made (id)")
    notice = server.set_aside_unusable(tmp_path)
    assert "kept as" in notice
    assert (database.parent / "temporal.db.unusable-1").is_file()
    assert server.set_aside_unusable(tmp_path) == ""
    async with running(tmp_path) as client:
        await namespace.prepare(client)
    assert server.set_aside_unusable(tmp_path) == "", "a good database is left alone"


def test_a_file_that_is_no_database_is_kept_aside_too(tmp_path: Path) -> None:
    database = tmp_path / "temporal" / "temporal.db"
    database.parent.mkdir()
    for times in (1, 2):
        database.write_bytes(b"something else entirely, and longer than a header" * 9)
        assert server.set_aside_unusable(tmp_path)
        assert (database.parent / f"temporal.db.unusable-{times}").is_file()


def test_every_attribute_is_on_the_command_line_with_its_type(tmp_path: Path) -> None:
    line = server.command(tmp_path, free_ports())
    given = dict(
        word.removeprefix("--search-attribute=").split("=")
        for word in line
        if word.startswith("--search-attribute=")
    )
    assert set(given) == {key.name for key in ALL}
    assert (given["WaitsFor"], given["ChangedAt"], given["Family"]) == (
        "KeywordList",
        "Datetime",
        "Keyword",
    )
    assert line[line.index("--ip") + 1] == "127.0.0.1"


async def test_a_team_gets_a_namespace_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "fonts")
    async with running(tmp_path) as client:
        for _ in range(2):  # the second time it is there already
            await namespace.create(client)
            await namespace.prepare(client)
        assert await retention(client) == 36500
        assert await namespace.missing(client) == []


async def test_a_worker_that_asks_for_work_counts_as_healthy(tmp_path: Path) -> None:
    async with running(tmp_path) as client:
        await namespace.prepare(client)
        assert not await polls(client, "browsers", "here")
        async with Worker(client, task_queue="browsers", activities=[nothing], identity="123@here"):
            while not await polls(client, "browsers", "here"):  # noqa: ASYNC110  no event tells
                await asyncio.sleep(0.05)
            assert not await polls(client, "browsers", "elsewhere")
            assert not await polls(client, "font-bakery", "here")


@activity.defn
async def nothing() -> None:
    pass
