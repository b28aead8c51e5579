"""The page of the sweep: what its last rounds did is seen by engineers, and by nobody else."""

from __future__ import annotations

from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.stranded import strand
from tests.web.swept import LOST, sweep
from tests.web.visitor import JSON, Visitor


async def test_engineers_see_what_the_sweep_did_and_what_is_not_in_order(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    _, run = await bring(processes, "Karla")
    sweep(processes)
    await visitor.sign_in("ada")
    html = (await visitor.get("/sweep")).text
    for word in ("Running", "Nothing to do", "Something is not in order", "terminated"):
        assert word in html
    assert f'href="/processes/karla/{run}">karla</a>' in html
    assert f'href="/processes/oldstandard/{LOST[-36:]}">oldstandard</a>, begun anew' in html
    assert "the store is &lt;full&gt;." in html
    data = await visitor.data("/sweep")
    assert [one["state"] for one in data["rounds"]][:2] == ["RUNNING", "COMPLETED"]
    assert data["rounds"][2]["reports"]["archive"]["archived"] == 3


async def test_what_is_archived_and_cannot_be_read_is_listed_with_its_page(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await bring(processes, "Karla")
    await visitor.sign_in("ada")
    assert "not to be read in full" not in (await visitor.get("/sweep")).text
    key, run = await strand(processes, "Rubik")
    html = (await visitor.get("/sweep")).text
    assert "not to be read in full" in html
    assert f'href="/processes/{key}/{run}">Rubik</a>' in html
    assert "Not all of this history can be read" in html
    assert [row["run"] for row in (await visitor.data("/sweep"))["unreadable"]] == [run]


async def test_nobody_else_sees_it(visitor: Visitor, processes: FakeProcesses) -> None:
    sweep(processes)
    assert (await visitor.get("/sweep")).status_code == 403
    await visitor.sign_in("mallory")
    assert (await visitor.get("/sweep", **JSON)).status_code == 403
    assert 'href="/sweep"' not in (await visitor.get("/")).text


async def test_where_there_was_no_round_the_page_says_how_one_is_made(visitor: Visitor) -> None:
    await visitor.sign_in("ada")
    assert "No round is known" in (await visitor.get("/sweep")).text
