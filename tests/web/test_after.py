"""What becomes of a pull request is seen on its page and on the board, and as data."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, bring, merged
from tests.web.visitor import Visitor
from web.station import of_stations
from workflows.domain.actor import Actor
from workflows.domain.mile import LastMile
from workflows.domain.sight import Sight, Station

OURS = "a" * 40
OPEN = Sight("open", OURS)
CLOSED = Sight("closed", OURS, Actor("grace", 2))
MERGED = Sight("merged", OURS, Actor("grace", 2), None, False, False)
ON_SANDBOX = replace(MERGED, to_sandbox=True)
ON_PRODUCTION = replace(MERGED, to_production=True)


async def shown(visitor: Visitor, processes: FakeProcesses, *sights: Sight) -> str:
    """The page of a process whose pull request was seen so."""
    at = await bring(processes, "Karla", *DONE)
    merged(processes, at, *sights)
    return (await visitor.get(f"/processes/{at[0]}/{at[1]}")).text


async def test_a_process_that_is_not_followed_says_nothing_about_it(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", *DONE)
    html = (await visitor.get(f"/processes/{at[0]}/{at[1]}")).text
    assert "After the pull request" not in html


async def test_a_merge_is_on_page_and_board(visitor: Visitor, processes: FakeProcesses) -> None:
    html = await shown(visitor, processes, MERGED)
    assert "After the pull request" in html
    assert "Done · merged" in html
    assert '<a href="https://github.com/google/fonts/pull/5" rel="noopener">' in html
    assert "Done · merged" in (await visitor.get("/")).text
    row = (await visitor.data("/"))["rows"][0]
    assert (row["phase"], row["after"], row["still"]) == ("done", "merged", False)
    data = (await visitor.data(f"/processes/karla/{row['run']}"))["document"]["after"]
    assert [line["by"]["login"] for line in data["milestones"]] == ["dispatcher", "grace"]


async def test_what_is_wrong_with_it_is_said_above_its_lines(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    html = await shown(visitor, processes, replace(OPEN, head="b" * 40))
    assert "is not the one that was judged" in html
    mile = processes.cases[-1].after
    assert mile
    mile.miss("GitHub <b>does not</b> answer.", processes.tick())
    html = (await visitor.get("/processes/karla")).text
    assert "This may be old" in html
    assert "<b>does not</b>" not in html


async def test_what_stands_still_is_seen_on_the_board(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await shown(visitor, processes, MERGED)
    mile = processes.cases[-1].after
    assert mile
    mile.see(MERGED, processes.tick() + timedelta(days=15))
    html = (await visitor.get("/")).text
    assert "Done · merged, stands still" in html
    assert "Nothing has changed for 15 days" in (await visitor.get("/processes/karla")).text


async def test_a_page_that_is_open_sees_a_merge(visitor: Visitor, processes: FakeProcesses) -> None:
    at = await bring(processes, "Karla", *DONE)
    merged(processes, at, OPEN)
    documents = processes.watch(*at)
    first = await anext(documents)
    merged(processes, at, MERGED)
    await processes.tell(processes.case(*at))
    second = await asyncio.wait_for(anext(documents), 5)
    assert [d.after.station for d in (first, second) if d.after] == ["open", "merged"]


@pytest.mark.parametrize(
    ("sights", "words"),
    [
        ((OPEN,), ["Opened", "Waits for a merge", "Not yet", "Not yet"]),
        ((CLOSED,), ["Closed", "Not yet", "Not yet", "Not yet"]),
        ((MERGED,), ["Opened", "Merged", "Waits for the push list", "Not yet"]),
        ((ON_SANDBOX,), ["Opened", "Merged", "On the push list", "Not yet"]),
        (
            (ON_SANDBOX, MERGED),
            ["Opened", "Merged", "Pushed, as the lists tell", "Waits for the push list"],
        ),
        ((ON_PRODUCTION,), ["Opened", "Merged", "Not seen", "On the push list"]),
        (
            (ON_SANDBOX, ON_PRODUCTION, MERGED),
            ["Opened", "Merged", "Pushed, as the lists tell", "Pushed, as the lists tell"],
        ),
        (
            (ON_SANDBOX, ON_PRODUCTION, ON_SANDBOX),
            ["Opened", "Merged", "On the push list", "Not yet"],
        ),
    ],
)
async def test_each_station_says_no_more_than_was_seen(
    processes: FakeProcesses, sights: tuple[Sight, ...], words: list[str]
) -> None:
    at = await bring(processes, "Karla", *DONE)
    merged(processes, at, *sights)
    mile = processes.case(*at).after
    assert isinstance(mile, LastMile)
    assert [sign.word for _, sign in of_stations(mile)] == words
    assert mile.station in Station
