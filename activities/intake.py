"""Somebody proposes a family; an engineer accepts, edits or declines."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from activities.adapters import git, upstream
from activities.authoring import Actor, Outcome, Place, ask, choice, failed, ok, reason
from activities.exhibits import table
from activities.wording.missing import who_is_missing
from workflows.domain.evidence import Evidence
from workflows.domain.form import Field
from workflows.domain.request import FIELDS, Request

title = "Review the request"
provides = ("request",)

ACCEPT, DECLINE = "accept", "decline"


async def start(proposal: dict[str, str], initiator: Actor | None) -> Outcome:
    """Ask an engineer about a proposal: FIELDS of a request as somebody filled them in."""
    seen = await _look(proposal)
    text = "Is this family to be brought to Google Fonts, from this source?"
    lack = await who_is_missing(initiator)
    return _question(seen, proposal, _wrong(seen), f"{text}\n\n{lack}" if lack else text)


async def answer(reply: dict[str, str], kept: dict[str, Any], place: Place, by: Actor) -> Outcome:
    """Accept what the engineer left in the fields, decline, or ask again."""
    proposal: dict[str, str] = kept["proposal"]
    if reply["decision"] == DECLINE:
        return failed(f"Declined: {reply['reason']}")
    seen = await _look(reply)
    request = Request.of(seen.reply)
    wrong = _wrong(seen)
    if not wrong and request.key != place.key:
        wrong = [
            f"This process is for “{place.key}”, and the family “{request.key}” is another one. "
            "Please decline, and start a new process for that."
        ]
    if wrong:
        return _question(seen, proposal, wrong, "This request cannot be accepted as it is.")
    request = replace(request, repository=git.allowed(request.repository))
    evidence = _comparison(request, proposal)
    told = [f"Accepted by {by.login}.", *seen.notes, *filter(None, [reply.get("reason")])]
    data = {"request": asdict(request)}  # for reports, which get no names of earlier steps
    return ok("\n\n".join(told), evidence, data=data, request=request)


def _question(
    seen: upstream.Checked, proposal: dict[str, str], wrong: list[str], text: str
) -> Outcome:
    """The form with what was seen filled in, what is wrong with it, and what is worth a look."""
    said = "".join(f"\n- {complaint}" for complaint in wrong)
    told = [text, *seen.notes, *([f"Please correct:\n{said}"] if wrong else [])]
    return ask(
        "\n\n".join(told),
        *(_prefilled(field, seen.reply) for field in FIELDS),
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


async def _look(values: dict[str, str]) -> upstream.Checked:
    """The request's fields among the values, looked at now."""
    return await upstream.check({field.name: values.get(field.name, "") for field in FIELDS})


def _wrong(seen: upstream.Checked) -> list[str]:
    """What is wrong with a request, one sentence each."""
    labels = {field.name: field.label for field in FIELDS}
    return [_sentence(labels[name], text) for name, text in seen.complaints.items()]


def _sentence(label: str, complaint: str) -> str:
    return complaint if complaint.startswith(label) else f"{label}: {complaint}"


def _comparison(request: Request, proposal: dict[str, str]) -> Evidence:
    """The accepted request beside the proposal."""
    rows = []
    for field in FIELDS:
        accepted, proposed = getattr(request, field.name), proposal.get(field.name, "").strip()
        rows.append((field.label, accepted, f"was: {proposed}" if accepted != proposed else ""))
    return table("The accepted request", ("Field", "Accepted", "Changed"), rows)
