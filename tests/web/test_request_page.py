"""The request that begins a process."""

from __future__ import annotations

from tests.web.fake import FakeProcesses
from tests.web.visitor import JSON, SAME_ORIGIN, Visitor

ASKED = {
    "reply.family": "IBM Plex Sans",
    "reply.kind": "upgrade",
    "reply.repository": "https://github.com/IBM/plex",
    "reply.ref": "v1.0",
    "reply.files": "fonts/ttf/",
    "reply.suffix": "beta",
    "reply.note": "",
}


async def test_a_request_begins_a_process(visitor: Visitor, processes: FakeProcesses) -> None:
    await visitor.sign_in("kim")
    answer = await visitor.send("/new", "/processes", **ASKED)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/processes/ibmplexsans~beta/")
    process = processes.cases[0].process
    assert (process.initiator.login, process.proposal["ref"]) == ("kim", "v1.0")
    page = await visitor.get(answer.headers["location"])
    assert "The process has begun." in page.text


async def test_a_second_one_for_the_same_family_is_refused_and_nothing_typed_is_lost(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await visitor.sign_in("kim")
    await visitor.send("/new", "/processes", **ASKED)
    answer = await visitor.send("/new", "/processes", **{**ASKED, "reply.note": "My note."})
    assert answer.status_code == 409
    assert "open already" in answer.text
    assert len(processes.cases) == 1


async def test_each_mistake_is_told_beside_its_field(visitor: Visitor) -> None:
    await visitor.sign_in("kim")
    wrong = {**ASKED, "reply.family": "karla", "reply.repository": "https://evil.example/x"}
    answer = await visitor.send("/new", "/processes", **wrong)
    assert answer.status_code == 422
    assert "with a capital or digit first" in answer.text
    assert "not among the allowed upstreams" in answer.text
    assert 'value="karla"' in answer.text


async def test_what_was_pasted_begins_a_process_as_it_is_meant(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    await visitor.sign_in("kim")
    page = {"reply.repository": "https://github.com/IBM/plex/tree/v2.0/", "reply.ref": "main"}
    answer = await visitor.send("/new", "/processes", **{**ASKED, **page, "reply.family": "x"})
    assert 'value="https://github.com/IBM/plex"' in answer.text
    await visitor.send("/new", "/processes", **{**ASKED, **page})
    proposal = processes.cases[0].process.proposal
    assert (proposal["repository"], proposal["ref"]) == ("https://github.com/IBM/plex", "v2.0")


async def test_a_program_begins_a_process(visitor: Visitor) -> None:
    await visitor.sign_in("kim")
    token = (await visitor.data("/sign-in"))["csrf"]
    reply = {name.removeprefix("reply."): value for name, value in ASKED.items()}
    headers = {**JSON, **SAME_ORIGIN, "X-CSRF-Token": token}
    answer = await visitor.client.post("/processes", json={"reply": reply}, headers=headers)
    assert answer.status_code == 201
    assert answer.json()["url"].startswith("/processes/ibmplexsans~beta/")
    answer = await visitor.client.post("/processes", json={"reply": {}}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["fields"]["family"] == "Family name is missing."


async def test_an_address_can_carry_a_request(visitor: Visitor) -> None:
    await visitor.sign_in("kim")
    html = (await visitor.get("/new?family=Karla&kind=upgrade&evil=1")).text
    assert 'value="Karla"' in html
    assert 'value="upgrade" required checked' in " ".join(html.split())
    assert "evil" not in html


async def test_only_somebody_who_is_signed_in_can_begin(visitor: Visitor) -> None:
    html = (await visitor.get("/new?family=Karla")).text
    assert "/sign-in?next=%2Fnew%3Ffamily%3DKarla" in html
    assert (await visitor.post("/processes", ASKED)).status_code == 403
