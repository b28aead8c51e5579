"""Replay: what a process looks like after some of its Temporal history, without any worker.

The workflow's own code runs over the recorded events; the instance it leaves is the document.
Any prefix of a history can be replayed: that is how a page shows an earlier moment.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    Replayer,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowInterceptorClassInput,
)

from workflows.dispatcher import Dispatcher
from workflows.domain.process import Process
from workflows.payload import DATA_CONVERTER
from workflows.reading.order import disorder
from workflows.reading.patience import StoodStill, while_it_gets_on

SCHEDULED = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
SLOW = "TMPRL1101"
"""In what Temporal says about a turn of more than two seconds: nothing is wrong with the events."""

Told = Callable[[int, Process], None]
"""Called after each turn of the dispatcher, in another thread, with the number of the event that
began the turn and the process as it then is. What is to be kept of it has to be copied."""


LOOKS = 20
"""Half seconds without a single turn after which a replay is given up."""

ENDLESS = "Replaying these events comes to no end."
_endless: deque[bytes] = deque(maxlen=100)
"""Histories that were given up: nobody waits for one twice, and none is left behind twice."""


class CannotReplay(Exception):  # noqa: N818  reads as a sentence
    """These events cannot be replayed by this version of the dispatcher."""


class NoEnd(CannotReplay):
    """Replaying these events comes to no end. No server makes such events."""


class NotInTime(CannotReplay):
    """Nothing is known to be wrong with these events: this machine was too busy to replay them."""


class _Keeping(Interceptor):
    """Keeps the workflow instance of one replay, and counts its turns."""

    def __init__(self) -> None:
        self.dispatcher: Dispatcher | None = None
        self.turns = 0

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        keeping = self

        class Inbound(WorkflowInboundInterceptor):
            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
                keeping.dispatcher = workflow.instance()
                return await self.next.execute_workflow(input)

        return Inbound


class _Turning(UnsandboxedWorkflowRunner):
    """Runs the workflow, counts its turns, and tells how the process stands after each."""

    def __init__(self, keeping: _Keeping, told: Told | None) -> None:
        super().__init__()
        self._keeping = keeping
        self._told = told

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        activate = instance.activate

        def turn(activation: Any) -> Any:
            completion = activate(activation)
            self._keeping.turns += 1
            dispatcher = self._keeping.dispatcher
            leaves = any(job.HasField("remove_from_cache") for job in activation.jobs)
            if self._told and dispatcher and dispatcher.process and not leaves:
                self._told(activation.history_length, dispatcher.process)
            return completion

        setattr(instance, "activate", turn)  # noqa: B010  a subclass needs the SDK's private types
        return instance


async def replay(history: WorkflowHistory, told: Told | None = None) -> Process | None:
    """The process after these events; None where it is not defined yet.

    Raises CannotReplay when the events do not fit the code, NotInTime when that is not known.
    """
    if why := disorder(history.events):
        raise CannotReplay(why)
    if _endless and _fingerprint(history) in _endless:
        raise NoEnd(ENDLESS)
    if not any(event.event_type == SCHEDULED for event in history.events):
        return None  # the replayer waits for ever where no dispatcher was asked yet
    keeping = _Keeping()
    try:
        await while_it_gets_on(_work(history, keeping, told), lambda: keeping.turns, LOOKS)
    except StoodStill:
        _endless.append(_fingerprint(history))
        raise NoEnd(ENDLESS) from None
    except Exception as error:
        kind = NotInTime if SLOW in str(error) else CannotReplay
        raise kind(f"{type(error).__name__}: {error}"[:500]) from error
    return keeping.dispatcher.process if keeping.dispatcher else None


async def _work(history: WorkflowHistory, keeping: _Keeping, told: Told | None) -> None:
    executor = ThreadPoolExecutor(1)
    try:
        await _replayer(keeping, executor, told).replay_workflow(history)
    except asyncio.CancelledError:
        raise  # it was given up, and may still need its thread to leave
    except Exception:
        executor.shutdown(wait=False)  # its thread may be in a turn that does not end
        raise
    executor.shutdown(wait=False)


def _fingerprint(history: WorkflowHistory) -> bytes:
    content = hashlib.sha256(history.workflow_id.encode())
    for event in history.events:
        content.update(event.SerializeToString(deterministic=True))
    return content.digest()


def _replayer(keeping: _Keeping, executor: ThreadPoolExecutor, told: Told | None) -> Replayer:
    return Replayer(
        workflows=[Dispatcher],
        workflow_task_executor=executor,
        workflow_runner=_Turning(keeping, told),
        interceptors=[keeping],
        data_converter=DATA_CONVERTER,
    )
