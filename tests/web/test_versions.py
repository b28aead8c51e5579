"""What a page says about the process before and after, and what people do about it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, bring
from tests.web.somebody import person
from tests.web.succession import replaced
from tests.web.trial import SECRET
from tests.web.visitor import Visitor, hidden_fields
from web.process.interaction import Interaction
from workflows.domain.form import Form
from workflows.domain.lineage import Lineage
from workflows.domain.origin import Predecessor

NOW = datetime.now(UTC)


def page_of(at: tuple[str, str]) -> str:
    return f"/processes/{at[0]}/{at[1]}"


async def asked(processes: FakeProcesses) -> tuple[str, str]:
    """A process that continues another, where the request was accepted before."""
    at = await bring(processes, "Karla")
    process = processes.case(*at).process
    process.supersedes = Lineage("family-pr/karla", "old-run", 1, person("grace"), NOW, "Newer.")
    reply = {field.name: field.value for field in _form(processes, at).fields}
    reply["verdict"] = "accept"
    process.steps[0].tasks[0].predecessor = Predecessor(
        person("grace"), NOW, "OK", "Accepted.", "old-run", 1, reply
    )
    return at


def _form(processes: FakeProcesses, at: tuple[str, str]) -> Form:
    form = processes.case(*at).process.steps[0].tasks[0].form
    assert form is not None
    return form


async def test_a_page_leads_back_to_the_process_it_continues(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    html = (await visitor.get(page_of(await asked(processes)))).text
    assert 'href="/processes/karla/old-run"' in html
    assert "because: Newer." in html


async def test_an_old_page_leads_on_though_temporal_did_not_continue_it(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    old = await bring(processes, "Karla")
    new = await replaced(processes, old)
    html = (await visitor.get(page_of(old))).text
    assert f'href="{page_of(new)}">version 2</a>' in html
    assert f'href="{page_of(old)}"' in (await visitor.get(page_of(new))).text


async def test_an_earlier_answer_is_shown_and_counts_when_it_is_confirmed(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await asked(processes)
    await visitor.sign_in("ada")
    page = page_of(at)
    assert "Answered before" in (await visitor.get(page)).text
    nothing = await visitor.send(page, f"{page}/reconfirm")
    assert nothing.status_code == 422
    stale = await visitor.send(page, f"{page}/reconfirm", **{"reply.intake": "7.1"})
    assert stale.status_code == 409
    sent = await visitor.send(page, f"{page}/reconfirm", **{"reply.intake": "1.1"})
    assert sent.status_code == 303, sent.text
    entries = processes.case(*at).process.steps[0].tasks[0].history
    confirmed = next(entry for entry in entries if entry.reply)
    assert confirmed.by.login == "ada"
    assert confirmed.predecessor and confirmed.predecessor.by.login == "grace"


async def test_a_restart_wants_a_reason_and_somebody_who_may(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    page = page_of(at)
    await visitor.sign_in("mallory")
    assert f"{page}/restart" not in (await visitor.get(page)).text
    await visitor.sign_in("ada")
    assert (await visitor.send(page, f"{page}/restart", reason=" ")).status_code == 422
    sent = await visitor.send(page, f"{page}/restart", reason="The tag was moved.")
    assert sent.status_code == 303
    assert "to be replaced by the newest version" in (await visitor.get(page)).text


async def test_a_closed_process_is_restarted_by_who_may_and_leads_to_the_new_one(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    page = page_of(at)
    await visitor.sign_in("ada")
    await visitor.send(page, f"{page}/stop", reason="The tag is wrong.")
    await visitor.sign_in("mallory")
    assert f"{page}/restart" not in (await visitor.get(page)).text
    await visitor.sign_in("ada")
    assert (await visitor.send(page, f"{page}/restart", reason=" ")).status_code == 422
    form = hidden_fields((await visitor.get(page)).text, f"{page}/restart")
    sent = await visitor.post(f"{page}/restart", {**form, "reason": "It was moved."})
    assert sent.status_code == 303, sent.text
    new = sent.headers["location"]
    assert new.startswith("/processes/karla/") and at[1] not in new
    again = await visitor.post(f"{page}/restart", {**form, "reason": "It was moved."})
    assert again.headers["location"] == new
    other = await visitor.post(f"{page}/restart", {**form, "reason": "Once more."})
    assert other.status_code == 409
    html = (await visitor.get(page)).text
    assert f'action="{page}/restart"' not in html
    assert f'href="{new.partition("?")[0]}"' in html
    assert "because: It was moved." in (await visitor.get(new)).text


async def test_a_process_whose_pull_request_exists_is_never_restarted(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", *DONE)
    page = page_of(at)
    await visitor.sign_in("ada")
    html = (await visitor.get(page)).text
    assert f"{page}/restart" not in html
    version = processes.case(*at).process.version
    about = Interaction(person("ada").id, "family-pr/karla", at[1], "restart", version=version)
    known = {**hidden_fields(html, "/sign-out"), "interaction": about.id(SECRET)}
    sent = await visitor.post(f"{page}/restart", {**known, "reason": "Again!"})
    assert sent.status_code == 409
    assert "never restarted" in sent.text
