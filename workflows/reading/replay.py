"""Replay: what a process looks like after some of its Temporal history, without any worker.

The workflow's own code runs over the recorded events; the instance it leaves is the document.
Any prefix of a history can be replayed: that is how a page shows an earlier moment.
"""

from __future__ import annotations

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

SCHEDULED = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
SLOW = "TMPRL1101"
"""In what Temporal says about a turn of more than two seconds: nothing is wrong with the events."""

Told = Callable[[int, Process], None]
"""Called after each turn of the dispatcher, in another thread, with the number of the event that
began the turn and the process as it then is. What is to be kept of it has to be copied."""


class CannotReplay(Exception):  # noqa: N818  reads as a sentence
    """These events cannot be replayed by this version of the dispatcher."""


class _Keeping(Interceptor):
    """Keeps the workflow instance of one replay."""

    def __init__(self) -> None:
        self.dispatcher: Dispatcher | None = None

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        keeping = self

        class Inbound(WorkflowInboundInterceptor):
            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
                keeping.dispatcher = workflow.instance()
                return await self.next.execute_workflow(input)

        return Inbound


class _Telling(UnsandboxedWorkflowRunner):
    """Runs the workflow, and tells how the process stands after each turn."""

    def __init__(self, keeping: _Keeping, told: Told) -> None:
        super().__init__()
        self._keeping = keeping
        self._told = told

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        activate = instance.activate

        def tell(activation: Any) -> Any:
            completion = activate(activation)
            dispatcher = self._keeping.dispatcher
            leaves = any(job.HasField("remove_from_cache") for job in activation.jobs)
            if dispatcher and dispatcher.process and not leaves:
                self._told(activation.history_length, dispatcher.process)
            return completion

        setattr(instance, "activate", tell)  # noqa: B010  a subclass needs the SDK's private types
        return instance


async def replay(history: WorkflowHistory, told: Told | None = None) -> Process | None:
    """The process after these events; None where it is not defined yet.

    Raises CannotReplay when the events do not fit the code.
    """
    if not any(event.event_type == SCHEDULED for event in history.events):
        return None  # the replayer waits for ever where no dispatcher was asked yet
    keeping = _Keeping()
    with ThreadPoolExecutor(1) as executor:
        replayer = Replayer(
            workflows=[Dispatcher],
            workflow_task_executor=executor,
            workflow_runner=_Telling(keeping, told) if told else UnsandboxedWorkflowRunner(),
            interceptors=[keeping],
            data_converter=DATA_CONVERTER,
        )
        try:
            await replayer.replay_workflow(history)
        except Exception as error:
            raise CannotReplay(f"{type(error).__name__}: {error}"[:500]) from error
    return keeping.dispatcher.process if keeping.dispatcher else None
