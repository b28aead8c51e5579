"""A performance: one function of a task run as an activity, whatever becomes of it an outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, TimeoutError, TimeoutType, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from workflows.domain.actor import DISPATCHER
    from workflows.domain.definition import TRIES
    from workflows.domain.message import Call
    from workflows.domain.outcome import Outcome
    from workflows.domain.process import Process
    from workflows.domain.record import record
    from workflows.domain.status import Status
    from workflows.domain.step import Step
    from workflows.domain.task import Task

HEARTBEAT_TIMEOUT = timedelta(seconds=10)
GRACE = timedelta(seconds=60)
"""The activity keeps the task's limit itself and says so; Temporal's own limit is the net."""

RETRIES = RetryPolicy(maximum_attempts=TRIES, maximum_interval=timedelta(minutes=1))
"""Only lost workers and passing faults get here: any other failure is an outcome at once."""


async def perform(process: Process, step: Step, task: Task, function: str) -> tuple[Outcome, bool]:
    """The outcome of one function of a task, and whether it is ours and not the task's."""
    names = _names(process)
    if missing := [need for need in task.definition.needs if need not in names]:
        advice = f"Needs {', '.join(missing)}; an earlier step has to provide it."
        return Outcome(Status.FAILED, advice), True
    needs = {need: names[need] for need in task.definition.needs}
    try:
        return await _execute(step, task, function, _call(process, task, function, needs)), False
    except ActivityError as error:
        return Outcome(Status.FAILED, _explain(task, error)), True
    except Exception as error:  # anything else would retry this workflow for ever
        text = f"The dispatcher could not read the result: {type(error).__name__}: {error}"
        return Outcome(Status.FAILED, text[:2000]), True


async def _execute(step: Step, task: Task, function: str, call: Call) -> Outcome:
    raw = await workflow.execute_activity(
        f"{task.key}.{function}",
        call,
        result_type=RawValue,  # decoded below: a failure there must not stall the process
        task_queue=task.definition.queue or None,
        start_to_close_timeout=task.definition.limit + GRACE,
        heartbeat_timeout=HEARTBEAT_TIMEOUT,
        retry_policy=RETRIES,
        cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        summary=f"{task.title}, attempt {task.attempt}",
        event_groups=[workflow.create_event_group(step.title, label=step.title)],
    )
    outcome: Outcome = workflow.payload_converter().from_payload(raw.payload, Outcome)
    return outcome


def _names(process: Process) -> dict[str, Any]:
    info = workflow.info()
    return {
        **process.names,
        "proposal": process.proposal,
        "record": record(process, info.workflow_id, info.run_id),
    }


def _call(process: Process, task: Task, function: str, needs: dict[str, Any]) -> Call:
    info = workflow.info()
    answer = task.answer if function == "answer" else None
    return Call(
        process=info.workflow_id,
        run=info.run_id,
        key=process.key,
        task=task.key,
        title=task.title,
        function=function,
        attempt=task.attempt,
        number=task.questions,
        version=task.definition.version,
        by=answer.by if answer else DISPATCHER,
        limit=task.definition.limit.total_seconds(),
        names=needs,
        reply=answer.reply if answer else {},
        kept=task.kept,
        initiator=process.initiator,
    )


def _explain(task: Task, error: ActivityError) -> str:
    if is_cancelled_exception(error):
        return "Cancelled."
    cause = error.cause
    if isinstance(cause, TimeoutError) and cause.type is TimeoutType.HEARTBEAT:
        return f"Its worker was lost {TRIES} times in a row. Look at the worker, then run it again."
    if isinstance(cause, TimeoutError):
        return (
            f"It took longer than {task.definition.limit}. Look at the worker, then run it again."
        )
    return f"It was tried {TRIES} times. {cause or error}"
