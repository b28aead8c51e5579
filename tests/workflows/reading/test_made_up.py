"""A made-up or damaged history keeps nobody waiting for ever, and never passes for a whole one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from tests.workflows.recorder import HISTORIES
from workflows.reading import replay as replaying
from workflows.reading.history import read
from workflows.reading.order import disorder
from workflows.reading.patience import _left, while_it_gets_on
from workflows.reading.replay import CannotReplay, NoEnd, NotInTime, replay
from workflows.reading.timeline import timeline

STOPPED = HISTORIES / "1.0" / "stopped.json"
RECORDED = sorted(HISTORIES.glob("*/*.json"))


def events_of(path: Path = STOPPED) -> list[HistoryEvent]:
    return list(WorkflowHistory.from_json("family-pr/made-up", path.read_text()).events)


def history(events: list[HistoryEvent]) -> WorkflowHistory:
    return WorkflowHistory("family-pr/made-up", events)


def renumbered(events: list[HistoryEvent]) -> list[HistoryEvent]:
    for number, event in enumerate(events, 1):
        event.event_id = number
    return events


def without_4() -> list[HistoryEvent]:
    """Temporal's own code comes to no end with these: one of its threads dies."""
    events = events_of()
    return renumbered([*events[:3], *events[4:]])


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_real_histories_are_in_order(path: Path) -> None:
    events = events_of(path)
    assert not any(disorder(events[:number]) for number in range(1, len(events) + 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: [*e[:3], *e[4:]], "Event 4 is missing"),
        (lambda e: renumbered([*e[:3], *e[4:]]), "cannot follow the begin of a turn"),
        (lambda e: e[1:], "does not begin with the start"),
        (lambda e: [e[0], e[0], *e[1:]], "Event 2 is missing"),
        (lambda e: [], "does not begin with the start"),
    ],
)
async def test_events_in_no_possible_order_are_not_replayed(
    change: Callable[[list[HistoryEvent]], list[HistoryEvent]], said: str
) -> None:
    with pytest.raises(CannotReplay, match=said):
        await replay(history(change(events_of())))


async def test_such_a_history_is_shown_up_to_where_it_breaks() -> None:
    document = await read(history(without_4()))
    assert "cannot follow the begin of a turn" in document.problem
    assert document.raw[-1].type == "WORKFLOW_EXECUTION_COMPLETED"
    assert document.raw[0].number == 4
    assert (await timeline(history(without_4())))[0].event == 1


async def test_a_replay_that_gets_nowhere_is_given_up_and_others_go_on_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replaying, "disorder", lambda _: "")
    monkeypatch.setattr(replaying, "LOOKS", 3)
    hanging = asyncio.create_task(read(history(without_4())))
    served = 0
    while not hanging.done():
        assert not (await read(history(events_of()))).problem
        served += 1
    assert "comes to no end" in hanging.result().problem
    assert served > 1
    assert not _left, "the replay that was given up is still there"


async def test_whoever_leaves_while_it_is_replayed_leaves_nothing_behind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = history(events_of())
    threads = threading.active_count()
    for moment in range(40):
        reader = asyncio.create_task(read(whole))
        await asyncio.sleep(moment / 1000)
        reader.cancel()
        await asyncio.wait({reader})
    await asyncio.gather(*_left, return_exceptions=True)
    await asyncio.sleep(0.2)
    assert not [line for line in caplog.records if line.name.startswith("temporalio")]
    assert threading.active_count() <= threads + 2
    assert not (await read(whole)).problem


async def test_a_replay_comes_to_its_own_end_when_its_reader_leaves() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.05)
        ended.set()

    reader = asyncio.create_task(while_it_gets_on(work(), lambda: 0, 100))
    await asyncio.sleep(0)
    reader.cancel()
    await asyncio.wait({reader})
    await asyncio.gather(*_left, return_exceptions=True)
    assert ended.is_set()


async def test_nobody_waits_twice_for_a_replay_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replaying, "disorder", lambda _: "")
    monkeypatch.setattr(replaying, "LOOKS", 2)
    with pytest.raises(NoEnd):
        await replay(history(without_4()))
    monkeypatch.setattr(replaying, "_replayer", None)  # whoever replays again breaks here
    with pytest.raises(NoEnd):
        await replay(history(without_4()))


async def test_a_machine_that_was_too_busy_is_asked_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy = [NotInTime("[TMPRL1101]")]
    real = replaying.replay

    async def slow(wanted: WorkflowHistory) -> object:
        if busy:
            raise busy.pop()
        return await real(wanted)

    monkeypatch.setattr("workflows.reading.history.replay", slow)
    assert not (await read(history(events_of()))).problem
    busy += [NotInTime("[TMPRL1101]")] * 9
    with pytest.raises(NotInTime):
        await read(history(events_of()))


async def test_a_turn_that_takes_too_long_says_nothing_about_the_events(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import time  # noqa: PLC0415  only this turn sleeps

    def told(*_: object) -> None:
        time.sleep(2.5)  # longer than Temporal allows a turn

    with pytest.raises(NotInTime):
        await replay(history(events_of()), told)
    with pytest.raises(NotInTime):
        monkeypatch.setattr("workflows.reading.timeline.all_news", told)
        await timeline(history(events_of()))
