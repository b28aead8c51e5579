"""The timeline: the moments at which the document of a process changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from workflows.domain.process import Process
from workflows.reading.history import (
    CLOSED,
    COMES_IN,
    TASK_COMPLETED,
    message_of,
    moment,
    seen_by_dispatcher,
)
from workflows.reading.news import News, all_news
from workflows.reading.replay import CannotReplay, NotInTime, replay

ROUNDING = timedelta(microseconds=10)
"""The workflow's clock counts in fractions of seconds, which rounds."""


@dataclass(frozen=True)
class Moment:
    """After the first `event` events the page showed something new.

    `at` is the time that the entries of this moment carry.
    """

    event: int
    at: datetime
    news: tuple[News, ...]


async def timeline(history: WorkflowHistory) -> tuple[Moment, ...]:
    """Every moment at which the document changed, in order, by one replay.

    Where the events cannot be replayed to their end, the moments until there. Raises NotInTime
    where this machine is too busy to tell.
    """
    turns: dict[int, dict[str, News]] = {}

    def told(began: int, process: Process) -> None:
        turns[began] = all_news(process)

    events = history.events
    try:
        await replay(
            WorkflowHistory(history.workflow_id, events[: seen_by_dispatcher(events)]), told
        )
    except NotInTime:
        raise
    except CannotReplay:
        if turns:
            turns.popitem()  # the turn that did not fit
    return tuple(_moments(events, turns))


def _moments(events: Sequence[HistoryEvent], turns: dict[int, dict[str, News]]) -> Iterator[Moment]:
    yield Moment(1, moment(events[0]), (News("head", "The process", "started"),))
    known: dict[str, News] = {}
    for number, event in enumerate(events, 1):
        if event.event_type == TASK_COMPLETED:
            began = event.workflow_task_completed_event_attributes.started_event_id
            now = turns.get(began, known)
            fresh = tuple(news for anchor, news in now.items() if anchor not in known)
            if fresh:
                yield Moment(_end_of_turn(events, number), moment(events[began - 1]), fresh)
            known = now
        elif news := _from_outside(event):
            yield Moment(number, moment(event), (news,))


def _end_of_turn(events: Sequence[HistoryEvent], number: int) -> int:
    """The events of a turn are recorded together: what the dispatcher made after `number`."""
    while number < len(events) and events[number].event_type not in COMES_IN:
        number += 1
    return number


def _from_outside(event: HistoryEvent) -> News | None:
    """What the page shows although no dispatcher has seen it."""
    if message := message_of(event):
        return News("unread", "A message", "recorded, waits for the dispatcher", message.by.login)
    if event.event_type in CLOSED and event.event_type in COMES_IN:
        return News("trouble", "The run", f"closed by Temporal: {CLOSED[event.event_type]}")
    return None


def event_at(moments: Sequence[Moment], at: datetime) -> int:
    """The number of events that were there at a time; 0 before the first."""
    seen = [one.event for one in moments if one.at - ROUNDING <= at]
    return seen[-1] if seen else 0
