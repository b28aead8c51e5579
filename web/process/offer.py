"""An offer: something that may be done to a process now, drawn for one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from web.process.interaction import Interaction
from workflows.domain import action, anew
from workflows.domain.actor import Actor
from workflows.domain.form import Form
from workflows.domain.message import Answer, AnyMessage, Finalize, Reconfirm, Rerun, Restart, Stop
from workflows.domain.process import Process
from workflows.domain.refused import INVALID, Refused
from workflows.domain.task import Task
from workflows.reading.document import Document

NOBODY = Actor("nobody")
M = TypeVar("M", bound=AnyMessage)


@dataclass(frozen=True)
class Offer:
    """`action` is the kind of message: answer, rerun, …; `url` is where it is sent to.

    `interaction`, `attempt` and `number` are sent back unchanged. `refused` says why this person
    may not; then there is no interaction.
    """

    action: str
    url: str
    task: str = ""
    attempt: int = 0
    number: int = 0
    interaction: str = ""
    refused: str = ""
    form: Form | None = None


@dataclass(frozen=True)
class Offers:
    """All offers of one process to one person, by what they are about."""

    list: tuple[Offer, ...] = ()

    def find(self, action: str, task: str = "") -> Offer | None:
        """The offer to do that, if it is there."""
        return next((o for o in self.list if (o.action, o.task) == (action, task)), None)


def offers(document: Document, by: Actor | None, secret: bytes) -> Offers:
    """What can be done now; without a person the questions only, as nobody can send them."""
    process = document.process
    if document.closed:
        return _after_the_close(document, by or NOBODY, secret)
    if process is None or process.ended:
        return Offers()
    messages = _messages(process, by or NOBODY)
    found = [_offer(document, process, message, secret) for message in messages]
    kept = (offer for offer in found if offer.form or not offer.refused)
    return Offers(tuple(kept))


def _after_the_close(document: Document, by: Actor, secret: bytes) -> Offers:
    """A closed process can be begun anew, unless one is that continues it."""
    process = document.process
    if process is None or document.problem or document.successor:
        return Offers()
    offer = _offer(document, process, Restart("", by, reason=""), secret, anew.check)
    return Offers() if offer.refused else Offers((offer,))


def _messages(process: Process, by: Actor) -> list[AnyMessage]:
    """Everything that could be sent now, still without content."""
    step = process.current
    messages: list[AnyMessage] = [Stop("", by, reason=""), Restart("", by, reason="")]
    if step is None:
        return messages
    if any(task.form and task.predecessor for task in step.tasks):
        messages.append(Reconfirm("", by, (), sum(len(task.history) for task in step.tasks)))
    for task in step.tasks:
        if task.form:
            messages.append(Answer("", by, task.key, task.attempt, task.form.number, {}))
        if task.attempt:
            messages.append(Rerun("", by, task.key, task.attempt, ""))
    if step.failing:
        messages.append(Finalize("", by, step.title, step.attempts, ""))
    return messages


def _offer(
    document: Document,
    process: Process,
    message: M,
    secret: bytes,
    check: Callable[[Process, M], None] = action.check,
) -> Offer:
    """Ask the domain: a refusal for want of content is none."""
    message = replace(message, drawn_for=process.version)
    about = interaction(document.workflow_id, document.run, message)
    path = f"/processes/{document.key}/{document.run}/{about.action}"
    offer = Offer(
        about.action,
        f"{path}/{about.task}" if about.task else path,
        about.task,
        about.attempt,
        about.number,
        form=_form(process, message),
    )
    try:
        check(process, message)
    except Refused as refused:
        if refused.kind != INVALID:
            return replace(offer, refused=str(refused))
    return replace(offer, interaction=about.id(secret))


def _form(process: Process, message: AnyMessage) -> Form | None:
    if not isinstance(message, Answer):
        return None
    task: Task = process.open_task(message.task)
    return task.form


def interaction(process: str, run: str, message: AnyMessage) -> Interaction:
    """What a message's form was about."""
    about = Interaction(message.by.id, process, run, message.kind, version=message.drawn_for)
    match message:
        case Answer(task=task, attempt=attempt, number=number):
            return replace(about, task=task, attempt=attempt, number=number)
        case Rerun(task=task, attempt=attempt):
            return replace(about, task=task, attempt=attempt)
        case Finalize(attempts=attempts):
            return replace(about, number=attempts)
        case Reconfirm(number=number):
            return replace(about, number=number)
        case _:
            return about
