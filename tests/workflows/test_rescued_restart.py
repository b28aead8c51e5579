"""A restarted process that cannot be replayed later is begun anew, from the same signed request."""

from __future__ import annotations

import pytest
from temporalio.client import Client

from tests.stage import ADA, GRACE, Stage, find, new_id
from tests.workflows.relay import Work, next_run
from tests.workflows.test_begun_anew import anew, closed
from tests.workflows.test_sweep import _other_commands, swept
from workflows.domain.actor import SWEEP
from workflows.domain.message import Restart


async def rescued(stage: Stage, patch: pytest.MonkeyPatch) -> str:
    """Have it rescued by a dispatcher that cannot replay it; the run that is begun anew."""
    with patch.context() as broken:
        broken.setattr("workflows.beginning.define", _other_commands)
        async with stage.workers():
            await swept(stage.client, 1)
            run = await next_run(stage)
    assert (await stage.document()).closed == "TERMINATED"
    return run


async def test_an_open_process_that_was_restarted_is_begun_anew_from_its_first_request(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.send(Restart(new_id(), ADA, "The tag was moved."))
        stage.run = await next_run(stage)
        await stage.until_asked("check")
    old, stage.run = stage.run, await rescued(stage, monkeypatch)
    async with stage.workers():
        process = await stage.until(lambda p: find(p, "check").form)
    assert process.supersedes and (process.supersedes.run, process.supersedes.by) == (old, SWEEP)
    assert process.initiator == GRACE
    assert process.signed, "the first request's signature holds for it"


async def test_a_closed_process_that_a_person_began_anew_is_rescued_under_that_persons_signature(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await closed(stage)
        stage.run = await anew(stage, Restart(new_id(), ADA, "The tag was moved."))
        await stage.until_asked("check")
    old, stage.run = stage.run, await rescued(stage, monkeypatch)
    async with stage.workers():
        process = await stage.until(lambda p: find(p, "check").form)
    before = process.supersedes
    assert before and (before.run, before.by) == (old, SWEEP)
    assert before.signed_with and before.signed_with.by == ADA
    assert process.signed and process.signed.message["supersedes"]["by"]["login"] == "ada"
    assert not process.ended, "it is held to be genuine, and goes on"
