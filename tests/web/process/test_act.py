"""What people send to a process, and what they are told."""

from __future__ import annotations

from tests.web.fake import FakeProcesses
from tests.web.scene import QA, bring
from tests.web.visitor import Visitor, hidden_fields
from workflows.domain.status import Status


def page_of(at: tuple[str, str]) -> str:
    return f"/processes/{at[0]}/{at[1]}"


async def test_a_verdict_is_recorded_and_the_page_says_so(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    page, action = page_of(at), f"{page_of(at)}/answer/preflight"
    typed = {"reply.verdict": "OK", "reply.reason": "Browsers do not draw it."}
    answer = await visitor.send(page, action, **typed)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{page}?notice=recorded#task-preflight"
    html = (await visitor.get(answer.headers["location"])).text
    assert "Recorded." in html
    assert "Browsers do not draw it." in html
    entry = processes.case(*at).process.steps[2].tasks[0].history[-1]
    assert (entry.status, entry.by.login, entry.waiver) == (
        Status.OK,
        "ada",
        "Browsers do not draw it.",
    )


async def test_the_same_form_sent_twice_counts_once(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    action = f"{page_of(at)}/answer/preflight"
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    sent = {**hidden, "reply.verdict": "OK", "reply.reason": "Fine."}
    first, second = await visitor.post(action, sent), await visitor.post(action, sent)
    assert first.headers["location"] == second.headers["location"]
    assert len(processes.case(*at).process.steps[2].tasks[0].history) == 3
    other = await visitor.post(action, {**sent, "reply.verdict": "FAILED"})
    assert other.status_code == 409
    assert "already sent with other content" in other.text


async def test_what_was_typed_stands_in_the_form_again_when_something_is_missing(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", *QA)
    await visitor.sign_in("ada")
    action = f"{page_of(at)}/answer/font_bakery"
    answer = await visitor.send(
        page_of(at), action, **{"reply.verdict": "OK", "reply.note": "A <long> note"}
    )
    assert answer.status_code == 422
    assert "Reason is missing." in answer.text
    assert "A &lt;long&gt; note</textarea>" in answer.text
    assert 'value="OK" required checked' in " ".join(answer.text.split())
    assert "hx-morph-skip" in answer.text


async def test_what_was_typed_is_shown_when_the_question_is_gone(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("grace")
    action = f"{page_of(at)}/answer/preflight"
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    await visitor.sign_in("ada")
    await visitor.send(page_of(at), action, **{"reply.verdict": "OK", "reply.reason": "Fine."})
    await visitor.sign_in("grace")
    token = hidden_fields((await visitor.get("/new")).text, "/processes")["csrf"]
    typed = {"reply.verdict": "FAILED", "reply.reason": "My long reason."}
    answer = await visitor.post(action, {**hidden, "csrf": token, **typed})
    assert answer.status_code == 409
    assert "is finalized; nothing in it can change any more" in answer.text.replace("&#34;", '"')
    assert "My long reason." in answer.text


async def test_an_answer_without_a_dispatcher_is_recorded_and_counts_later(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    processes.dispatcher_runs = False
    action = f"{page_of(at)}/answer/preflight"
    typed = {"reply.verdict": "OK", "reply.reason": "Fine."}
    answer = await visitor.send(page_of(at), action, **typed)
    assert "notice=waits" in answer.headers["location"]
    html = (await visitor.get(answer.headers["location"])).text
    assert "waits for the dispatcher" in html
    assert "Waits for the dispatcher</h2>" in html
    await processes.resume()
    assert "Waits for the dispatcher</h2>" not in (await visitor.get(page_of(at))).text
    assert processes.case(*at).process.steps[2].frozen


async def test_a_failing_task_can_be_run_again_and_a_failing_step_closed(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    page = page_of(at)
    failed = {"reply.verdict": "FAILED", "reply.reason": "Not that."}
    await visitor.send(page, f"{page}/answer/preflight", **failed)
    empty = await visitor.send(page, f"{page}/rerun/preflight", reason=" ")
    assert (empty.status_code, "A reason is missing." in empty.text) == (422, True)
    await visitor.send(page, f"{page}/rerun/preflight", reason="Once more.")
    html = (await visitor.get(page)).text
    assert "attempt 2" in html
    assert "Attempt 1, overtaken" in html
    await visitor.send(page, f"{page}/answer/preflight", **failed)
    answer = await visitor.send(page, f"{page}/finalize", reason="It stays wrong.")
    assert answer.status_code == 303
    html = (await visitor.get(page)).text
    assert "Closed as failed" in html
    assert "It stays wrong." in html
    assert "Report" in html


async def test_a_process_is_stopped_by_its_initiator(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    await visitor.sign_in("Kim")
    answer = await visitor.send(page_of(at), f"{page_of(at)}/stop", reason="Wrong family.")
    assert answer.status_code == 303
    html = (await visitor.get(page_of(at))).text
    assert "Stopped: Wrong family." in html
    assert "Begin again with this request" in html
