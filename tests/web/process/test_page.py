"""The page of a process, as people and programs read it and answer it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx

from tests.web.fake import FakeProcesses
from tests.web.scene import QA, bring
from tests.web.somebody import person
from tests.web.visitor import JSON, SAME_ORIGIN, Visitor
from workflows.reading.document import Running


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


async def test_programs_read_and_answer_the_same_page(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    token = (await visitor.data("/sign-in"))["csrf"]
    data = await visitor.data(page_of(at))
    assert data["document"]["process"]["proposal"]["family"] == "Karla"
    offers = {offer["action"]: offer for offer in data["offers"]["list"]}
    assert set(offers) == {"answer", "rerun", "stop", "restart"}
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


async def test_a_task_that_waits_for_github_says_until_when_and_why(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    processes.held.add("font_bakery")
    at = await bring(processes, "Karla", *QA)
    until = datetime.now(UTC) + timedelta(minutes=9)
    said = "GitHub's rate limit is reached."
    waits = Running("font_bakery", "start", "scheduled", 2, said, until=until)
    processes.case(*at).running["font_bakery"] = waits
    html = (await visitor.get(page_of(at))).text
    assert "tried again by itself" in html
    assert until.isoformat() in html
    assert "rate limit is reached" in html
    assert "worker that is free" not in html
