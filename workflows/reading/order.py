"""The order of events that Temporal's own replay takes for granted.

Where it is another, that code comes to no end: one of its threads dies and nobody is told. Real
servers make no such history; a damaged or made-up one is found here before it is replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

STARTED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED
TURN = EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED
AFTER_A_TURN = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
}


def disorder(events: Sequence[HistoryEvent]) -> str:
    """What is wrong with the order of events, in a sentence; empty where nothing is."""
    if not events or events[0].event_type != STARTED:
        return "It does not begin with the start of a process."
    for number, event in enumerate(events, 1):
        if event.event_id != number:
            return f"Event {number} is missing: event {event.event_id} stands in its place."
    for event, following in pairwise(events):
        if event.event_type == TURN and following.event_type not in AFTER_A_TURN:
            name = EventType.Name(following.event_type).removeprefix("EVENT_TYPE_")
            return f"Event {following.event_id} ({name}) cannot follow the begin of a turn."
    return ""
