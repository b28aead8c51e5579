"""The hashes of what was recorded long ago stay: records that people hold are checked with them."""

from __future__ import annotations

import json

import pytest
from temporalio.client import WorkflowHistory

from tests.workflows.recorder import HISTORIES
from workflows.reading.history import read

PINNED = HISTORIES / "heads.json"
"""By file, the hash of the last entry. Never change one: a change of the code would then call
genuine records tampered with."""

HEADS: dict[str, str] = json.loads(PINNED.read_text())


@pytest.mark.parametrize("name", HEADS)
async def test_the_chain_of_a_recorded_history_is_what_it_was(name: str) -> None:
    whole = (HISTORIES / name).read_text()
    process = (await read(WorkflowHistory.from_json("family-pr/recorded", whole))).process
    assert process
    assert process.chain.head == HEADS[name]


def test_every_released_history_is_pinned() -> None:
    found = {f"{p.parent.name}/{p.name}" for p in HISTORIES.glob("[0-9]*/*.json")}
    assert found <= set(HEADS), f"write down the head of {found - set(HEADS)}"
