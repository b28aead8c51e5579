"""Histories of released versions replay, to their end and to every moment before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from tests.workflows.record import STORIES
from tests.workflows.recorder import HISTORIES
from worker import RUNNER
from workflows.dispatcher import Dispatcher
from workflows.reading.history import read

RECORDED = sorted(HISTORIES.glob("*/*.json"))


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"family-pr/{path.stem}", path.read_text())


def test_every_version_has_every_story() -> None:
    names = {story.__name__ for story in STORIES}
    versions = {path.parent for path in RECORDED}
    assert versions
    for version in versions:
        assert {path.stem for path in version.glob("*.json")} >= names


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_a_recorded_history_replays_as_in_a_worker(path: Path) -> None:
    replayer = Replayer(
        workflows=[Dispatcher], workflow_runner=RUNNER, data_converter=pydantic_data_converter
    )
    await replayer.replay_workflow(history(path))


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_every_moment_of_a_recorded_history_can_be_read(path: Path) -> None:
    whole = history(path)
    for number in range(1, len(whole.events) + 1):
        document = await read(WorkflowHistory(whole.workflow_id, whole.events[:number]))
        assert not document.problem, f"event {number}: {document.problem}"


async def test_the_stories_end_as_they_were_lived() -> None:
    ends = {}
    for path in RECORDED:
        process = (await read(history(path))).process
        assert process is not None
        ends[path.stem] = (process.status.value, len(process.log))
    assert ends["happy"] == ("OK", 0)
    assert ends["failing"] == ("FAILED", 0)
    assert ends["stopped"] == ("FAILED", 0)
    assert ends["cancelled"] == ("FAILED", 0)
    assert ends["workerless"] == ("PENDING", 1)


async def test_a_history_that_does_not_fit_is_shown_as_far_as_it_does() -> None:
    whole = history(next(path for path in RECORDED if path.stem == "happy"))
    events = list(whole.events)
    number = next(
        n
        for n, event in enumerate(events)
        if event.activity_task_scheduled_event_attributes.activity_type.name == "check.start"
    )
    events[number].activity_task_scheduled_event_attributes.activity_type.name = "other.start"
    document = await read(WorkflowHistory(whole.workflow_id, events))
    assert "Not all of this history" in document.problem
    assert document.process is not None
    assert document.raw
    assert document.raw[-1].number == len(events)


async def test_successions_end_as_they_were_lived() -> None:
    for path in sorted((HISTORIES / "1.1").glob("*.json")):
        process = (await read(history(path))).process
        assert process is not None
        if path.stem in ("superseded", "restarted"):
            assert process.superseded is not None, path.stem
        if path.stem == "reconfirmed":
            assert process.supersedes is not None
            assert (process.status.value, process.version) == ("OK", 2)
        if path.stem in ("begun_anew", "begun_in_vain"):
            assert process.supersedes is not None, path.stem
            assert process.signed and process.signed.action == "start", "by a person"
            assert process.status.value == ("OK" if path.stem == "begun_anew" else "FAILED")
