"""The process `family-pr` with its real tasks, where it has to stop early."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from temporalio.client import Client

import worker
from activities.adapters.forge.choice import forge
from local import upstream as demo
from tests.repository import Repository, upstream
from tests.stage import ADA, GRACE, Play, Stage, find
from workflows.domain.message import Start
from workflows.domain.process import Process
from workflows.domain.request import FIELDS, UPGRADE
from workflows.domain.status import Status

REGULAR = "fonts/ttf/Karla-Regular.ttf"


class Karla(Stage):
    """Karla's process, from an upstream repository of the test's own."""

    def __init__(self, client: Client, repository: Path) -> None:
        super().__init__(client, Play({}))
        self.kinds = worker.PROCESSES  # type: ignore[assignment]  # the real ones for once
        self.repository = repository

    async def accepted(self, **changes: str) -> None:
        """Begun by grace, accepted by ada."""
        proposal = {field.name: field.value for field in FIELDS} | {
            "family": "Karla",
            "kind": UPGRADE,
            "repository": str(self.repository),
            **changes,
        }
        self.key = "karla"
        self.run = await self.processes.begin(Start("family-pr", 0, self.key, GRACE, proposal))
        await self.answer("intake", ADA, **proposal, decision="accept")


@pytest.mark.parametrize(
    ("spoil", "task", "said"),
    [
        (lambda files: files.__setitem__(REGULAR, files[REGULAR][:5000]), "preflight", "Regular"),
        (lambda files: files.pop("OFL.txt"), "get_package", "licence"),
    ],
    ids=["a truncated font", "no licence"],
)
async def test_a_broken_upstream_stops_the_process_and_nothing_is_opened(
    client: Client,
    own_state: Path,
    spoil: Callable[[dict[str, bytes]], object],
    task: str,
    said: str,
) -> None:
    demo.build(own_state)
    files = upstream()
    spoil(files)
    repository = Repository(own_state / "upstream")
    repository.commit(files)
    stage = Karla(client, repository.folder)
    async with stage.workers():
        await stage.accepted()
        process = await stage.until(lambda p: p.phase == "failing")
        assert said in find(process, task).history[-1].text
        await stage.finalize("The upstream has to be mended first.")
        await report(stage)
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.FAILED
    assert await forge().pull_requests() == []
    assert len(await forge().issues()) == 1


async def report(stage: Stage) -> Process:
    """Send the drafted report to google/fonts."""
    asked = find(await stage.until(lambda p: find(p, "file_issue").form), "file_issue")
    assert asked.form
    drafted = {field.name: field.value for field in asked.form.fields if field.value}
    await stage.answer("file_issue", ADA, **{**drafted, "where": "google/fonts"})
    return await stage.process()


async def test_the_same_files_again_are_nothing_to_do(client: Client, own_state: Path) -> None:
    demo.build(own_state)
    stage = Karla(client, demo.upstream_path(own_state))
    async with stage.workers():
        await stage.accepted(ref="v2.002")
        process = await stage.until(lambda p: p.phase == "failing")
        assert "Nothing to do" in find(process, "preflight").history[-1].text
        await stage.finalize("Nothing to do.")
        asked = find(await stage.until(lambda p: find(p, "file_issue").form), "file_issue")
        assert asked.form
        drafted = {field.name: field.value for field in asked.form.fields if field.value}
        assert "Nothing to do" in drafted["reason"]
        await stage.answer("file_issue", ADA, **{**drafted, "where": "none"})
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.FAILED
    assert await forge().issues() == []
