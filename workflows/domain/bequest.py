"""A bequest: what a process leaves to the one that replaces it."""

from __future__ import annotations

import json
from dataclasses import asdict

from workflows.domain.lineage import Inherited, Lineage, Wanted
from workflows.domain.message import Start
from workflows.domain.origin import Predecessor, Source
from workflows.domain.process import Process
from workflows.domain.status import Status
from workflows.domain.task import Task

LARGEST = 1_200_000
"""Bytes of JSON that are carried over; Temporal takes no message of 2 MiB."""


def successor(process: Process, workflow_id: str, run: str, wanted: Wanted, version: int) -> Start:
    """The start of the process that replaces this one; `version` 0 wants the newest."""
    heirlooms, dropped = _fitting(bequest(process, workflow_id, run))
    lineage = Lineage(
        workflow_id,
        run,
        process.version,
        wanted.by,
        wanted.at,
        wanted.reason,
        process.supersedes.earlier + 1 if process.supersedes else 1,
        tuple(_title(process, one.task) for one in dropped),
        wanted.id,
    )
    return Start(
        process.kind,
        version,
        process.key,
        process.initiator,
        accepted(process),
        lineage,
        tuple(heirlooms),
    )


def accepted(process: Process) -> dict[str, str]:
    """What was asked for, as it was accepted where somebody has accepted it."""
    request = process.names.get("request")
    if not isinstance(request, dict) or not all(isinstance(v, str) for v in request.values()):
        return process.proposal
    return {**process.proposal, **request}


def bequest(process: Process, workflow_id: str, run: str) -> list[Inherited]:
    """Every result that the same task may take over; failed ones are made anew."""
    tasks = [task for step in (*process.steps, *process.on_failure) for task in step.tasks]
    found = []
    for task in tasks:
        if not task.attempt and task.key in process.inherited:
            found.append(process.inherited[task.key])
        elif made := _made(task, process, workflow_id, run):
            found.append(made)
    return found


def _made(task: Task, process: Process, workflow_id: str, run: str) -> Inherited | None:
    began = task.began
    if began is None or began.status is Status.FAILED or not task.definition.reusable:
        return None
    if began.form and began.form.waits_for_service:
        return None
    if task.first is None or not task.inputs:
        return None
    source = task.first.taken_over_from or Source(
        workflow_id, run, process.version, task.attempt, task.first.by, task.first.at
    )
    verdict = _verdict(task, process, run) or task.predecessor
    return Inherited(task.key, task.definition.version, task.inputs, began, source, verdict)


def _verdict(task: Task, process: Process, run: str) -> Predecessor | None:
    """What a person answered to the task's first question, unless it asked again."""
    entries = [entry for entry in task.history if entry.attempt == task.attempt]
    replies = [entry for entry in entries if entry.reply and entry.form]
    if not replies or task.began is None or replies[-1].form != task.began.form or task.form:
        return None
    said, last = replies[-1], entries[-1]
    judged = last.by.is_same_account(said.by) and last.by.id == said.by.id
    status = last.status if judged else Status.PENDING
    return Predecessor(said.by, said.at, status, last.text, run, process.version, said.reply)


def _fitting(all_of_it: list[Inherited]) -> tuple[list[Inherited], list[Inherited]]:
    """As much as can be carried, and what is too large: the largest go first."""
    kept, dropped = list(all_of_it), []
    sizes = {one.task: _size(one) for one in kept}
    while kept and sum(sizes[one.task] for one in kept) > LARGEST:
        largest = max(kept, key=lambda one: sizes[one.task])
        kept.remove(largest)
        dropped.append(largest)
    return kept, dropped


def _size(one: Inherited) -> int:
    return len(json.dumps(asdict(one), default=str).encode())


def _title(process: Process, key: str) -> str:
    steps = (*process.steps, *process.on_failure)
    return next((t.title for step in steps for t in step.tasks if t.key == key), key)
