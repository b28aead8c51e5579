"""Taking over: a task whose module and inputs are the same needs not be run again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflows.domain.canonical import digest
from workflows.domain.process import Process
from workflows.domain.task import Task


def took_over(process: Process, task: Task, at: datetime) -> bool:
    """Note what `start` is given, and use the inherited result where it is one for exactly that.

    Only a first attempt takes over: whoever runs a task again wants it to run.
    """
    if (given := _given(process, task)) is None:
        return False
    task.inputs = digest(given)
    one = process.inherited.get(task.key)
    if one is None or task.attempt != 1:
        return False
    if (one.version, one.inputs) != (task.definition.version, task.inputs):
        return False
    if not set(one.outcome.names) <= set(task.definition.provides):
        return False
    task.take_over(one.outcome, one.source, one.verdict, at)
    return True


def _given(process: Process, task: Task) -> dict[str, Any] | None:
    """The task's needs; None where its result depends on more, or one is missing."""
    known: dict[str, Any] = {**process.names, "proposal": process.proposal}
    needs = task.definition.needs
    if not task.definition.reusable or not set(needs) <= known.keys():
        return None
    given = {need: known[need] for need in needs}
    if task.definition.asks_initiator:
        given["initiator"] = process.initiator.id or process.initiator.login
    return given
