"""A failed process reports where a person says, once, or not at all with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities import file_issue
from activities.authoring import Outcome, Status
from tests.activities.judged import (
    ADA,
    PLACE,
    PROPOSAL,
    UPSTREAM,
    embedded,
    record,
    task,
    with_task,
)
from workflows.domain.form import Form
from workflows.domain.record import Record

FAILING = task(
    "font_bakery",
    "Font Bakery",
    status=Status.FAILED,
    by=ADA,
    text="3 new FAILs.\n\n# @team #1 <!-- x -->",
)
FAILED = with_task(record(), "Quality assurance", FAILING)
NOTHING = with_task(
    record(),
    "Check the package",
    task(
        "preflight",
        "Preflight",
        status=Status.FAILED,
        text="Nothing to do: all files are identical.",
        data={"nothing_to_do": True},
    ),
)


async def question(about: Record = FAILED) -> Form:
    form = (await file_issue.start(PROPOSAL, about, PLACE)).form
    assert form
    return form


async def draft(about: Record = FAILED, **changed: str) -> dict[str, str]:
    fields = (await question(about)).fields
    return {**{field.name: field.value for field in fields}, **changed}


async def answered(about: Record = FAILED, **changed: str) -> Outcome:
    reply = await draft(about, **changed)
    return await file_issue.answer(reply, {}, PROPOSAL, about, ADA, PLACE)


async def test_the_whole_draft() -> None:
    reply = await draft()
    assert reply["title"] == "Karla: upgrade stopped at Font Bakery"
    assert reply["body"] == (
        "Upgrade of **Karla**, asked for by grace.\n"
        f"Upstream: {UPSTREAM}, at v2.004.\n"
        "\n"
        "The step “Quality assurance” was closed as failed by ada:\n"
        "\n"
        "> It cannot go on like this.\n"
        "\n"
        "### Font Bakery\n"
        "\n"
        "FAILED, by ada:\n"
        "\n"
        "> 3 new FAILs.\n"
        ">\n"
        "> \\# @\u200bteam #\u200b1 \\<!-- x --\\>\n"
        "\n"
        "Full record: <https://site.example/processes/karla/0192-3f0a9c1b2d4e>"
    )


async def test_the_place_is_asked_and_never_preselected() -> None:
    where = (await question()).fields[0]
    assert where.options == ("upstream", "google/fonts", "dispatcher", "none")
    assert where.value == ""


async def test_none_needs_a_reason() -> None:
    form = await question()
    assert form.complaints(await draft(where="none")) == {"reason": "Reason for none is missing."}
    assert not form.complaints(await draft(where="none", reason="Known."))


async def test_an_issue_needs_title_and_text() -> None:
    complaints = (await question()).complaints(await draft(where="upstream", title="", body=""))
    assert complaints.keys() == {"title", "body"}


async def test_nothing_to_do_is_said_and_its_reason_is_filled_in() -> None:
    reply = await draft(NOTHING)
    assert reply["title"] == "Karla: nothing to do for the upgrade"
    assert reply["reason"] == "Nothing to do: all files are identical."
    assert "There is nothing to do:\n\n> all files are identical." in reply["body"]
    assert reply["where"] == ""


async def test_none_is_ok_with_its_reason() -> None:
    target = embedded()
    outcome = await answered(where="none", reason="Known, see @team.")
    assert outcome.status is Status.OK
    assert outcome.text == "No issue: Known, see @\u200bteam."
    assert await target.issues() == []


@pytest.mark.parametrize(
    ("where", "repository"), [("upstream", UPSTREAM), ("google/fonts", ""), ("dispatcher", "")]
)
async def test_an_issue_goes_where_the_person_says(where: str, repository: str) -> None:
    target = embedded()
    outcome = await answered(where=where)
    issue = await target.issue(1)
    assert outcome.status is Status.OK
    assert outcome.names == {"issue": issue.url}
    assert (issue.target, issue.repository) == (where, repository)
    assert issue.body.endswith(
        "Reported by ada.\n\n<!-- family-pr:process=family-pr/karla/0192-3f0a9c1b2d4e -->\n"
    )


async def test_upstream_is_the_repository_that_was_accepted_not_the_proposed_one() -> None:
    target = embedded()
    accepted = {**PROPOSAL, "repository": "https://github.com/right/karla"}
    review = task("intake", "Review", data={"request": accepted})
    about = with_task(FAILED, "Review the request", review)
    outcome = await answered(about, where="upstream")
    assert outcome.status is Status.OK
    assert (await target.issue(1)).repository == "https://github.com/right/karla"
    assert "https://github.com/right/karla" in (await target.issue(1)).body


async def test_it_is_filed_once_however_often_it_runs() -> None:
    target = embedded()
    assert await answered(where="upstream") == await answered(where="upstream")
    assert len(await target.issues()) == 1


async def test_what_the_draft_quotes_stays_without_effect_when_it_is_filed() -> None:
    target = embedded()
    await answered(where="upstream")
    body = (await target.issue(1)).body
    assert "@team" not in body
    assert "#1" not in body
    assert body.count("-->") == 1


async def test_a_person_may_edit_but_not_forge_the_marker() -> None:
    target = embedded()
    mine = "**Mine**, see #7 <!-- family-pr:process=family-pr/other/1 -->"
    await answered(where="dispatcher", title="My  own\ttitle", body=mine)
    issue = await target.issue(1)
    assert issue.title == "My own title"
    assert issue.body.startswith("**Mine**, see #7 ")
    assert "process=family-pr/other/1 -->" not in issue.body


async def test_a_title_that_is_too_long_is_asked_again_and_nothing_is_lost() -> None:
    target = embedded()
    outcome = await answered(where="upstream", title="x" * 300, body="Mine")
    assert outcome.status is Status.PENDING
    assert outcome.form
    assert [field.value for field in outcome.form.fields[1:3]] == ["x" * 300, "Mine"]
    assert await target.issues() == []


async def test_an_upstream_that_nobody_named_is_refused_with_advice() -> None:
    embedded()
    reply = await draft(where="upstream")
    outcome = await file_issue.answer(reply, {}, {"family": "Karla"}, FAILED, ADA, PLACE)
    assert outcome.status is Status.FAILED
    assert "Run this task again" in outcome.text


async def test_a_very_long_record_makes_a_draft_that_fits_its_form() -> None:
    long = [replace(FAILING, key=f"t{n}", text="@x #1\n" * 5_000) for n in range(50)]
    reply = await draft(with_task(record(), "QA", *long), where="upstream")
    assert len(reply["body"]) <= 20_000
    assert "Cut here" in reply["body"]
    assert not (await question()).complaints(reply)


async def test_a_process_of_which_hardly_anything_is_known_can_be_reported() -> None:
    form = (await file_issue.start({}, replace(record(), steps=()), PLACE)).form
    assert form
    assert "**karla**" in form.fields[2].value
