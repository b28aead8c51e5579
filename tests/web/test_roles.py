"""Who may do what when: every role, every action, every state, whatever the page offers them.

Forms are made by hand as if the page had drawn them, so that only the server's check is left.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.web.github_site import GitHubSite, opened, tell
from tests.web.scene import DONE, QA, answer, bring
from tests.web.visitor import JSON, Visitor
from web.process.offer import interaction
from workflows.domain.actor import Actor
from workflows.domain.message import Answer, AnyMessage, Finalize, Rerun, Stop
from workflows.domain.process import Process
from workflows.family_pr import VERSION

__all__ = ["parts", "world"]

SECRET = b"only for trials and tests"
NUMBERS = count(1)
ENGINEERS, WRITERS, NOBODY = {"ada", "grace"}, {"ada", "grace", "kim"}, set[str]()

# Grace is an engineer and starts each process, ada is another, kim may write to the upstream of
# the request once it is accepted, eve is signed in and nothing else, and "" is signed out.
PEOPLE = ("ada", "grace", "kim", "eve", "")
MAY: dict[str, dict[str, set[str]]] = {
    "begun": {"answer": ENGINEERS, "rerun": ENGINEERS, "finalize": NOBODY, "stop": ENGINEERS},
    "asked": {"answer": ENGINEERS, "rerun": WRITERS, "finalize": NOBODY, "stop": ENGINEERS},
    "failing": {"answer": ENGINEERS, "rerun": WRITERS, "finalize": ENGINEERS, "stop": ENGINEERS},
    "sign-off": {"answer": {"ada"}, "rerun": WRITERS, "finalize": NOBODY, "stop": ENGINEERS},
    "ended": dict.fromkeys(("answer", "rerun", "finalize", "stop"), NOBODY),
}
TASKS = {
    "begun": "intake",
    "asked": "preflight",
    "failing": "diff_browsers",
    "sign-off": "sign_off",
    "ended": "sign_off",
}


@pytest.fixture
async def site(
    world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[GitHubSite]:
    tell(world, monkeypatch)
    async with opened(GitHubSite(world, own_state)) as made:
        yield made


@dataclass
class Person:
    """Somebody's browser, and their session's token for forms."""

    visitor: Visitor
    account: Actor
    csrf: str

    async def send(self, at: tuple[str, str], message: AnyMessage) -> tuple[int, str]:
        """Send what a form would have sent that the page had drawn for this person."""
        drawn = replace(message, drawn_for=VERSION)
        about = interaction(f"family-pr/{at[0]}", at[1], drawn)
        path = f"/processes/{at[0]}/{at[1]}/{about.action}"
        sent: dict[str, Any] = {"interaction": about.id(SECRET), "csrf": self.csrf}
        match message:
            case Answer():
                path += f"/{message.task}"
                sent |= {"attempt": message.attempt, "number": message.number}
                sent["reply"] = message.reply
            case Rerun():
                path += f"/{message.task}"
                sent |= {"attempt": message.attempt, "reason": message.reason}
            case Finalize():
                sent |= {"number": message.attempts, "step": message.step}
                sent["reason"] = message.reason
            case Stop():
                sent["reason"] = message.reason
        headers = {**JSON, "Sec-Fetch-Site": "same-origin"}
        answered = await self.visitor.client.post(path, json=sent, headers=headers)
        return answered.status_code, answered.text


async def person(site: GitHubSite, login: str) -> Person:
    if not login:
        return Person(site.window(), Actor("nobody"), "x" * 32)
    visitor = await site.sign_in(login)
    account = site.world.find_account(login)
    assert account
    csrf = (await visitor.data("/sign-in"))["csrf"]
    return Person(visitor, Actor(login, account.id), csrf)


async def scene(site: GitHubSite, state: str) -> tuple[str, str]:
    """A process of its own in that state."""
    past: tuple[str, ...] = ()
    if state != "begun":
        past = {"asked": ("intake",), "failing": QA}.get(state, DONE[:-1])
    grace = Actor("grace", site.world.grace.id)
    at = await bring(site.processes, f"Karla {next(NUMBERS)}", *past, by=grace)
    if state == "failing":
        await answer(site.processes, at, "font_bakery", verdict="FAILED", reason="No.")
    if state == "ended":
        await site.processes.act(*at, Stop("s", Actor("ada", 1, ("engineer",)), "Over."))
    return at


def message(process: Process, state: str, action: str, by: Actor) -> AnyMessage:
    step = process.current or process.steps[-2]
    task = step.task(TASKS[state])
    assert task
    reply = {"verdict": "OK", "reason": "Seen."}
    if state == "begun":
        reply = {**process.proposal, "verdict": "accept"}
    match action:
        case "answer":
            number = task.form.number if task.form else task.questions
            return Answer("", by, task.key, task.attempt, number, reply)
        case "rerun":
            return Rerun("", by, task.key, task.attempt, "Again.")
        case "finalize":
            return Finalize("", by, step.title, step.attempts, "It stays so.")
    return Stop("", by, "Enough.")


@pytest.mark.parametrize("state", MAY)
async def test_everybody_may_do_what_their_role_lets_them_and_nothing_else(
    site: GitHubSite, state: str
) -> None:
    everybody = [await person(site, login) for login in PEOPLE]
    for action, allowed in MAY[state].items():
        for login, one in zip(PEOPLE, everybody, strict=True):
            at = await scene(site, state)
            process = site.processes.case(*at).process
            before = len(str(process))
            status, said = await one.send(at, message(process, state, action, one.account))
            what = (state, action, login, status, said)
            if login in allowed:
                assert status == 200, what
            else:
                assert status in (403, 409), what
                assert status == 403 or not allowed, what
                assert len(str(process)) == before, what


async def test_who_started_it_may_stop_it_and_nothing_else(site: GitHubSite) -> None:
    eve = await person(site, "eve")
    at = await bring(site.processes, "Karla", by=eve.account)
    process = site.processes.case(*at).process
    assert (await eve.send(at, message(process, "begun", "answer", eve.account)))[0] == 403
    assert (await eve.send(at, message(process, "begun", "stop", eve.account)))[0] == 200


async def test_typing_in_a_repository_of_ones_own_gives_no_role(site: GitHubSite) -> None:
    """Kim may write to that repository, but nobody has accepted it yet."""
    kim = await person(site, "kim")
    at = await bring(site.processes, "Karla", by=kim.account)
    process = site.processes.case(*at).process
    status, said = await kim.send(at, message(process, "begun", "rerun", kim.account))
    assert (status, "kim is: initiator, viewer" in said) == (403, True)


async def test_a_role_that_was_taken_away_meanwhile_does_not_count(site: GitHubSite) -> None:
    grace, ada = await person(site, "grace"), await person(site, "ada")
    at = await scene(site, "asked")
    page = f"/processes/{at[0]}/{at[1]}"
    assert 'name="interaction"' in (await ada.visitor.get(page)).text
    del site.world.engineers.members[site.world.ada.id]
    process = site.processes.case(*at).process
    assert (await ada.send(at, message(process, "asked", "answer", ada.account)))[0] == 403
    assert (await grace.send(at, message(process, "asked", "answer", grace.account)))[0] == 200


async def test_where_github_is_silent_nothing_is_done_and_nothing_typed_is_lost(
    site: GitHubSite,
) -> None:
    ada = await person(site, "ada")
    at = await scene(site, "asked")
    page = f"/processes/{at[0]}/{at[1]}"
    process = site.processes.case(*at).process
    await ada.visitor.get(page)
    site.world.faults.add("before", "GET", "/teams/", times=1)
    typed = {"reply.verdict": "OK", "reply.reason": "Browsers do not draw it at all."}
    answered = await ada.visitor.send(page, f"{page}/answer/preflight", **typed)
    assert answered.status_code == 503
    assert "GitHub does not say now who you are" in answered.text
    assert "Browsers do not draw it at all." in answered.text
    assert len(process.steps[2].tasks[0].history) == 2
    again = await ada.visitor.send(page, f"{page}/answer/preflight", **typed)
    assert again.status_code == 303
