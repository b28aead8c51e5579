"""What is taken over has its files; a result whose files the store has lost is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import Client

from activities.adapters import store
from activities.authoring import VERDICT, Outcome, ask, ok
from activities.exhibits import report
from tests.stage import ADA, Play, Stage, new_id, task
from web.door.archive import Archive
from web.door.begun_anew import begin_anew
from web.door.remembered import Remembered
from workflows.domain.message import Restart

FONT = b"\0\1\0\0font"


class Work:
    """A package with a file, and a question about it with a report."""

    def __init__(self) -> None:
        self.runs: list[str] = []

    async def get(self) -> Outcome:
        self.runs.append("get")
        font = store.put(FONT, "Karla.ttf")
        return ok("Fetched.", package={"files": [{"digest": font.digest, "name": font.name}]})

    async def check(self, package: dict[str, object]) -> Outcome:
        self.runs.append("check")
        html = store.put(b"<p>Report</p>", "report.html")
        return ask("Look.", *VERDICT, evidence=(report("Report", html),))

    def play(self) -> Play:
        return Play(
            {
                "Get": (task("get", self.get, provides=("package",)),),
                "Check": (task("check", self.check),),
            }
        )


def lose(state: Path, content: bytes) -> None:
    """The store has nothing of that content any more."""
    digest = store.put(content, "any").digest
    (state / "store" / digest[:2] / digest).unlink()
    assert not store.holds(digest)


@pytest.mark.parametrize(
    ("gone", "again"), [((), []), ((FONT,), ["get"]), ((b"<p>Report</p>",), ["check"])]
)
async def test_only_what_has_lost_its_files_is_run_again(
    client: Client, own_state: Path, gone: tuple[bytes, ...], again: list[str]
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("check")
        await stage.stop("The tag is wrong.")
        await stage.until(lambda p: p.ended)
        for content in gone:
            lose(own_state, content)
        door = Remembered(stage.processes, Archive())
        old = await door.document(stage.key, stage.run)
        begun = await begin_anew(door, old, Restart(new_id(), ADA, "It was moved."))
        stage.run = begun.run
        await stage.until_asked("check")
    assert list(begun.lost) == again
    assert work.runs == ["get", "check", *again]
