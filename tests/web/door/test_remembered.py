"""What Temporal has forgotten is listed and shown from the archive, by the same pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from activities.adapters import store
from activities.upkeep.archive import archive_closed
from tests.activities.upkeep.test_archive import closed
from tests.conftest import TEMPORAL
from tests.stage import Stage
from tests.web.fake import FakeProcesses
from tests.web.trial import make_app
from tests.web.visitor import Visitor
from web.door.archive import Archive
from web.door.fault import NotFound
from web.door.processes import Processes
from web.door.remembered import Remembered
from workflows import attribute
from workflows.reading import archived
from workflows.reading.archived import name_of


async def forget(stage: Stage) -> None:
    """As Temporal does after the time of retention."""
    execution = WorkflowExecution(workflow_id=f"family-pr/{stage.key}", run_id=stage.run)
    request = DeleteWorkflowExecutionRequest(
        namespace=stage.client.namespace, workflow_execution=execution
    )
    await stage.client.workflow_service.delete_workflow_execution(request)
    async with asyncio.timeout(120):
        while True:
            try:
                await stage.processes.document(stage.key, stage.run)
            except NotFound:
                return
            await asyncio.sleep(0.2)


@asynccontextmanager
async def visit(client: Client, folder: Path) -> AsyncIterator[Visitor]:
    """The site over this client and the archive."""
    app = make_app(FakeProcesses(), folder)
    site = app.state.site
    app.state.site = type(site)(
        **{**site.__dict__, "processes": Remembered(Processes(client), Archive())}
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
        yield Visitor(http)
    site.sessions.close()


async def test_a_forgotten_process_is_listed_and_shown_as_before(
    client: Client, own_state: Path
) -> None:
    stage = await closed(client)
    path = f"/processes/{stage.key}/{stage.run}"
    async with visit(client, own_state) as visitor:
        before = await visitor.data(path)
        await archive_closed(client)
        await forget(stage)
    async with visit(client, own_state) as visitor:
        after = await visitor.data(path)
        assert after["document"].pop("archived")
        before["document"].pop("archived")
        assert after == before
        rows = (await visitor.data("/?show=done"))["rows"]
        assert [row["archived"] for row in rows if row["run"] == stage.run] == [True]
        html = (await visitor.get(f"/processes/{stage.key}")).text
        assert "From the archive" in html
        assert "hx-sse:connect" in html, "it may be restarted while somebody looks"
        past = await visitor.get(f"{path}?at=12")
        assert "event 12 of" in past.text


async def test_temporals_own_row_is_preferred(client: Client) -> None:
    stage = await closed(client)
    await archive_closed(client)
    rows = await Remembered(Processes(client), Archive()).rows()
    assert [row.archived for row in rows if row.run == stage.run] == [False]


async def server(database: Path) -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(TEMPORAL),
        dev_server_database_filename=str(database),
        search_attributes=attribute.ALL,
        dev_server_extra_args=["--log-level", "never"],
    )


async def test_with_temporals_database_deleted_all_closed_processes_are_there(
    tmp_path: Path, own_state: Path
) -> None:
    async with await server(tmp_path / "first.db") as environment:
        stages = [await closed(environment.client, name) for name in ("happy", "failing")]
        shown = [await stage.document() for stage in stages]
        await archive_closed(environment.client)
        client = environment.client
    async with visit(client, own_state) as visitor:  # nothing answers there any more
        board = await visitor.data("/")
        assert {row["run"] for row in board["rows"]} == {stage.run for stage in stages}
        assert "does not answer" in board["problem"]
        for stage in stages:
            html = (await visitor.get(f"/processes/{stage.key}/{stage.run}")).text
            assert "From the archive" in html
    (tmp_path / "first.db").unlink()
    async with (
        await server(tmp_path / "second.db") as environment,
        visit(environment.client, own_state) as visitor,
    ):
        board = await visitor.data("/")
        assert {row["run"] for row in board["rows"]} == {stage.run for stage in stages}
        assert board["problem"] == ""
        for stage, document in zip(stages, shown, strict=True):
            data = await visitor.data(f"/processes/{stage.key}/{stage.run}")
            assert data["document"]["events"] == document.events
            assert data["document"]["problem"] == ""


async def test_what_no_code_can_replay_any_more_is_shown_as_it_was_stored(
    client: Client,
) -> None:
    stage = await closed(client)
    await archive_closed(client)
    name = name_of(f"family-pr/{stage.key}", stage.run)
    entry = archived.load(store.read(name))
    events = store.get(entry.history).replace(b'"check.start"', b'"other.start"')
    changed = store.put(events, "changed.json").digest
    archive = Archive()
    archive._entries[name] = type(entry)(**{**entry.__dict__, "history": changed})
    document = await archive.document(await archive.find(entry.workflow_id, entry.run))
    assert "as it was stored" in document.problem
    whole = (await stage.document()).process
    assert document.process == whole
