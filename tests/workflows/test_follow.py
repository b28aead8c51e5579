"""A pull request is followed by looking; a hint says nothing, it only makes it look at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.worker import UnsandboxedWorkflowRunner

from activities.adapters import settings
from activities.adapters.following import follow
from tests.workflows.outlook import (
    CLOSED,
    GRACE,
    MERGED,
    ON_PRODUCTION,
    ON_SANDBOX,
    OPEN,
    OTHER,
    Outlook,
    unreachable,
)
from workflows import follow as workflow
from workflows.domain.sight import Station


@pytest.fixture
def outlook(client: Client) -> Outlook:
    return Outlook(client)


async def test_a_pull_request_is_followed_until_it_is_live(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        for sight in (MERGED, ON_SANDBOX, MERGED, ON_PRODUCTION, MERGED):
            last = await outlook.show(sight)
        whole = await outlook.handle.result()
    assert last.station is Station.LIVE
    assert [line["station"] for line in whole["milestones"]] == [
        "open", "merged", "to sandbox", "in sandbox", "to production", "live",
    ]  # fmt: skip
    assert last.milestones[1].by == GRACE


async def test_it_looks_by_the_clock_where_no_hint_comes(outlook: Outlook) -> None:
    outlook.sight = replace(OPEN, poll=0.3)
    async with outlook.worker():
        await outlook.begin()
        outlook.sight = replace(MERGED, poll=0.3)
        await outlook.until(lambda one: one.station is Station.MERGED)


async def test_hints_alone_change_nothing(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        before = await outlook.state()
        await asyncio.gather(*(outlook.handle.signal("look") for _ in range(5)))
        after = await outlook.until(lambda _: len(outlook.looks) > 1)
    assert before == after


async def test_a_signal_of_any_shape_is_a_hint_and_breaks_nothing(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        await outlook.handle.signal("look", args=[1, {"two": "three"}])
        await outlook.handle.signal("unknown")
        assert (await outlook.show(MERGED)).station is Station.MERGED


async def test_a_forge_that_does_not_answer_is_told_and_asked_again(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        missed = await outlook.show(unreachable())
        assert missed.problem == "GitHub did not answer."
        assert missed.station is Station.OPEN
        assert (await outlook.show(MERGED)).problem == ""


async def test_an_answer_that_cannot_be_read_is_a_problem_and_no_end(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        missed = await outlook.show({"state": 5})  # type: ignore[arg-type]  # rubbish
        assert "ValidationError" in missed.problem or "head" in missed.problem
        assert (await outlook.show(MERGED)).station is Station.MERGED


async def test_a_look_knows_what_was_seen_before(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
        pushed = await outlook.show(replace(OPEN, head=OTHER))
        await outlook.show(replace(OPEN, head=OTHER))
    assert not pushed.is_judged
    assert [asked.head for asked in outlook.looks] == ["", "", OTHER]


async def test_a_long_way_goes_on_in_a_new_run(
    outlook: Outlook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "LONGEST_HISTORY", 30)
    outlook.runner = UnsandboxedWorkflowRunner()  # the sandbox would load the number anew
    async with outlook.worker():
        await outlook.begin()
        first = (await outlook.handle.describe()).run_id
        for sight in (MERGED, ON_SANDBOX, ON_SANDBOX, MERGED, ON_PRODUCTION, ON_PRODUCTION):
            last = await outlook.show(sight)
        description = await outlook.handle.describe()
    assert description.run_id != first
    assert last.station is Station.TO_PRODUCTION
    assert len(last.milestones) == 5


async def test_nothing_is_lost_while_no_worker_runs(outlook: Outlook) -> None:
    async with outlook.worker():
        await outlook.begin()
    outlook.sight = CLOSED
    await outlook.handle.signal("look")
    async with outlook.worker():
        await outlook.until(lambda one: one.station is Station.CLOSED)
    assert (await outlook.handle.describe()).status is WorkflowExecutionStatus.RUNNING


async def test_a_pull_request_is_followed_once(
    client: Client, outlook: Outlook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASK_QUEUE", outlook.queue)
    settings.settings.cache_clear()
    await follow(outlook.mile, client)
    first = (await outlook.handle.describe()).run_id
    await follow(outlook.mile, client)
    async with outlook.worker():
        for sight in (ON_PRODUCTION, MERGED):
            await outlook.show(sight)
        await outlook.handle.result()
    await follow(outlook.mile, client)
    description = await outlook.handle.describe()
    assert (description.run_id, description.status) == (first, WorkflowExecutionStatus.COMPLETED)
