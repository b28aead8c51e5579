"""What templates need to know of a form: its groups, its labels, and when a field is needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from workflows.domain.form import Field, Form


@dataclass(frozen=True)
class Group:
    """Fields that are drawn together; those without a title stand by themselves."""

    title: str
    fields: tuple[Field, ...]


def groups(fields: tuple[Field, ...]) -> list[Group]:
    """Neighbouring fields of the same group."""
    found = groupby(fields, key=lambda field: field.group)
    return [Group(title, tuple(members)) for title, members in found]


def label(form: Form | None, name: str) -> str:
    """What a field of that name was called."""
    fields = form.fields if form else ()
    return next((field.label for field in fields if field.name == name and field.label), name)


def needed(form: Form | None, field: Field) -> str:
    """Say when an optional field is needed: `Needed if Verdict is FAILED.`"""
    conditions = [condition.partition("=") for condition in field.needed_for]
    if not conditions:
        return ""
    if form and _covers_all(form, conditions):
        return "Needed, whatever you choose." if len(conditions) > 1 else "Needed."
    said = (f"{label(form, name)} is {value}" for name, _, value in conditions)
    return f"Needed if {' or '.join(said)}."


def _covers_all(form: Form, conditions: list[tuple[str, str, str]]) -> bool:
    names = {name for name, _, _ in conditions}
    options = {o for field in form.fields if field.name in names for o in field.options}
    return len(names) == 1 and options == {value for _, _, value in conditions}
