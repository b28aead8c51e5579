"""Where Temporal drops a request, what a person sent is neither lost nor called refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import Visitor
from web.door.fault import NotFound, Unreachable, Unsure
from web.door.processes import Processes, Sent
from workflows.domain.actor import Actor
from workflows.domain.message import AnyMessage, Stop
from workflows.reading.document import Document

SEEN = Document("family-pr/karla", "run", 1, None)
STOP = Stop("id", Actor("ada", 1, ("engineer",)), "because")


class Handle:
    """A run of a server that answers updates, and perhaps signals, with a fault."""

    def __init__(self, update: RPCStatusCode, signal: RPCStatusCode | None) -> None:
        self.update, self.to_signal = update, signal
        self.signals: list[AnyMessage] = []

    async def execute_update(self, *_: object, **__: object) -> Any:
        raise RPCError("operation was canceled", self.update, b"")

    async def signal(self, _: object, message: AnyMessage) -> None:
        if self.to_signal:
            raise RPCError("gone", self.to_signal, b"")
        self.signals.append(message)


class Server:
    """As much of a client as sending needs."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle

    def get_workflow_handle(self, *_: object, **__: object) -> Handle:
        return self.handle


def through(handle: Handle) -> Processes:
    return Processes(cast("Client", Server(handle)))


@pytest.mark.parametrize(
    "status", [RPCStatusCode.CANCELLED, RPCStatusCode.UNAVAILABLE, RPCStatusCode.UNKNOWN]
)
async def test_an_update_that_temporal_drops_is_recorded_for_later(status: RPCStatusCode) -> None:
    handle = Handle(status, None)
    assert await through(handle).act("karla", "run", STOP, SEEN) == Sent(None)
    assert [replace(sent, signature=None) for sent in handle.signals] == [STOP]


async def test_what_temporal_says_no_to_is_not_sent_another_way() -> None:
    handle = Handle(RPCStatusCode.NOT_FOUND, None)
    with pytest.raises(NotFound):
        await through(handle).act("karla", "run", STOP, SEEN)
    assert handle.signals == []


async def test_nobody_says_that_it_was_not_taken_when_that_is_not_known() -> None:
    handle = Handle(RPCStatusCode.UNAVAILABLE, RPCStatusCode.UNAVAILABLE)
    with pytest.raises(Unsure, match="Nobody knows yet"):
        await through(handle).act("karla", "run", STOP, SEEN)


@pytest.mark.parametrize("sure", [True, False])
async def test_the_page_says_not_taken_only_where_that_is_sure(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    key, run = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    away = Unreachable("Temporal does not answer.")

    async def act(*_: object) -> Sent:
        raise away if sure else Unsure(away)

    monkeypatch.setattr(processes, "act", act)
    page = f"/processes/{key}/{run}"
    typed = {"reply.verdict": "OK", "reply.reason": "Browsers do not draw it."}
    answer = await visitor.send(page, f"{page}/answer/preflight", **typed)
    assert answer.status_code == 503
    assert "Browsers do not draw it." in answer.text
    assert ("It was not taken." in answer.text) == sure
    assert ("counts once" in answer.text) != sure
