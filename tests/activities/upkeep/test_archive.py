"""The archive keeps every closed run, once, and nothing that is still open."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import Client

from activities.adapters import store
from activities.upkeep.archive import Archivist, Report, archive_closed
from tests.stage import Stage
from tests.workflows import record
from workflows.reading import archived
from workflows.reading.archived import Archived, name_of
from workflows.reading.row import Row


async def until_listed(stage: Stage) -> Row:
    """Temporal's list is a little behind."""
    async with asyncio.timeout(60):
        while True:
            for row in await stage.processes.rows():
                if row.run == stage.run and row.closed:
                    return row
            await asyncio.sleep(0.2)


async def closed(client: Client, story: str = "happy") -> Stage:
    stage = Stage(client, record.play())
    await getattr(record, story)(stage)
    await until_listed(stage)
    return stage


def entry_of(stage: Stage) -> Archived:
    return archived.load(store.read(name_of(f"family-pr/{stage.key}", stage.run)))


async def test_a_closed_run_is_archived_once(client: Client) -> None:
    stage = await closed(client)
    first = await archive_closed(client)
    assert first.archived >= 1
    assert not first.faults
    kept = store.read(name_of(f"family-pr/{stage.key}", stage.run))
    again = await archive_closed(client)
    assert (again.archived, again.before) == (0, len(store.names(archived.FOLDER)))
    assert first.archived == again.before
    assert store.read(name_of(f"family-pr/{stage.key}", stage.run)) == kept
    entry = entry_of(stage)
    assert (entry.row.family, entry.row.phase, entry.row.closed) == ("Play", "done", "COMPLETED")
    assert entry.events == (await stage.document()).events


async def test_an_open_run_is_not_archived(client: Client) -> None:
    stage = Stage(client, record.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await archive_closed(client)
    with pytest.raises(store.Missing):
        entry_of(stage)
    await stage.processes.handle(stage.key, stage.run).terminate("test")


async def test_a_terminated_run_is_archived_with_how_it_was_closed(client: Client) -> None:
    stage = Stage(client, record.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.processes.handle(stage.key, stage.run).terminate("no more")
    await until_listed(stage)
    await archive_closed(client)
    entry = entry_of(stage)
    assert (entry.row.closed, entry.row.phase) == ("TERMINATED", "failed")


async def test_one_run_that_cannot_be_archived_does_not_stop_the_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await closed(client), await closed(client, "stopped")
    put = store.put

    def put_but_one(content: bytes, name: str) -> object:
        if name.startswith(one.run):
            raise OSError("The disk is full.")
        return put(content, name)

    monkeypatch.setattr(store, "put", put_but_one)
    report = await archive_closed(client)
    assert [fault for fault in report.faults if one.run in fault and "disk is full" in fault]
    assert entry_of(other).run == other.run
    monkeypatch.undo()


async def test_an_archive_that_was_interrupted_is_completed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await closed(client)

    def killed(name: str, content: bytes) -> bool:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(store, "publish", killed)
        await archive_closed(client)
    with pytest.raises(store.Missing):
        entry_of(stage)
    await archive_closed(client)
    assert store.get(entry_of(stage).history)


async def test_the_activity_does_the_same(client: Client) -> None:
    stage = await closed(client)
    from temporalio.testing import ActivityEnvironment  # noqa: PLC0415  one test needs it

    report = await ActivityEnvironment().run(Archivist(client).archive)
    assert isinstance(report, Report)
    assert entry_of(stage)
