"""The page of a process, as people and programs read it and answer it."""

from __future__ import annotations

import httpx

from tests.web.fake import FakeProcesses
from tests.web.scene import QA, bring
from tests.web.visitor import JSON, SAME_ORIGIN, Visitor, hidden_fields
from web.auth import person
from workflows.domain.status import Status


def page_of(at: tuple[str, str]) -> str:
    return f"/processes/{at[0]}/{at[1]}"


async def test_everything_is_shown_to_somebody_who_is_not_signed_in(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", *QA)
    html = (await visitor.get(page_of(at))).text
    for text in ("Karla", "Quality assurance", "opentype/name/trademark", "U+00AD", "Waiver"):
        assert text in html
    assert "Sign in to answer" in html
    assert 'name="interaction"' not in html


async def test_the_address_of_a_family_leads_to_its_newest_process(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    answer = await visitor.client.get("/processes/karla")
    assert (answer.status_code, answer.headers["location"]) == (303, page_of(at))


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


async def test_a_form_that_was_drawn_for_somebody_else_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("grace")
    action = f"{page_of(at)}/answer/preflight"
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    await visitor.sign_in("ada")
    mine = hidden_fields((await visitor.get(page_of(at))).text, action)
    assert mine["interaction"] != hidden["interaction"]
    sent = {**mine, "interaction": hidden["interaction"]}
    answer = await visitor.post(action, {**sent, "reply.verdict": "OK", "reply.reason": "Fine."})
    assert answer.status_code == 409
    assert "drawn for somebody else" in answer.text
    assert processes.case(*at).process.open_task("preflight").form


async def test_a_form_of_another_run_or_attempt_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    one, two = await bring(processes, "Karla", "intake"), await bring(processes, "Rubik", "intake")
    await visitor.sign_in("ada")
    hidden = hidden_fields(
        (await visitor.get(page_of(one))).text, f"{page_of(one)}/answer/preflight"
    )
    typed = {"reply.verdict": "OK", "reply.reason": "Fine."}
    answer = await visitor.post(f"{page_of(two)}/answer/preflight", {**hidden, **typed})
    assert answer.status_code == 409
    answer = await visitor.post(
        f"{page_of(one)}/answer/preflight", {**hidden, **typed, "attempt": "2"}
    )
    assert answer.status_code == 409


async def test_the_initiator_sees_why_the_sign_off_is_not_theirs(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", *QA, "font_bakery", "diff_browsers")
    case = processes.case(*at)
    await visitor.sign_in("ada")
    action = f"{page_of(at)}/answer/sign_off"
    assert action in (await visitor.get(page_of(at))).text
    case.process.initiator = person("ada")
    html = (await visitor.get(page_of(at))).text
    assert action not in html
    assert "takes somebody else" in html


async def test_a_viewer_sees_who_may_answer_and_cannot(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("mallory")
    html = (await visitor.get(page_of(at))).text
    assert "is answered by: engineer" in html
    assert f"{page_of(at)}/answer/preflight" not in html
    assert f"{page_of(at)}/stop" not in html


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


async def test_programs_read_and_answer_the_same_page(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    token = (await visitor.data("/sign-in"))["csrf"]
    data = await visitor.data(page_of(at))
    assert data["document"]["process"]["proposal"]["family"] == "Karla"
    offers = {offer["action"]: offer for offer in data["offers"]["list"]}
    assert set(offers) == {"answer", "rerun", "stop"}
    sent = {name: offers["answer"][name] for name in ("interaction", "attempt", "number")}
    headers = {**JSON, **SAME_ORIGIN, "X-CSRF-Token": token}

    async def post(reply: dict[str, str]) -> httpx.Response:
        body = {**sent, "reply": reply}
        return await visitor.client.post(offers["answer"]["url"], json=body, headers=headers)

    wrong = await post({"verdict": "OK"})
    assert wrong.status_code == 422
    assert wrong.json() == {
        "error": "Reason is missing.",
        "fields": {"reason": "Reason is missing."},
    }
    right = await post({"verdict": "OK", "reason": "Fine."})
    assert right.status_code == 200
    assert "recorded" in right.json()["receipt"]["text"]


async def test_what_cannot_be_found_or_reached_is_said_in_words(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    assert (await visitor.get("/processes/nope")).status_code == 404
    answer = await visitor.get("/processes/nope/run", Accept="application/json")
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such process."})
    assert (await visitor.get("/processes/nope/run/events")).status_code == 404
    processes.reachable = False
    for path in ("/", "/processes/karla"):
        answer = await visitor.get(path)
        assert answer.status_code == 503
        assert "make run" in answer.text


async def test_a_history_that_cannot_be_read_to_its_end_is_shown_as_far_as_it_goes(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    processes.case(*at).problem = "Events from 12 on are from another version."
    html = (await visitor.get(page_of(at))).text
    assert "Events from 12 on are from another version." in html
    assert "Review the request" in html
