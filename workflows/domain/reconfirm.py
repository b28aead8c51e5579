"""Confirming again what was answered in an earlier process: by a person, as an act of their own."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.message import Confirmed, Reconfirm
from workflows.domain.origin import Predecessor
from workflows.domain.process import Process
from workflows.domain.refused import INVALID, Refused
from workflows.domain.signature import Signed
from workflows.domain.task import Task


def check(process: Process, message: Reconfirm) -> None:
    """Refuse the whole where one of the answers could not be given by this person now."""
    if not message.tasks:
        raise Refused("Choose at least one answer to confirm.", INVALID)
    if len({one.task for one in message.tasks}) < len(message.tasks):
        raise Refused("A task is named twice.", INVALID)
    for one in message.tasks:
        task, before = _earlier(process, one)
        task.check_answer(one.attempt, one.number, before.reply, message.by, process.initiator)


def reconfirm(process: Process, message: Reconfirm, at: datetime, proof: Signed | None) -> str:
    """Give each answer again, signed by whoever confirms it."""
    titles = []
    for one in message.tasks:
        task, before = _earlier(process, one)
        assert task.form is not None  # noqa: S101  check() has seen it
        reply = task.form.cleaned(before.reply)
        answer = task.submit if task.definition.answers else task.judge
        answer(reply, message.by, at, proof, before)
        titles.append(f"“{task.title}”")
    return f"Confirmed again: {', '.join(titles)}."


def _earlier(process: Process, one: Confirmed) -> tuple[Task, Predecessor]:
    task = process.open_task(one.task)
    if one.attempt != task.attempt:
        raise Refused(f"“{task.title}” was run again meanwhile; please look again.")
    if task.predecessor is None:
        raise Refused(f"“{task.title}” has no earlier answer to confirm; please look again.")
    return task, task.predecessor
