"""Scenes: families at every point of a process."""

from __future__ import annotations

from tests.web.fake import FakeProcesses
from tests.web.somebody import person
from workflows.domain.actor import Actor
from workflows.domain.message import Answer, Finalize, Rerun, Start, Stop
from workflows.domain.mile import begin as begin_mile
from workflows.domain.request import family_key
from workflows.domain.sight import Sight

REPLIES = {
    "preflight": {"verdict": "OK", "reason": "The soft hyphen is not drawn by browsers."},
    "font_bakery": {"verdict": "OK", "reason": "Reported upstream as #12; not visible."},
    "diff_browsers": {"verdict": "OK", "reason": "The new spacing is what the designer wants."},
    "sign_off": {"verdict": "OK"},
    "file_issue": {"target": "dispatcher", "body": "Karla has no licence."},
}


async def begin(processes: FakeProcesses, family: str, by: str | Actor = "kim") -> tuple[str, str]:
    """A new process; key and run."""
    proposal = {
        "family": family,
        "suffix": "",
        "kind": "upgrade",
        "repository": "https://github.com/googlefonts/karla",
        "ref": "v2.004",
        "files": "fonts/ttf/",
        "note": "",
    }
    key = family_key(family)
    who = person(by) if isinstance(by, str) else by
    return key, await processes.begin(Start("family-pr", 1, key, who, proposal))


async def answer(processes: FakeProcesses, at: tuple[str, str], task: str, **reply: str) -> None:
    """Answer what a task asks now, as somebody who may."""
    process = processes.case(*at).process
    asked = process.open_task(task)
    assert asked.form
    if task == "intake":
        accepted = {f.name: f.value for f in asked.form.fields}
        reply = {**accepted, "verdict": "accept", "kind": "upgrade", **reply}
    sent = {f.name: {**REPLIES.get(task, {}), **reply}.get(f.name, "") for f in asked.form.fields}
    by = person("ada", process)
    id = f"{at[1]}-{task}-{asked.form.number}"
    await processes.act(*at, Answer(id, by, task, asked.attempt, asked.form.number, sent))


async def bring(
    processes: FakeProcesses, family: str, *tasks: str, by: str | Actor = "kim"
) -> tuple[str, str]:
    """A process that has gone past these tasks."""
    at = await begin(processes, family, by)
    for task in tasks:
        await answer(processes, at, task)
    return at


def merged(processes: FakeProcesses, at: tuple[str, str], *sights: Sight) -> None:
    """Its pull request is merged, or went another way."""
    case = processes.case(*at)
    url = "https://github.com/google/fonts/pull/5"
    mile = begin_mile(at[0], at[1], 5, url, "ofl/karla", "a" * 40, processes.tick())
    by = Actor("grace", 2)
    for sight in sights or (Sight("merged", "a" * 40, by, processes.tick(), False, False),):
        mile.see(sight, processes.tick())
    case.after = mile


QA = ("intake", "preflight")
DONE = (*QA, "font_bakery", "diff_browsers", "sign_off")


async def fill(processes: FakeProcesses) -> None:
    """Families at every point."""
    await begin(processes, "Inter Tight")
    await bring(processes, "Karla", *QA)
    await bring(processes, "Work Sans", "intake")
    await bring(processes, "Libre Caslon Text", *DONE)
    await bring(processes, "Space Grotesk", *DONE[:-1])
    merged(processes, await bring(processes, "Libre Franklin", *DONE))
    at = await bring(processes, "Rubik", *QA)
    await answer(processes, at, "font_bakery", verdict="FAILED", reason="The trademark is gone.")
    at = await bring(processes, "Vollkorn", *QA)
    process = processes.case(*at).process
    again = Rerun("again", person("ada"), "font_bakery", 1, "A newer Font Bakery is out.")
    await processes.act(*at, again)
    await answer(processes, at, "font_bakery", verdict="FAILED", reason="Still wrong.")
    assert process.current
    close = Finalize("close", person("ada"), process.current.title, process.current.attempts, "No.")
    await processes.act(*at, close)
    at = await begin(processes, "Anton")
    await processes.act(*at, Stop("stop", person("kim", processes.case(*at).process), "Wrong one."))
    processes.held.add("font_bakery")
    await bring(processes, "Fira Sans", *QA)
    processes.held.clear()
