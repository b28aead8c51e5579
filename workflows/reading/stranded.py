"""Stranded runs: no dispatcher can go on with them, a person has to look after what they left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workflows.domain.actor import ENGINEER
from workflows.reading.row import Row

FOLDER = "stranded"
"""Where the store has a name for each: Temporal's lists cannot be told more of a closed run."""

PHASE = "stranded"
BY_A_PERSON = "a person has to look after it."
"""How the reason ends that is given for closing one."""


def name_of(run: str) -> str:
    """The name in the store."""
    return f"{FOLDER}/{run}"


def marked(rows: Iterable[Row], names: set[str]) -> list[Row]:
    """The rows, with those marked that are named, until the family has a newer process."""
    listed = list(rows)
    newest: dict[str, Row] = {}
    for row in listed:
        if row.workflow_id not in newest or newest[row.workflow_id].begun < row.begun:
            newest[row.workflow_id] = row
    return [
        replace(row, phase=PHASE, waits_for=(ENGINEER,))
        if row.closed and name_of(row.run) in names and newest[row.workflow_id] is row
        else row
        for row in listed
    ]
