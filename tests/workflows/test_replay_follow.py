"""Recorded ways of pull requests replay: what follows one for weeks outlives many versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from tests.workflows.record_follow import FOLLOWED, STORIES
from worker import RUNNER
from workflows.follow import Follow

RECORDED = sorted(FOLLOWED.glob("*/*.json"))


def read(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"follow/karla/{path.stem}", path.read_text())


def test_every_version_has_every_story() -> None:
    versions = list(FOLLOWED.iterdir())
    assert versions
    for version in versions:
        assert {path.stem for path in version.glob("*.json")} == {s.__name__ for s in STORIES}


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_a_recorded_way_replays(path: Path) -> None:
    history = read(path)
    replayer = Replayer(
        workflows=[Follow], workflow_runner=RUNNER, data_converter=pydantic_data_converter
    )
    await replayer.replay_workflow(history)
