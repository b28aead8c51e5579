"""Scenes that are rare: what follows a process or replaces it, what waits, what is hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from activities.adapters.settings import settings
from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, QA, answer, begin, bring, merged
from tests.web.somebody import person
from web import refusal_log
from workflows.domain.actor import Actor
from workflows.domain.lineage import Lineage, Superseded, Wanted
from workflows.domain.message import Answer, Rerun
from workflows.domain.origin import Predecessor
from workflows.domain.sight import Sight
from workflows.reading.document import RawEvent

LONG = "Noto Sans Anatolian Hieroglyphs Supplement Extended Wide Display Pro"
HOSTILE = "<script>alert(1)</script>“><img src=x onerror=alert(1)> @google #1 " + "W" * 300
MERGED = Sight("merged", "a" * 40, Actor("grace", 2), None, False, False)


async def hang(processes: FakeProcesses) -> None:
    """All of them."""
    await _ways(processes)
    await _replaced(processes)
    await _long(processes)
    await _forgotten(processes)
    await _unread(processes)
    await _refused(processes)


async def _ways(processes: FakeProcesses) -> None:
    """A pull request at each place that it can be at."""
    listed = replace(MERGED, to_sandbox=True)
    pushed = replace(MERGED, to_production=True)
    ways = {
        "Opened": [Sight("open", "a" * 40)],
        "Still": [Sight("open", "a" * 40, patience=0.0)],
        "Foreign": [Sight("open", "b" * 40)],
        "Closed": [Sight("closed", "a" * 40, Actor("grace", 2))],
        "Sandboxed": [MERGED, listed],
        "Live": [MERGED, listed, MERGED, pushed, MERGED],
    }
    for name, sights in ways.items():
        merged(processes, await bring(processes, f"Way {name}", *DONE), *sights)
    mile = processes.case("wayopened", await processes.latest("wayopened")).after
    assert mile
    mile.problem = "GitHub does not answer."


async def _replaced(processes: FakeProcesses) -> None:
    """A process that was replaced, the one that continues it, and one that will be restarted."""
    why = "Font Bakery looks for more in version 2."
    at = await bring(processes, "Bitter", *QA)
    old = processes.case(*at)
    old.process.close(person("ada"), processes.tick(), why, f"Superseded by version 2: {why}")
    holds = ("Get the package", "Glyphs")
    old.process.superseded = Superseded(2, person("ada"), processes.tick(), why, holds)
    new = processes.case(*await bring(processes, "Bitter", *QA))
    old.successor = new.run
    before = Lineage("family-pr/bitter", old.run, 1, person("ada"), processes.tick(), why)
    new.process.version, new.process.supersedes = 2, before
    for key, said in {"font_bakery": "Known upstream as #12.", "diff_browsers": ""}.items():
        reply = {"verdict": "OK", "reason": said}
        task = new.process.open_task(key)
        by, then = person("grace"), processes.tick()
        task.predecessor = Predecessor(by, then, "OK", said, old.run, 1, reply)
    at = await bring(processes, "Restarted", *QA)
    wanted = Wanted("again", 0, person("ada"), processes.tick(), "The tag was moved.")
    processes.case(*at).process.wanted = wanted


async def _long(processes: FakeProcesses) -> None:
    """Names, reasons and texts that are too long, or meant badly; many attempts."""
    at = await bring(processes, LONG, *QA, by=Actor("a-login-that-is-as-long-as-github-allows", 9))
    await answer(processes, at, "font_bakery", verdict="OK", reason=HOSTILE)
    for attempt in range(1, 4):
        again = Rerun(f"again-{attempt}", person("ada"), "font_bakery", attempt, HOSTILE)
        await processes.act(*at, again)


async def _forgotten(processes: FakeProcesses) -> None:
    """One that is archived, and one that can only be read in part."""
    case = processes.case(*await bring(processes, "Old Standard", *DONE))
    case.archived = processes.tick()
    case = processes.case(*await bring(processes, "Unreadable", "intake"))
    case.problem = "From event 21 on it was written by a dispatcher that this site does not know."
    case.raw = tuple(
        RawEvent(21 + n, processes.now + timedelta(seconds=n), "WORKFLOW_TASK_COMPLETED")
        for n in range(3)
    )


async def _unread(processes: FakeProcesses) -> None:
    """One that was answered while no dispatcher ran."""
    at = await begin(processes, "Waiting")
    asked = processes.case(*at).process.open_task("intake")
    assert asked.form
    reply = {field.name: field.value for field in asked.form.fields} | {"verdict": "accept"}
    processes.dispatcher_runs = False
    sent = Answer("unread", person("ada"), "intake", asked.attempt, asked.form.number, reply)
    await processes.act(*at, sent)
    processes.dispatcher_runs = True


async def _refused(processes: FakeProcesses) -> None:
    """Refusals, one with a long reason."""
    assert settings().state_dir
    for key, run, why in (
        ("karla", await processes.latest("karla"), "This step is closed."),
        ("karla", "0", HOSTILE),
    ):
        path = f"/processes/{key}/{run}/answer/font_bakery"
        refusal_log.note(path, "mallory", 4, 409, why)
    await refusal_log.written()
