"""An earlier moment: a process page as it was after some of the history's events."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio.client import WorkflowHistory

from web.door.fault import NotFound, translated
from workflows.reading.document import Document
from workflows.reading.history import read
from workflows.reading.news import News
from workflows.reading.timeline import Moment, event_at, timeline

KEPT = 200
_timelines: OrderedDict[tuple[str, int], tuple[Moment, ...]] = OrderedDict()


@dataclass(frozen=True)
class Earlier:
    """Where in time a page stands.

    `event` of `events` were there. `step` counts the moments from 1; `moments` are all of them.
    """

    event: int
    events: int
    at: datetime
    step: int
    moments: tuple[Moment, ...]

    @property
    def previous(self) -> int:
        """The event of the moment before; 0 at the first."""
        return self.moments[self.step - 2].event if self.step > 1 else 0

    @property
    def next(self) -> int:
        """The event of the moment after; 0 at the last."""
        return self.moments[self.step].event if self.step < len(self.moments) else 0

    @property
    def fresh(self) -> tuple[News, ...]:
        """What this moment brought."""
        return self.moments[self.step - 1].news

    @property
    def later(self) -> tuple[News, ...]:
        """What came since, until now."""
        return tuple(news for moment in self.moments[self.step :] for news in moment.news)

    def is_fresh(self, anchor: str) -> bool:
        """Whether this moment brought what stands there."""
        return any(news.anchor == anchor for news in self.fresh)

    def later_of(self, task: str) -> int:
        """How many entries of a task came since."""
        return sum(news.task == task for news in self.later)


async def earlier(history: WorkflowHistory, wanted: str) -> tuple[Document, Earlier]:
    """The document at a moment; `wanted` is an event's number or a time in ISO 8601.

    Raises NotFound for a moment before the process began, or an event that it does not have.
    """
    moments = await moments_of(history)
    event = _event(moments, len(history.events), wanted)
    prefix = WorkflowHistory(history.workflow_id, history.events[:event])
    step = sum(moment.event <= event for moment in moments)
    at = prefix.events[-1].event_time.ToDatetime(tzinfo=UTC)
    place = Earlier(event, len(history.events), at, step, moments)
    with translated():
        return await read(prefix), place


async def moments_of(history: WorkflowHistory) -> tuple[Moment, ...]:
    """The timeline, read once: the events that are there never change."""
    first = history.events[0].workflow_execution_started_event_attributes
    key = (first.original_execution_run_id, len(history.events))
    if key not in _timelines:
        with translated():
            _timelines[key] = await timeline(history)
        if len(_timelines) > KEPT:
            _timelines.popitem(last=False)
    return _timelines[key]


def _event(moments: Sequence[Moment], events: int, wanted: str) -> int:
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    if not number:
        try:
            at = datetime.fromisoformat(wanted)
        except ValueError:
            raise NotFound(f"{wanted[:40]!r} is neither an event nor a time.") from None
        number = event_at(moments, at if at.tzinfo else at.replace(tzinfo=UTC))
        if not number:
            raise NotFound("At that time this process had not begun.")
    if number > events:
        raise NotFound(f"This process has {events} events so far.")
    return number


def event_of_step(moments: Sequence[Moment], step: int) -> int:
    """The event of a step on the slider, the nearest there is."""
    return moments[min(max(step, 1), len(moments)) - 1].event
