"""A Temporal that is frozen says nothing, for ever: nobody waits that long for a page."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from temporalio.client import Client

from web.door import fault, listed
from web.door.fault import Unreachable, Unsure
from web.door.listed import Listed
from web.door.processes import Processes
from workflows.domain.actor import Actor
from workflows.domain.message import Stop
from workflows.reading.document import Document
from workflows.reading.listing import Followed
from workflows.reading.row import Row

SEEN = Document("family-pr/karla", "run", 1, None)
STOP = Stop("id", Actor("ada", 1, ("engineer",)), "because")


class Frozen:
    """A server, and a run of it, that takes every request and answers none."""

    namespace = "default"
    looks = 0

    @property
    def workflow_service(self) -> Frozen:
        return self

    def get_workflow_handle(self, *_: object, **__: object) -> Frozen:
        return self

    async def _silence(self, *_: object, **__: object) -> Any:
        await asyncio.Event().wait()

    fetch_history = describe_workflow_execution = execute_update = signal = _silence


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Processes:
    async def look(client: Any) -> tuple[list[Row], Followed]:
        client.looks += 1
        await client._silence()
        raise AssertionError

    monkeypatch.setattr(listed, "look", look)
    monkeypatch.setattr(fault, "PATIENCE", 0.1)
    return Processes(cast("Client", Frozen()))


async def test_a_page_says_that_temporal_does_not_answer(frozen: Processes) -> None:
    for asked in (
        frozen.rows(),
        frozen.latest("karla"),
        frozen.document("karla", "run"),
        frozen.history("karla", "run"),
    ):
        with pytest.raises(Unreachable, match="nothing in"):
            await asked


async def test_all_who_wait_for_the_board_wait_as_long_as_one(frozen: Processes) -> None:
    waiting = [frozen.rows() for _ in range(20)]
    faults = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(found, Unreachable) for found in faults)
    assert cast("Frozen", frozen.client).looks == 1


async def test_whoever_sent_something_is_told_that_nobody_knows_whether_it_arrived(
    frozen: Processes,
) -> None:
    with pytest.raises(Unsure, match="Nobody knows yet"):
        await frozen.act("karla", "run", STOP, SEEN)


async def test_a_list_is_asked_for_anew_when_something_was_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = 0

    async def look(_: object) -> tuple[list[Row], Followed]:
        nonlocal looks
        looks += 1
        return [], {}

    monkeypatch.setattr(listed, "look", look)
    monkeypatch.setattr(listed, "FRESH", 1000.0)
    kept = Listed(cast("Client", None))
    await kept.rows()
    await kept.rows()
    assert looks == 1
    kept.forget()
    await kept.rows()
    assert looks == 2
