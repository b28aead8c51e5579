"""Judging what a tool found: one verdict with its reason, and each finding on its own if wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from activities.authoring import VERDICT_ON_FINDINGS, Actor, Evidence, Outcome, ask, failed, ok
from activities.exhibits import Finding
from workflows.domain.form import Field

MOST_JUDGED = 40
"""How many findings can be judged one by one; the verdict is about all of them."""


def ask_about(
    findings: Sequence[Finding], text: str, evidence: tuple[Evidence, ...], data: dict[str, Any]
) -> Outcome:
    """Ask for a verdict on findings that a machine may not pass; `take` reads the answer."""
    names = [_name(finding) for finding in findings[:MOST_JUDGED]]
    if len(findings) > MOST_JUDGED:
        text = f"{text} The first {MOST_JUDGED} of {len(findings)} can be judged one by one."
    return ask(
        text,
        *_fields(names),
        evidence=evidence,
        in_spite_of_findings=True,
        keep={"findings": names, "data": data},
        data=data,
    )


def take(reply: dict[str, str], kept: dict[str, Any], by: Actor) -> Outcome:
    """Take the verdict with its reasons; an OK cannot stand beside a rejected finding."""
    choices = [
        (name, reply.get(f"finding.{number}", ""), reply.get(f"finding.{number}.reason", ""))
        for number, name in enumerate(kept["findings"], 1)
    ]
    accepted = {name: why for name, choice, why in choices if choice == "accept"}
    rejected = {name: why for name, choice, why in choices if choice == "reject"}
    reason = reply.get("reason", "")
    data = {**kept["data"], "accepted": accepted, "rejected": rejected}
    if reply.get("verdict") != "OK":
        return failed("\n".join([reason, *_list("Rejected", rejected)]), data=data)
    if rejected:
        return _ask_again(reply, kept, by, list(rejected))
    text = f"Accepted by {by.login} in spite of the findings: {reason}"
    waiver = "; ".join([reason, *(f"finding {name}: {why}" for name, why in accepted.items())])
    return ok("\n".join([text, *_list("One by one", accepted)]), data=data, waiver=waiver)


def _ask_again(
    reply: dict[str, str], kept: dict[str, Any], by: Actor, rejected: list[str]
) -> Outcome:
    fields = [
        field if field.name == "verdict" else replace(field, value=reply.get(field.name, ""))
        for field in _fields(kept["findings"])
    ]
    text = (
        f"{by.login} answered OK and rejected {', '.join(rejected)}. Both cannot be. Accept the "
        "finding with a reason, or choose FAILED. What was filled in is kept below; the findings "
        "themselves are in an entry above."
    )
    return ask(text, *fields, in_spite_of_findings=True, keep=kept, data=kept["data"])


def _fields(names: Sequence[str]) -> list[Field]:
    fields = list(VERDICT_ON_FINDINGS)
    for number, name in enumerate(names, 1):
        field, group = f"finding.{number}", f"{number}. {name}"
        judged = Field(
            field, "choice", "This finding", ("accept", "reject"), required=False, group=group
        )
        why = Field(f"{field}.reason", "line", "Reason", required=False, group=group)
        fields += [judged, replace(why, needed_for=(f"{field}=accept",))]
    return fields


def _name(finding: Finding) -> str:
    return f"{finding.id} ({finding.subject})" if finding.subject else finding.id


def _list(what: str, judged: dict[str, str]) -> list[str]:
    lines = [f"- {name}: {why}" if why else f"- {name}" for name, why in judged.items()]
    return [f"\n{what}:\n", *lines] if lines else []
