"""Two attempts of a task side by side."""

from __future__ import annotations

import pytest

from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.scene import QA, bring
from tests.web.visitor import Visitor
from workflows.domain.actor import Actor
from workflows.domain.message import Rerun

ADA = Actor("ada", 1, ("engineer",))


async def twice(processes: FakeProcesses) -> str:
    """Font Bakery ran twice, and found less the second time; the page of the comparison."""
    at = await bring(processes, "Karla", *QA)
    await processes.act(*at, Rerun("again", ADA, "font_bakery", 1, "Fixed upstream."))
    task = processes.case(*at).process.open_task("font_bakery")
    exhibit = task.history[-1].evidence[0]
    rows = exhibit.data["rows"] = [dict(row) for row in exhibit.data["rows"][1:]]
    rows[0]["after"] = "PASS"
    return f"/processes/{at[0]}/{at[1]}/attempts/font_bakery"


async def test_what_is_gone_and_what_changed_is_told(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url = await twice(processes)
    data = await visitor.data(url)
    assert (data["earlier"], data["later"]) == (1, 2)
    gone, changed = data["changes"]
    assert gone["id"] == "opentype/name/trademark"
    assert gone["later"] is None
    assert changed["later"]["after"] == "PASS"
    assert data["same"] > 20
    html = (await visitor.get(url)).text
    assert "Attempt 1" in html
    assert "Attempt 2" in html
    assert "not there" in html
    entries = [number for side in data["entries"] for number, _ in side]
    assert entries == sorted(entries)
    assert all(f'id="entry-font_bakery-{number}"' in html for number in entries)


async def test_the_page_of_a_process_leads_there(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url = await twice(processes)
    html = (await visitor.get(url.partition("/attempts")[0])).text
    assert f'href="{url}?earlier=1&amp;later=2"' in html


@pytest.mark.parametrize("query", ["?earlier=2&later=1", "?earlier=1&later=9", "?later=1"])
async def test_attempts_that_there_are_not_are_not_found(
    visitor: Visitor, processes: FakeProcesses, query: str
) -> None:
    url = await twice(processes)
    assert (await visitor.get(url + query)).status_code == 404


async def test_a_task_with_one_attempt_has_nothing_to_compare(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    assert (await visitor.get(f"{url}/attempts/check")).status_code == 404
    url, _ = await recorded(processes, "1.0/failing.json")
    assert (await visitor.get(f"{url}/attempts/get")).status_code == 200
