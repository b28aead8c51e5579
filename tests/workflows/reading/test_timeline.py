"""The timeline of recorded histories: each moment is one at which the document changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from tests.workflows.recorder import HISTORIES
from workflows.reading.history import read
from workflows.reading.news import all_news
from workflows.reading.timeline import event_at, timeline

RECORDED = sorted(HISTORIES.glob("*/*.json"))


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"family-pr/{path.stem}", path.read_text())


async def shown(whole: WorkflowHistory, events: int) -> set[str]:
    prefix = WorkflowHistory(whole.workflow_id, whole.events[:events])
    process = (await read(prefix)).process
    return set(all_news(process)) if process else set()


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_each_moment_brings_exactly_what_its_page_shows_more_than_the_one_before(
    path: Path,
) -> None:
    whole = history(path)
    moments = await timeline(whole)
    before: set[str] = set()
    assert len(moments) > 1
    for moment in moments:
        now = await shown(whole, moment.event)
        outside = {"head", "unread", "trouble"}
        assert {news.anchor for news in moment.news} - outside == now - before
        before = now
    assert before == await shown(whole, len(whole.events))


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_the_time_of_an_entry_leads_to_the_moment_that_brought_it(path: Path) -> None:
    whole = history(path)
    moments = await timeline(whole)
    process = (await read(whole)).process
    assert process
    for task in (task for step in process.path for task in step.tasks):
        for number, entry in enumerate(task.history, 1):
            event = event_at(moments, entry.at)
            brought = next(moment.news for moment in moments if moment.event == event)
            assert f"entry-{task.key}-{number}" in {news.anchor for news in brought}


async def test_a_recorded_message_is_a_moment_before_any_dispatcher_reads_it() -> None:
    moments = await timeline(history(HISTORIES / "1.0" / "workerless.json"))
    recorded = [moment for moment in moments if moment.news[0].anchor == "unread"]
    assert [moment.news[0].by for moment in recorded] == ["ada", "grace"]


async def test_a_history_that_does_not_fit_has_the_moments_until_there() -> None:
    whole = history(HISTORIES / "1.0" / "happy.json")
    complete = await timeline(whole)
    for event in whole.events:
        name = event.activity_task_scheduled_event_attributes.activity_type
        if name.name == "sign_off.start":
            name.name = "other.start"
    found = await timeline(whole)
    assert 3 < len(found) < len(complete)
    assert found == complete[: len(found)]
