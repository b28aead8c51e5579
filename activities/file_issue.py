"""Report: a failed process ends with an issue where it helps, or with the reason for none."""

from __future__ import annotations

from typing import Any

from activities.adapters.forge.choice import forge
from activities.adapters.forge.mark import marker
from activities.adapters.forge.port import TARGETS, TITLE_LIMIT, UPSTREAM, NotFound, Refused
from activities.authoring import ENGINEER, Actor, Outcome, Place, ask, choice, failed, ok
from activities.exhibits import link
from activities.wording.dry_run import not_sent
from activities.wording.issue_text import (
    asked_for,
    full_record,
    issue_body,
    issue_title,
    nothing_to_do,
)
from activities.wording.quotation import inline, linked, one_line, revised
from workflows.domain.form import Field
from workflows.domain.record import Record

irrevocable = True  # a filed issue cannot be taken back
title = "Report"
provides = ("issue",)
version = 1

NONE = "none"
LONGEST = 50_000
QUESTION = (
    "This process has failed. Where shall an issue say so? Upstream is the family's own "
    "repository; dispatcher is for faults of this machinery. Choose none only with a reason."
)
WHERE = tuple(f"where={target}" for target in TARGETS)


async def start(proposal: dict[str, str], record: Record, place: Place) -> Outcome:
    """Draft the issue and ask where it goes."""
    return _question(
        QUESTION,
        issue_title(proposal, record),
        issue_body(proposal, record, place),
        _reason(record),
    )


async def answer(
    reply: dict[str, str],
    kept: dict[str, Any],
    proposal: dict[str, str],
    record: Record,
    by: Actor,
    place: Place,
) -> Outcome:
    """File it where the person chose, once."""
    if reply["where"] == NONE:
        return ok(f"No issue: {inline(reply['reason'], 5_000)}")
    said = " ".join(reply["title"].split())
    if len(said) > TITLE_LIMIT:
        longer = f"The title is longer than {TITLE_LIMIT} characters; please shorten it."
        return _question(longer, said, reply["body"], reply["reason"])
    mark = marker(record.process, record.run)
    body = f"{_text(reply['body'], place)}\n\nReported by {inline(by.login)}.\n\n{mark}\n"
    upstream = asked_for(proposal, record).get("repository", "")
    repository = upstream if reply["where"] == UPSTREAM else ""
    try:
        target = forge()
        issue = await target.open_issue(
            reply["where"], one_line(said, TITLE_LIMIT), body, mark, repository
        )
    except (Refused, NotFound) as refused:
        return failed(f"The issue was not taken: {refused} Run this task again to choose anew.")
    if target.unsent:
        return not_sent(target.unsent)
    return ok(
        f"[Issue {issue.number}]({issue.url}) is filed: {_place(issue.target, issue.repository)}.",
        link("Issue", issue.url, issue.title),
        data={"number": issue.number, "url": issue.url, "target": issue.target},
        issue=issue.url,
    )


def _text(said: str, place: Place) -> str:
    """What the person wrote; the way back to the record is there, whatever they took out."""
    text = revised(said, LONGEST)
    return text if place.url in text else f"{text}\n\n{full_record(place)}"


def _place(target: str, repository: str) -> str:
    return f"{target}, {linked(repository)}" if repository else target


def _question(text: str, headline: str, body: str, reason: str) -> Outcome:
    return ask(
        text,
        choice("where", "Where does it go?", *TARGETS, NONE),
        Field("title", "line", "Title", required=False, value=headline, needed_for=WHERE),
        Field("body", "text", "Text", required=False, value=body, needed_for=WHERE),
        Field(
            "reason",
            "text",
            "Reason for none",
            required=False,
            value=reason,
            needed_for=(f"where={NONE}",),
        ),
        roles=(ENGINEER,),
        submit="Report",
    )


def _reason(record: Record) -> str:
    why = nothing_to_do(record)
    return f"Nothing to do: {why}" if why else ""
