"""A round of the sweep is asked for until a server hears it; whoever asks serves on."""

from __future__ import annotations

from typing import Any, cast

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.upkeep.round import call_until_heard
from workflows.domain.sweeping import Order


class Deaf:
    """A server that is too busy to hear the first calls."""

    namespace = "default"

    def __init__(self, faults: int) -> None:
        self.faults = faults
        self.heard: list[str] = []
        self.workflow_service = self

    async def reset_sticky_task_queue(self, _: object) -> None:
        raise RPCError("no sweep runs", RPCStatusCode.NOT_FOUND, b"")

    async def start_workflow(self, name: str, *_: Any, **__: Any) -> None:
        if self.faults:
            self.faults -= 1
            raise RPCError("too busy", RPCStatusCode.RESOURCE_EXHAUSTED, b"")
        self.heard.append(name)

    async def create_schedule(self, name: str, *_: Any, **__: Any) -> None:
        self.heard.append(name)


async def test_a_server_that_is_too_busy_is_asked_again() -> None:
    server = Deaf(2)
    await call_until_heard(cast(Client, server), Order(), pause=0.001)
    assert server.heard == ["Sweep", "sweep"]
