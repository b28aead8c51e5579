"""A form as data: it travels inside the process, so an old form can always be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.actor import ENGINEER, SERVICE

LIMITS = {"line": 500, "text": 50_000, "choice": 500, "check": 3}
"""The longest reply per kind of field, in characters."""


@dataclass(frozen=True)
class Field:
    """One question.

    `kind` is line, text (several lines), choice (one of `options`) or check ("yes" or empty).
    `needed_for` makes an optional field required by another's value: `("verdict=FAILED",)`.
    """

    name: str
    kind: str = "line"
    label: str = ""
    options: tuple[str, ...] = ()
    required: bool = True
    value: str = ""
    help: str = ""
    group: str = ""
    needed_for: tuple[str, ...] = ()

    def complaint(self, reply: dict[str, str]) -> str:
        """Say what is wrong with this field's reply; empty when nothing is."""
        value = reply.get(self.name, "").strip()
        label = self.label or self.name
        if not value:
            return f"{label} is missing." if self._is_required(reply) else ""
        if len(value) > LIMITS.get(self.kind, LIMITS["line"]):
            return f"{label} is longer than {LIMITS[self.kind]} characters."
        if self.options and value not in self.options:
            return f"{label} cannot be {value[:80]!r}; choose {' or '.join(self.options)}."
        if self.kind == "check" and value != "yes":
            return f"{label} is either checked ('yes') or left out."
        if self.kind in ("line", "choice") and any(ord(c) < ord(" ") for c in value):
            return f"{label} has to be a single line."
        return ""

    def _is_required(self, reply: dict[str, str]) -> bool:
        conditions = (condition.partition("=") for condition in self.needed_for)
        return self.required or any(
            reply.get(name, "").strip() == value for name, _, value in conditions
        )


@dataclass(frozen=True)
class Form:
    """A question to people in certain `roles`, never to those `barred` from it.

    `in_spite_of_findings` marks a question where an OK is a waiver. `number` counts the
    questions of a task; an answer to an earlier one is stale.
    """

    fields: tuple[Field, ...]
    roles: tuple[str, ...] = (ENGINEER,)
    barred: tuple[str, ...] = ()
    in_spite_of_findings: bool = False
    submit: str = "Send"
    number: int = 0

    @property
    def waits_for_service(self) -> bool:
        """Whether an outside machine answers this, and no person."""
        return self.roles == (SERVICE,)

    def complaints(self, reply: dict[str, str]) -> dict[str, str]:
        """Say per field what is wrong with a reply; empty when nothing is."""
        known = {field.name for field in self.fields}
        found = {name: "This form has no such field." for name in reply if name not in known}
        for field in self.fields:
            if complaint := field.complaint(reply):
                found[field.name] = complaint
        return found

    def cleaned(self, reply: dict[str, str]) -> dict[str, str]:
        """The reply to record: one value per field, surrounding white space removed."""
        return {field.name: reply.get(field.name, "").strip() for field in self.fields}
