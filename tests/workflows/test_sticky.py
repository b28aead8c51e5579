"""A killed worker is not waited for when a newer version replaces what it had in memory."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.upkeep.round import NAME, call
from activities.upkeep.sticky import free
from tests.chaos.versions.__main__ import begin_worker
from tests.chaos.versions.relay import play
from tests.stage import Stage, find
from tests.workflows.relay import next_run
from workflows.domain.sweeping import Order

TIMED_OUT = EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT


async def test_what_a_killed_worker_had_in_memory_is_replaced_without_waiting_for_it(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", client.service_client.config.target_host)
    stage = Stage(client, play(1))
    with begin_worker(1, tmp_path / "log") as old:
        await stage.begin(family="Play")
        await stage.until(lambda p: find(p, "judge").form and not find(p, "slow").is_working, 60)
        old.kill()
    stage.kinds = {"play": play(2)}
    async with stage.workers():
        await call(client, Order({"play": 2}))
        assert await next_run(stage) != stage.run
        await client.get_workflow_handle(NAME).terminate("the test is over")
    handle = stage.processes.handle(stage.key, stage.run)
    events = (await handle.fetch_history()).events
    assert TIMED_OUT not in [event.event_type for event in events]


class Refusing:
    """A server that does not know the call."""

    namespace = "default"

    @property
    def workflow_service(self) -> Refusing:
        return self

    async def reset_sticky_task_queue(self, *_: object) -> None:
        raise RPCError("what?", RPCStatusCode.UNIMPLEMENTED, b"")


async def test_a_server_that_does_not_know_the_call_costs_time_only() -> None:
    await free(cast(Client, Refusing()), "family-pr/karla")
