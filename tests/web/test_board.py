"""The board."""

from __future__ import annotations

import time
from dataclasses import replace

from tests.web.fake import FakeProcesses
from tests.web.scene import bring, fill
from tests.web.stranded import strand
from tests.web.succession import replaced
from tests.web.visitor import Visitor
from workflows.reading.row import Row


async def test_an_empty_board_says_how_to_begin(visitor: Visitor) -> None:
    html = (await visitor.get("/")).text
    assert "No family yet" in html
    assert 'href="/new"' in html


async def test_every_phase_has_a_word(visitor: Visitor, processes: FakeProcesses) -> None:
    await fill(processes)
    html = (await visitor.get("/")).text
    for word in ("Waits for engineer", "Failing: engineer", "Done", "Failed"):
        assert word in html


async def test_filters_and_search_name_what_they_hold(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await fill(processes)
    await visitor.sign_in("ada")

    async def families(query: str) -> set[str]:
        return {row["family"] for row in (await visitor.data(f"/?{query}"))["rows"]}

    assert await families("show=done") == {"Libre Caslon Text", "Libre Franklin"}
    assert await families("show=failed") == {"Anton"}
    assert await families("show=failing") == {"Rubik"}
    assert await families("family=work%20s") == {"Work Sans"}
    assert await families("family=zzz") == set()
    assert "Karla" in await families("show=mine")
    assert "Anton" not in await families("show=mine")
    data = await visitor.data("/?show=done")
    assert data["counts"] == {
        "all": 10, "mine": 7, "waiting": 6, "running": 0, "failing": 1, "done": 2, "failed": 1,
        "stranded": 0,
    }  # fmt: skip


async def test_a_process_and_those_it_continues_are_one_row(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    first = await bring(processes, "Karla", "intake")
    second = await replaced(processes, first)
    third = await replaced(processes, second)
    html = (await visitor.get("/")).text
    assert html.count("<tr id=") == 1
    assert "2 earlier" in html
    for at in (first, second, third):
        assert f'href="/processes/karla/{at[1]}"' in html
    data = await visitor.data("/")
    assert [row["run"] for row in data["rows"]] == [third[1]]
    assert [row["run"] for row in data["earlier"][third[1]]] == [second[1], first[1]]
    assert (data["counts"]["all"], data["counts"]["failed"]) == (1, 0)
    failed = await visitor.data("/?show=failed")
    assert (failed["rows"], failed["earlier"]) == ([], {})


async def test_what_only_a_person_can_go_on_with_says_so_and_is_found(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await fill(processes)
    assert "Needs a person" not in (await visitor.get("/")).text, "no filter for nothing"
    key, run = await strand(processes, "Karla Tamil")
    await visitor.sign_in("ada")
    assert "Needs a person: engineer" in (await visitor.get("/")).text
    data = await visitor.data("/?show=stranded")
    assert [row["run"] for row in data["rows"]] == [run]
    assert (data["counts"]["stranded"], data["counts"]["failed"]) == (1, 1)
    assert run in data["mine"], "engineers are asked for it"
    page = (await visitor.get(f"/processes/{key}/{run}")).text
    assert "Needs a person: engineer" in page
    assert "Its pull request is https://example.com/7" in page


async def test_nothing_waits_for_somebody_without_a_role(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await fill(processes)
    await visitor.sign_in("mallory")
    assert (await visitor.data("/"))["mine"] == []


async def test_five_hundred_rows_are_quick(visitor: Visitor, processes: FakeProcesses) -> None:
    await fill(processes)
    row = (await processes.rows())[0]
    many = [replace(row, run=f"run-{n}", family=f"Family {n}") for n in range(500)]

    async def seconds(number: int) -> float:
        async def rows() -> list[Row]:
            return many[:number]

        processes.rows = rows  # type: ignore[method-assign]  # a fake
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            html = (await visitor.get("/")).text
            times.append(time.perf_counter() - begun)
            assert html.count("<tr id=") == number
        return min(times)

    few = await seconds(50)
    assert await seconds(500) < 20 * few  # ten times as many; not with the square of it
