"""A Temporal history, read: the document that its events make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from workflows.domain.message import AnyMessage, Start
from workflows.domain.process import Process
from workflows.reading.document import Document, RawEvent, Unread
from workflows.reading.replay import CannotReplay, NoEnd, NotInTime, replay

CLOSED = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "COMPLETED",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED: "FAILED",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT: "TIMED_OUT",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED: "CANCELED",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED: "TERMINATED",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "CONTINUED_AS_NEW",
}
MESSAGE: TypeAdapter[AnyMessage] = TypeAdapter(AnyMessage)
START: TypeAdapter[Start] = TypeAdapter(Start)
SIGNAL = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
TASK_COMPLETED = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED


COMES_IN = {
    EventType.Value(f"EVENT_TYPE_{name}")
    for name in (
        "WORKFLOW_TASK_SCHEDULED",
        "WORKFLOW_TASK_STARTED",
        "ACTIVITY_TASK_STARTED",
        "ACTIVITY_TASK_COMPLETED",
        "ACTIVITY_TASK_FAILED",
        "ACTIVITY_TASK_TIMED_OUT",
        "ACTIVITY_TASK_CANCELED",
        "TIMER_FIRED",
        "WORKFLOW_EXECUTION_SIGNALED",
        "WORKFLOW_EXECUTION_CANCEL_REQUESTED",
        "WORKFLOW_EXECUTION_UPDATE_ADMITTED",
        "WORKFLOW_EXECUTION_TERMINATED",
        "WORKFLOW_EXECUTION_TIMED_OUT",
    )
}
"""Events that happen to a dispatcher; all others it makes itself, in one go after a turn."""


async def read(history: WorkflowHistory) -> Document:
    """The document of a history, or of any prefix of one.

    Where the events cannot be replayed to their end, the longest prefix that can is shown, with
    a sentence about it and the rest as raw events. Raises NotInTime where this machine is too
    busy to tell.
    """
    events = history.events
    seen = seen_by_dispatcher(events)
    process, read_events, problem = await _longest_replay(
        WorkflowHistory(history.workflow_id, events[:seen])
    )
    first = events[0].workflow_execution_started_event_attributes
    return Document(
        workflow_id=history.workflow_id,
        run=first.original_execution_run_id,
        events=len(events),
        process=process,
        closed=CLOSED.get(events[-1].event_type, ""),
        unread=tuple(_unread(events)),
        problem=problem,
        raw=tuple(_raw(event) for event in events[read_events:]) if problem else (),
        successor=_successor(events[-1]),
        why_closed=events[-1].workflow_execution_terminated_event_attributes.reason,
    )


def _successor(last: HistoryEvent) -> str:
    continued = last.workflow_execution_continued_as_new_event_attributes
    return continued.new_execution_run_id


def seen_by_dispatcher(events: Sequence[HistoryEvent]) -> int:
    """The number of events up to what the dispatcher's last turn has made of them.

    What came after it waits for the next turn. A page must not be ahead of the dispatcher: it
    would show a question that cannot be answered yet.
    """
    turns = [n for n, event in enumerate(events) if event.event_type == TASK_COMPLETED]
    number = turns[-1] + 1 if turns else 0
    while number < len(events) and events[number].event_type not in COMES_IN:
        number += 1
    return number


async def _longest_replay(history: WorkflowHistory) -> tuple[Process | None, int, str]:
    """The process, the number of events it rests on, and what went wrong with the others."""
    events = history.events
    try:
        return await _replay_in_time(history), len(events), ""
    except NotInTime:
        raise
    except CannotReplay as fault:
        problem = f"Not all of this history can be read by this version of the site. {fault}"
        low, high, best = 0, 1 if isinstance(fault, NoEnd) else len(events), None
    while high - low > 1:  # a prefix of one that replays, replays
        middle = (low + high) // 2
        try:
            best = await _replay_in_time(WorkflowHistory(history.workflow_id, events[:middle]))
            low = middle
        except NotInTime:
            raise
        except CannotReplay as fault:
            high = low if isinstance(fault, NoEnd) else middle
    return best, low, problem


async def _replay_in_time(history: WorkflowHistory) -> Process | None:
    """Replay, and once more where the machine was too busy for it."""
    try:
        return await replay(history)
    except NotInTime:
        return await replay(history)


def _raw(event: HistoryEvent) -> RawEvent:
    name = EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
    return RawEvent(event.event_id, moment(event), name)


def moment(event: HistoryEvent) -> datetime:
    """When an event was recorded, in UTC."""
    return event.event_time.ToDatetime(tzinfo=UTC)


def _unread(events: Sequence[HistoryEvent]) -> list[Unread]:
    """Messages that were recorded and no dispatcher has read yet."""
    found: list[Unread] = []
    for event in reversed(events):
        if event.event_type == TASK_COMPLETED:
            break
        if (message := message_of(event)) is not None:
            found.append(Unread(message, moment(event)))
    return found[::-1]


def message_of(event: HistoryEvent) -> AnyMessage | None:
    """The message that an event recorded for later, if it is one that a dispatcher can read."""
    signal = event.workflow_execution_signaled_event_attributes
    if event.event_type != SIGNAL or signal.signal_name != "act_later":
        return None
    try:
        return MESSAGE.validate_json(signal.input.payloads[0].data)
    except (IndexError, ValidationError):  # anybody with access to Temporal can send anything
        return None


def start_of(history: WorkflowHistory) -> Start | None:
    """What a process was started with, if it is something that a dispatcher can read."""
    first = history.events[0].workflow_execution_started_event_attributes
    try:
        return START.validate_json(first.input.payloads[0].data)
    except (IndexError, ValidationError):
        return None
