"""Real Font Bakery on real fonts: Karla 2.002 against 2.004, one style."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from activities import authoring, font_bakery
from activities.adapters import store
from activities.adapters.font_bakery import RUNNER
from activities.adapters.settings import settings
from activities.authoring import Actor, Status
from activities.package import Package, PackagedFile
from tests.karla import licence, new, old
from workflows.domain.evidence import Evidence
from workflows.domain.outcome import Outcome

ADA = Actor("ada", 1, ("engineer",))

Progress = list[tuple[int, int, str]]


@pytest.fixture(autouse=True)
def installed() -> None:
    """Never skip: without the tool nothing here is proven."""
    python = settings().font_bakery_python
    assert python.is_file(), f"{python} is missing: run `make install` first"


@pytest.fixture
def progress(monkeypatch: pytest.MonkeyPatch) -> Progress:
    """What those who watch the page are told."""
    told: Progress = []
    monkeypatch.setattr(font_bakery, "progress", lambda *what: told.append(what))
    return told


def karla(font: bytes | None, licensed: bool = True) -> Package:
    """Karla in one style, as google/fonts holds it; without a font, a family it does not have."""
    files = {"Karla-Regular.ttf": font, "OFL.txt": licence().read_bytes() if licensed else None}
    kept = ((name, content) for name, content in files.items() if font and content)
    packaged = (PackagedFile(name, store.put(content, name)) for name, content in kept)
    return Package("Karla", "ofl/karla", files=tuple(packaged))


def rows(outcome: Outcome) -> Sequence[dict[str, str]]:
    found: list[dict[str, str]] = outcome.evidence[0].data["rows"]
    return found


async def test_an_upgrade_without_new_failures_passes_by_itself(progress: Progress) -> None:
    before, after = karla(old().read_bytes()), karla(new().read_bytes())
    outcome = await font_bakery.start(after, before)

    assert outcome.status is Status.OK, outcome.text
    buckets = {(row["id"].partition(":")[0], row["bucket"]) for row in rows(outcome)}
    assert ("alt_caron", "fixed") in buckets
    assert ("googlefonts/vertical_metrics", "still") in buckets
    assert ("fontdata_namecheck", "skipped") in buckets

    assert outcome.data["tool"] == "Font Bakery 1.1.0"
    assert (outcome.data["package"], outcome.data["before"]) == (after.digest, before.digest)
    assert sum(outcome.data["statuses"].values()) > 200
    assert "ERROR" not in outcome.data["statuses"]
    check_reports(outcome.evidence[1:])

    dones = [done for done, total, _ in progress if total == progress[-1][1]]
    assert dones == sorted(dones)
    assert progress[-1][0] == progress[-1][1] == 2 * sum(outcome.data["statuses"].values())


def check_reports(reports: Sequence[Evidence]) -> None:
    """HTML in front, JSON beside it, for both versions; nothing heavy in the evidence itself."""
    assert [one.kind for one in reports] == ["report", "report"]
    for one in reports:
        html, (more,) = one.data["file"], one.data["more"]
        assert html["type"] == "text/html"
        assert json.loads(store.get(more["digest"]))["result"]["(not finished)"] == 0
    assert len(json.dumps([one.data for one in reports])) < 2000


async def test_a_broken_font_of_a_new_family_is_asked_about_and_never_ok() -> None:
    broken, nothing = karla(new().read_bytes()[:20_000], licensed=False), karla(None)
    outcome = await font_bakery.start(broken, nothing)

    assert outcome.status is Status.PENDING
    assert outcome.form
    assert outcome.form.in_spite_of_findings
    assert outcome.data["before"] == ""
    assert outcome.data["buckets"]["undecided"] > 10
    first = rows(outcome)[0]
    assert (first["bucket"], first["after"]) == ("new", "FAIL")
    assert all("```" not in row["text"] for row in rows(outcome))
    assert len(json.dumps([one.data for one in outcome.evidence])) < 150_000

    verdict = {"verdict": "FAILED", "reason": "cut off", "finding.1": "reject"}
    judged = await font_bakery.answer(verdict, outcome.kept, ADA)
    assert judged.status is Status.FAILED
    assert first["id"] in judged.text


async def test_a_cancelled_run_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work = asyncio.Event()

    def progress(done: int, *_: object) -> None:
        if done > 3:
            at_work.set()

    monkeypatch.setattr(font_bakery, "progress", progress)
    running = asyncio.create_task(font_bakery.start(karla(new().read_bytes()), karla(None)))
    await asyncio.wait_for(at_work.wait(), 60)
    assert len(runners()) >= 2
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert runners() == []


def runners() -> list[int]:
    """The processes below this one that run Font Bakery, or watch over it."""
    parents: dict[int, int] = {}
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().split(") ")[1].split()[1])
            if str(RUNNER).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:  # it ended meanwhile
            continue
    return [pid for pid in found if is_below(pid, parents)]


def is_below(pid: int, parents: dict[int, int]) -> bool:
    while pid and pid != os.getpid():
        pid = parents.get(pid, 0)
    return pid == os.getpid()


async def test_files_that_are_no_fonts_at_all_fail() -> None:
    outcome = await font_bakery.start(karla(b"<html>not found</html>"), karla(None))
    assert outcome.status is not Status.OK


async def test_a_package_without_any_font_fails_with_the_tools_words() -> None:
    empty = Package("Karla", "ofl/karla", files=(PackagedFile("a.md", store.put(b"x", "a.md")),))
    outcome = await font_bakery.start(empty, karla(None))
    assert outcome.status is Status.FAILED
    assert "No applicable files found" in outcome.text


def test_the_task_is_one_that_the_dispatcher_can_run() -> None:
    task: authoring.TaskModule = font_bakery
    assert (task.title, font_bakery.queue) == ("Font Bakery", "font-bakery")
