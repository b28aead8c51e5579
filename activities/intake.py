"""Somebody proposes a family; an engineer accepts, edits or declines."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from activities.adapters import git
from activities.authoring import Actor, Outcome, Place, ask, choice, failed, ok, reason
from activities.exhibits import table
from workflows.domain.evidence import Evidence
from workflows.domain.form import Field
from workflows.domain.request import FIELDS, Request, complaints

title = "Review the request"
provides = ("request",)

ACCEPT, DECLINE = "accept", "decline"


async def start(proposal: dict[str, str]) -> Outcome:
    """Ask an engineer about a proposal: FIELDS of a request as somebody filled them in."""
    wrong = _wrong(proposal)
    text = "Is this family to be brought to Google Fonts, from this source?"
    return _question(proposal, proposal, wrong, text)


async def answer(reply: dict[str, str], kept: dict[str, Any], place: Place, by: Actor) -> Outcome:
    """Accept what the engineer left in the fields, decline, or ask again."""
    proposal: dict[str, str] = kept["proposal"]
    if reply["decision"] == DECLINE:
        return failed(f"Declined: {reply['reason']}")
    request = Request.of(reply)
    wrong = _wrong(reply)
    if not wrong and request.key != place.key:
        wrong = [
            f"This process is for “{place.key}”, and the family “{request.key}” is another one. "
            "Please decline, and start a new process for that."
        ]
    if wrong:
        return _question(reply, proposal, wrong, "This request cannot be accepted as it is.")
    request = replace(request, repository=git.allowed(request.repository))
    evidence = _comparison(request, proposal)
    told = f"\n\n{reply['reason']}" if reply.get("reason") else ""
    data = {"request": asdict(request)}  # for reports, which get no names of earlier steps
    return ok(f"Accepted by {by.login}.{told}", evidence, data=data, request=request)


def _question(
    values: dict[str, str], proposal: dict[str, str], wrong: list[str], text: str
) -> Outcome:
    """The form with `values` filled in, and what is wrong with them."""
    said = "".join(f"\n- {complaint}" for complaint in wrong)
    return ask(
        f"{text}\n\nPlease correct:\n{said}" if wrong else text,
        *(_prefilled(field, values) for field in FIELDS),
        choice("decision", "Decision", ACCEPT, DECLINE),
        reason(f"decision={DECLINE}"),
        submit="Send the decision",
        keep={"proposal": proposal},
    )


def _prefilled(field: Field, values: dict[str, str]) -> Field:
    """A field of the request as an engineer gets it.

    What a request needs is needed to accept it; declining must not fail for want of it.
    """
    value = values.get(field.name, "").strip()
    if field.options and value not in field.options:
        value = ""
    needed_for = (f"decision={ACCEPT}",) if field.required else ()
    return replace(field, value=value, required=False, needed_for=needed_for)


def _wrong(values: dict[str, str]) -> list[str]:
    """What is wrong with a request, one sentence each."""
    known = {field.name: values.get(field.name, "") for field in FIELDS}
    found = complaints(known)
    labels = {field.name: field.label for field in FIELDS}
    said = [_sentence(labels[name], text) for name, text in found.items()]
    if "repository" not in found:
        try:
            git.allowed(known["repository"])
        except git.NotAllowed as refusal:
            said.append(str(refusal))
    return said


def _sentence(label: str, complaint: str) -> str:
    return complaint if complaint.startswith(label) else f"{label}: {complaint}"


def _comparison(request: Request, proposal: dict[str, str]) -> Evidence:
    """The accepted request beside the proposal."""
    rows = []
    for field in FIELDS:
        accepted, proposed = getattr(request, field.name), proposal.get(field.name, "").strip()
        rows.append((field.label, accepted, f"was: {proposed}" if accepted != proposed else ""))
    return table("The accepted request", ("Field", "Accepted", "Changed"), rows)
