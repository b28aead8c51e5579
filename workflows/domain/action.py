"""What people do to a process: one check that refuses, one effect that counts once."""

from __future__ import annotations

from datetime import datetime

from workflows.domain import reconfirm, restart
from workflows.domain.actor import DISPATCHER, ENGINEER, INITIATOR, Actor
from workflows.domain.message import (
    Answer,
    AnyMessage,
    Finalize,
    Receipt,
    Reconfirm,
    Rerun,
    Restart,
    Stop,
    Supersede,
    signed,
)
from workflows.domain.process import Process
from workflows.domain.refused import FORBIDDEN, INVALID, Refused
from workflows.domain.signature import Signed
from workflows.domain.task import Task

FINALIZERS = (ENGINEER,)
STOPPERS = (ENGINEER, INITIATOR)


def check(process: Process, message: AnyMessage) -> None:
    """Refuse a message that cannot be counted now; one that was counted before passes."""
    if _first_receipt(process, message):
        return
    if message.drawn_for not in (0, process.version):
        raise Refused("This form was drawn for another version; please look again.")
    match message:
        case Answer(by=by, task=key, attempt=attempt, number=number, reply=reply):
            task = process.open_task(key)
            task.check_answer(attempt, number, reply, by, process.initiator)
        case Rerun():
            _check_rerun(process, message)
        case Finalize():
            _check_finalize(process, message)
        case Stop(by=by, reason=reason):
            if process.ended:
                raise Refused("This process has ended; it cannot be stopped.")
            check_roles(by, STOPPERS, "stop this process")
            check_reason(reason)
        case Restart(by=by, reason=reason):
            restart.check(process)
            check_roles(by, STOPPERS, "restart this process")
            check_reason(reason)
        case Reconfirm():
            reconfirm.check(process, message)
        case Supersede():
            raise Refused("Only the sweep may say this.", FORBIDDEN)


def apply(process: Process, message: AnyMessage, at: datetime) -> Receipt:
    """Count a message, once: the same message again gives the first receipt again."""
    if first := _first_receipt(process, message):
        return first
    check(process, message)
    receipt = Receipt(_effect(process, message, at), at)
    process.receipts[message.id] = (message.fingerprint, receipt)
    return receipt


def _effect(process: Process, message: AnyMessage, at: datetime) -> str:
    proof = signed(process.id, process.run, message)
    match message:
        case Answer():
            return _answer(process.open_task(message.task), message, at, proof)
        case Rerun(by=by, task=key, reason=reason):
            task = process.open_task(key)
            task.init(by, at, f"Run again: {reason.strip()}", proof)
            return f"“{task.title}” begins attempt {task.attempt}."
        case Finalize(by=by, reason=reason):
            step = process.current
            assert step is not None  # noqa: S101  check() has seen it
            step.finalize(by, at, reason.strip(), proof)
            return f"“{step.title}” is closed as {step.status}."
        case Stop(by=by, reason=reason):
            process.stop(by, at, reason.strip(), proof)
            return "The process is stopped."
        case Reconfirm():
            return reconfirm.reconfirm(process, message, at, proof)
        case Restart() | Supersede():
            return restart.want(process, message, at, proof)


def _answer(task: Task, message: Answer, at: datetime, proof: Signed | None) -> str:
    assert task.form is not None  # noqa: S101  check() has seen it
    reply = task.form.cleaned(message.reply)
    if task.definition.answers:
        task.submit(reply, message.by, at, proof)
        return f"Your answer to “{task.title}” is recorded."
    task.judge(reply, message.by, at, proof)
    return f"“{task.title}”: {task.status} is recorded."


def _first_receipt(process: Process, message: AnyMessage) -> Receipt | None:
    counted = process.receipts.get(message.id)
    if counted is None:
        return None
    fingerprint, receipt = counted
    if fingerprint != message.fingerprint:
        raise Refused("This form was already sent with other content; please look again.")
    return receipt


def _check_rerun(process: Process, message: Rerun) -> None:
    task = process.open_task(message.task)
    if message.attempt != task.attempt:
        raise Refused(f"“{task.title}” was run again meanwhile; please look again.")
    check_roles(message.by, task.definition.rerun_roles, f"run “{task.title}” again")
    check_reason(message.reason)


def _check_finalize(process: Process, message: Finalize) -> None:
    step = process.current
    if step is None or step.title != message.step:
        raise Refused(f"“{message.step}” is not open; it cannot be closed now.")
    if message.attempts != step.attempts:
        raise Refused(f"A task of “{step.title}” was run again meanwhile; please look again.")
    if not step.failing:
        raise Refused(f"“{step.title}” has no failed task, so there is nothing to close.")
    check_roles(message.by, FINALIZERS, f"close “{step.title}”")
    check_reason(message.reason)


def check_roles(by: Actor, roles: tuple[str, ...], what: str) -> None:
    """Refuse somebody who has none of these roles."""
    if not set(roles) & set(by.roles):
        raise Refused(
            f"Only {' or '.join(roles)} may {what}; "
            f"{by.login} is: {', '.join(by.roles) or 'without a role'}.",
            FORBIDDEN,
        )


def check_reason(reason: str) -> None:
    """Refuse a reason that is empty or too long."""
    if not reason.strip():
        raise Refused("A reason is missing.", INVALID)
    if len(reason) > 5_000:
        raise Refused("The reason is longer than 5000 characters.", INVALID)


def supersede(process: Process, message: Supersede, at: datetime) -> None:
    """Count the sweep's wish, once however often it comes."""
    if message.id not in process.receipts:
        receipt = Receipt(_effect(process, message, at), at)
        process.receipts[message.id] = (message.fingerprint, receipt)


def deliver(process: Process, message: AnyMessage, at: datetime, overtaken: str = "") -> None:
    """Count a message that came while no dispatcher ran; one that is stale leaves a line.

    `overtaken` says why it cannot count although it is signed, unless it was counted before.
    """
    try:
        if overtaken and not _first_receipt(process, message):
            check(process, message)  # its reason says more
            raise Refused(overtaken)
        apply(process, message, at)
    except Refused as refused:
        proof = signed(process.id, process.run, message)
        process.note(f"Arrived, not counted, because: {refused}", message.by, at, proof)


def reject(process: Process, message: AnyMessage, why: str, at: datetime) -> None:
    """Leave a line about a message that nobody vouches for: it is not signed with that name."""
    name = message.by.login[:40]
    text = f"Arrived in the name of “{name}”, not counted, because: {why}"
    process.note(text, DISPATCHER, at)
