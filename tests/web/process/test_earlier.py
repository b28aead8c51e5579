"""A process page at earlier moments, over recorded histories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.scene import bring
from tests.web.visitor import Visitor
from tests.workflows.recorder import HISTORIES

RECORDED = sorted(HISTORIES.glob("*/*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_every_event_of_every_recorded_history_is_drawn(
    visitor: Visitor, processes: FakeProcesses, path: Path
) -> None:
    url, history = await recorded(processes, f"{path.parent.name}/{path.name}")
    for event in range(1, len(history.events) + 1):
        html = await visitor.get(f"{url}?at={event}")
        assert html.status_code == 200, f"event {event}"
        assert f"event {event} of {len(history.events)}" in html.text
        if event % 3:
            continue  # the same document, as JSON
        data = await visitor.data(f"{url}?at={event}")
        assert data["document"]["events"] == event
        assert data["document"]["problem"] == ""
        assert data["offers"]["list"] == []


async def test_nothing_can_be_sent_from_the_past(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, history = await recorded(processes, "1.0/workerless.json")
    await visitor.sign_in("ada")
    asking = [n for n in range(1, len(history.events)) if await _asks(visitor, url, n)]
    asked = asking[0]
    html = (await visitor.get(f"{url}?at={asked}")).text
    posts = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', html)
    assert posts == ["/sign-out"]
    assert "hx-sse:connect" not in html


async def _asks(visitor: Visitor, url: str, event: int) -> bool:
    process = (await visitor.data(f"{url}?at={event}"))["document"]["process"]
    return bool(process) and any(t["form"] for step in process["steps"] for t in step["tasks"])


async def test_a_moment_says_what_it_brought_and_what_came_later(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, history = await recorded(processes, "1.0/happy.json")
    data = (await visitor.data(f"{url}?at={len(history.events)}"))["earlier"]
    moments = data["moments"]
    middle = moments[len(moments) // 2]
    html = (await visitor.get(f"{url}?at={middle['event']}")).text
    assert html.count("new at this moment") == len(
        [news for news in middle["news"] if news["task"]]
    )
    later = sum(len(moment["news"]) for moment in moments[len(moments) // 2 + 1 :])
    assert f"Since then, {later} things came" in html
    assert f'rel="next" href="{url}?at={moments[len(moments) // 2 + 1]["event"]}"' in html
    last = (await visitor.get(f"{url}?at={len(history.events)}")).text
    assert "Nothing came since then." in last
    assert 'rel="next"' not in last


async def test_an_entry_links_to_the_page_as_it_was_right_after_it(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    html = (await visitor.get(url)).text
    links = re.findall(r'class="then" href="([^"]+)"', html)
    assert links
    for link in links:
        address, _, anchor = link.partition("#")
        then = (await visitor.get(address)).text
        entry = then[then.index(f'<li id="{anchor}"') :]
        assert "new at this moment" in entry[: entry.index("</li>")]


async def test_the_slider_works_without_javascript(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    moments = (await visitor.data(f"{url}?at=1"))["earlier"]["moments"]
    answer = await visitor.client.get(f"{url}?step=3")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{url}?at={moments[2]['event']}"
    beyond = await visitor.client.get(f"{url}?step=999")
    assert beyond.headers["location"] == f"{url}?at={moments[-1]['event']}"


@pytest.mark.parametrize("at", ["999", "yesterday", "1999-01-01", "0", "-1", "٣" * 20])
async def test_a_moment_that_there_was_not_is_not_found(
    visitor: Visitor, processes: FakeProcesses, at: str
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    assert (await visitor.get(f"{url}?at={at}")).status_code == 404


async def test_a_process_without_a_history_says_so(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    key, run = await bring(processes, "Karla")
    assert (await visitor.get(f"/processes/{key}/{run}?at=1")).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("0", "neither an event nor a time"),
        ("-1", "neither an event nor a time"),
        ("99999999999999999999", "neither an event nor a time"),
        ("<b>", "neither an event nor a time"),
        ("999999", "events so far"),
        ("0001-01-01", "had not begun"),
        ("0001-01-01T00:00:00+14:00", "had not begun"),
        ("9999-12-31T23:59:59.999999", ""),
        ("9999-12-31T23:59:59.999999-14:00", ""),
    ],
)
async def test_rubbish_for_a_moment_is_answered_in_words(
    visitor: Visitor, processes: FakeProcesses, wanted: str, said: str
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    answer = await visitor.client.get(url, params={"at": wanted})
    assert answer.status_code == (404 if said else 200)
    assert said in answer.text
