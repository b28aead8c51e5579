from __future__ import annotations

from typing import Any

import pytest

from activities import intake
from activities.adapters import upstream
from activities.authoring import ENGINEER, Actor, Outcome, Place, Status
from workflows.domain.request import UPGRADE, Request

ADA = Actor("ada", 1, (ENGINEER,))
KIM = Actor("kim", 2)
PROPOSAL = {
    "family": "Karla",
    "suffix": "",
    "kind": UPGRADE,
    "repository": "https://github.com/googlefonts/karla",
    "ref": "v2.004",
    "files": "fonts/ttf/",
    "note": "Please.",
}


def place(key: str = "karla") -> Place:
    return Place(f"family-pr/{key}", "run", key, "intake", 1, "http://127.0.0.1/")


async def asked(**changes: str) -> Outcome:
    return await intake.start({**PROPOSAL, **changes}, KIM)


async def answered(
    decision: str = "accept", reason: str = "", key: str = "karla", **changes: str
) -> Outcome:
    """What comes of the first question, answered with some fields changed."""
    question = await asked()
    assert question.form
    reply = {**PROPOSAL, **changes, "decision": decision, "reason": reason}
    assert not question.form.complaints(reply), "the form takes it, the task judges it"
    return await intake.answer(reply, question.kept, place(key), ADA)


def values(outcome: Outcome) -> dict[str, str]:
    assert outcome.form
    return {field.name: field.value for field in outcome.form.fields}


def rows(outcome: Outcome) -> list[Any]:
    [table] = outcome.evidence
    return [tuple(row) for row in table.data["rows"]]


async def test_an_engineer_finds_the_proposal_filled_in_and_nothing_decided() -> None:
    question = await asked()
    assert question.status is Status.PENDING
    assert values(question) == {**PROPOSAL, "decision": "", "reason": ""}
    assert question.form
    assert question.form.roles == (ENGINEER,)
    assert "correct" not in question.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"repository": "https://evil.example/a/b"}, "not among the allowed upstreams"),
        ({"repository": "ext::sh -c x"}, "not among the allowed upstreams"),
        ({"repository": "/etc"}, "does not lie in a folder"),
        ({"repository": ""}, "Upstream repository is missing"),
        ({"ref": "--upload-pack=x"}, "not the name of a branch"),
        ({"family": "karla"}, "A family name is words"),
        ({"kind": "theft"}, "What is it? cannot be"),
        ({"files": "../../etc/passwd -> x"}, "Cannot read"),
        ({"files": "a.ttf -> A.ttf\na.ttf -> B.ttf"}, "a.ttf is named twice"),
        ({"files": "a.ttf -> A.ttf\nb.ttf -> a.ttf"}, "a.ttf is named twice"),
    ],
)
async def test_a_wrong_proposal_is_a_question_that_says_so(
    changes: dict[str, str], said: str
) -> None:
    question = await asked(**changes)
    assert question.status is Status.PENDING
    assert said in question.text


async def test_a_proposal_without_anything_is_a_question_too() -> None:
    question = await intake.start({}, KIM)
    assert question.status is Status.PENDING
    assert "Family name is missing." in question.text


async def test_what_a_request_needs_is_needed_to_accept_it_but_not_to_decline() -> None:
    question = await asked(family="")
    assert question.form
    empty = {**PROPOSAL, "family": ""}
    assert "family" in question.form.complaints({**empty, "decision": "accept"})
    declined = {**empty, "decision": "decline", "reason": "Who is it?"}
    assert not question.form.complaints(declined)


async def test_an_accepted_request_is_published() -> None:
    outcome = await answered()
    assert outcome.status is Status.OK
    assert outcome.names == {"request": Request(**PROPOSAL)}
    assert outcome.text == "Accepted by ada."
    assert ("Branch, tag or commit", "v2.004", "") in rows(outcome)


async def test_what_the_engineer_changed_is_marked() -> None:
    outcome = await answered(ref="v2.005", repository="https://GitHub.com/googlefonts/karla.git")
    assert outcome.names["request"].ref == "v2.005"
    assert outcome.names["request"].repository == "https://github.com/googlefonts/karla"
    assert ("Branch, tag or commit", "v2.005", "was: v2.004") in rows(outcome)


async def test_declining_needs_a_reason_and_fails() -> None:
    question = await asked()
    assert question.form
    assert question.form.complaints({**PROPOSAL, "decision": "decline", "reason": ""})
    outcome = await answered("decline", "Not ready.", family="")
    assert (outcome.status, outcome.text) == (Status.FAILED, "Declined: Not ready.")
    assert not outcome.names


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ref": "a..b"}, "not the name of a branch"),
        ({"repository": "https://evil.example/a/b"}, "not among the allowed upstreams"),
    ],
)
async def test_a_request_that_was_edited_wrongly_is_asked_again_as_typed(
    changes: dict[str, str], said: str
) -> None:
    question = await answered(note="Typed.", **changes)
    assert question.status is Status.PENDING
    assert said in question.text
    assert values(question) == {
        **PROPOSAL,
        "note": "Typed.",
        **changes,
        "decision": "",
        "reason": "",
    }
    assert question.kept == {"proposal": PROPOSAL}


@pytest.mark.parametrize("changes", [{"family": "Rubik"}, {"suffix": "beta"}])
async def test_another_family_needs_another_process(changes: dict[str, str]) -> None:
    question = await answered(**changes)
    assert question.status is Status.PENDING
    assert "start a new process for that" in question.text


async def test_a_suffix_belongs_to_the_key() -> None:
    outcome = await answered(suffix="beta", key="karla~beta")
    assert outcome.status is Status.OK


async def test_what_was_pasted_is_shown_as_it_is_meant() -> None:
    question = await asked(
        repository="https://github.com/googlefonts/karla/tree/v2.004", ref="main"
    )
    assert values(question) == {**PROPOSAL, "decision": "", "reason": ""}
    contrary = await asked(repository="https://github.com/googlefonts/karla/tree/v2.002")
    assert "names “v2.002”, and this field “v2.004”" in contrary.text


async def test_what_github_tells_is_said_when_asked_and_when_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = {"repository": "https://github.com/googlefonts/karla-sans"}

    async def check(reply: dict[str, str]) -> upstream.Checked:
        return upstream.Checked({**reply, **new}, notes=("It is called karla-sans now.",))

    monkeypatch.setattr(upstream, "check", check)
    question = await asked()
    assert "It is called karla-sans now." in question.text
    assert values(question)["repository"] == new["repository"]
    outcome = await answered(reason="Fine.")
    assert outcome.text == "Accepted by ada.\n\nIt is called karla-sans now.\n\nFine."
    assert outcome.names["request"].repository == new["repository"]
    assert outcome.data["request"]["repository"] == new["repository"]
    was = f"was: {PROPOSAL['repository']}"
    assert ("Upstream repository", new["repository"], was) in rows(outcome)


async def test_a_repository_that_is_gone_by_now_cannot_be_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def check(reply: dict[str, str]) -> upstream.Checked:
        gone = {"repository": "There is no public repository x/y on GitHub."}
        return upstream.Checked(reply, gone if "decision" not in reply else {})

    monkeypatch.setattr(upstream, "check", check)
    outcome = await answered()
    assert outcome.status is Status.PENDING
    assert "There is no public repository" in outcome.text
