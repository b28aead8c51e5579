"""What became of a pull request is known also when Temporal has forgotten what followed it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.adapters import settings, store
from activities.adapters.forge.mark import branch_name
from activities.authoring import Outcome, ok
from activities.upkeep.afterwards import keep_miles, newest
from activities.upkeep.archive import archive_all
from activities.upkeep.missing import follow_missing
from tests.activities.upkeep.test_archive import until_listed
from tests.stage import Play, Stage, task
from tests.web.door.test_remembered import forget, server, visit
from tests.workflows.outlook import MERGED, ON_PRODUCTION, OPEN, Outlook
from web.door.afterwards import Afterwards
from web.door.archive import Archive
from web.door.processes import Processes
from web.door.remembered import Remembered
from workflows.domain.sight import Station
from workflows.reading import kept


async def _open() -> Outcome:
    return ok("Opened.", pull_request="https://github.com/google/fonts/pull/5")


async def opened(client: Client) -> tuple[Stage, Outlook]:
    """A process that has opened a pull request, and what follows that from now on."""
    opening = task("open_pull_request", _open, provides=("pull_request",))
    stage = Stage(client, Play({"Open": (opening,)}))
    async with stage.workers():
        await stage.begin()
        await stage.until(lambda process: process.ended)
    await until_listed(stage)
    outlook = Outlook(client)
    outlook.key, outlook.run = stage.key, stage.run
    return stage, outlook


async def forget_following(outlook: Outlook) -> None:
    """As Temporal does after the time of retention."""
    request = DeleteWorkflowExecutionRequest(
        namespace=outlook.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=outlook.handle.id),
    )
    await outlook.client.workflow_service.delete_workflow_execution(request)
    async with asyncio.timeout(60):
        while True:
            try:
                await outlook.handle.describe()
            except RPCError:
                return
            await asyncio.sleep(0.2)


async def until_kept(client: Client, station: Station) -> None:
    """Temporal's list is a little behind."""
    async with asyncio.timeout(60):
        while True:
            report = await archive_all(client)
            assert not report.faults
            if any(mile.station is station for mile in newest()):
                return
            await asyncio.sleep(0.2)


async def test_a_family_is_seen_to_be_live_when_temporal_has_forgotten_everything_of_it(
    client: Client, own_state: Path
) -> None:
    stage, outlook = await opened(client)
    path = f"/processes/{stage.key}/{stage.run}"
    async with outlook.worker():
        await outlook.begin()
        for sight in (MERGED, ON_PRODUCTION, MERGED):
            await outlook.show(sight)
        await outlook.handle.result()
    await until_kept(client, Station.LIVE)
    async with visit(client, own_state) as visitor:
        before = (await visitor.data(path))["document"]
    await forget_following(outlook)
    async with visit(client, own_state) as visitor:  # the process is still known
        assert (await visitor.data(path))["document"] == before
    await forget(stage)
    async with visit(client, own_state) as visitor:
        after = (await visitor.data(path))["document"]
        assert after["after"] == before["after"]
        assert after["after"]["problem"] == ""
        assert "After the pull request" in (await visitor.get(path)).text
        assert "After the pull request" in (await visitor.get(f"{path}/print")).text
        (row,) = (r for r in (await visitor.data("/"))["rows"] if r["run"] == stage.run)
        assert (row["after"], row["archived"]) == ("live", True)


async def test_what_still_follows_the_pull_request_of_a_forgotten_process_is_asked_and_hinted_at(
    client: Client,
) -> None:
    stage, outlook = await opened(client)
    async with outlook.worker():
        await outlook.begin()
        await until_kept(client, Station.OPEN)
        await forget(stage)
        door = Remembered(Processes(client), Archive())
        outlook.sight = MERGED
        await door.hint(branch_name(stage.key, stage.run))
        await outlook.until(lambda mile: mile.station is Station.MERGED)
        document = await door.document(stage.key, stage.run)
        assert document.archived
        assert document.after
        assert document.after.station is Station.MERGED  # Temporal's word, newer than the store's
        assert document.after.problem == ""
        async with asyncio.timeout(30):
            while [r.after for r in await door.rows() if r.run == stage.run] != ["merged"]:  # noqa: ASYNC110  a list has no event
                await asyncio.sleep(0.2)


async def test_with_temporals_database_lost_a_pull_request_is_followed_on_from_where_it_was(
    tmp_path: Path, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await server(tmp_path / "first.db") as environment:
        stage, outlook = await opened(environment.client)
        async with outlook.worker():
            await outlook.begin()
            await outlook.show(MERGED)
            await until_kept(environment.client, Station.MERGED)
        lost = environment.client
    async with visit(lost, own_state) as visitor:  # nothing answers there any more
        export = await visitor.get(f"/processes/{stage.key}/{stage.run}/export.jsonl")
        (told,) = [line for line in map(json.loads, export.text.splitlines()) if "after" in line]
        assert (told["after"]["station"], told["problem"]) == ("merged", "")
    async with await server(tmp_path / "second.db") as environment:
        async with visit(environment.client, own_state) as visitor:
            data = (await visitor.data(f"/processes/{stage.key}/{stage.run}"))["document"]["after"]
            assert data["station"] == "merged"
            assert "Temporal does not tell it now" in data["problem"]
        outlook.client = environment.client
        monkeypatch.setenv("TASK_QUEUE", outlook.queue)
        settings.settings.cache_clear()
        assert await follow_missing(environment.client) == 1
        async with outlook.worker():
            last = await outlook.show(ON_PRODUCTION)
        assert [line.station for line in last.milestones] == ["open", "merged", "to production"]


async def test_each_state_is_kept_once_and_an_unreadable_one_is_not_silently_skipped(
    client: Client,
) -> None:
    _, outlook = await opened(client)
    outlook.sight = OPEN
    async with outlook.worker():
        await outlook.begin()
        await until_kept(client, Station.OPEN)
        assert await keep_miles(client) == (0, ())
    mile = await outlook.state()
    assert mile
    store.publish(kept.name_of(replace(mile, ended=True)), b"{")
    found = await Afterwards().of(outlook.key, outlook.run)
    assert found
    assert "what is newer cannot be read" in found.problem
    assert await Afterwards().of(outlook.key, "another") is None
