"""What people do to a process: from a form that was sent, to a message, to what they are told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from web import refusal_log
from web.page import as_json, wants_json
from web.person.auth import acting
from web.person.sender import Sender, SenderNow
from web.process.draft import Draft
from web.process.incoming import AnswerBody, FinalizeBody, RerunBody, StopBody, body
from web.process.offer import interaction
from web.process.page import process_page
from web.site import Site, SiteNow
from workflows.domain.actor import Actor
from workflows.domain.message import Answer, AnyMessage, Finalize, Receipt, Rerun, Stop
from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, Refused
from workflows.reading.document import Document

STATUS = {CONFLICT: 409, FORBIDDEN: 403, INVALID: 422}
"""How a refusal is said in HTTP."""


@dataclass(frozen=True)
class Taken:
    """A message was taken; without a receipt it waits for the dispatcher. `url`: the page."""

    receipt: Receipt | None
    url: str


@dataclass(frozen=True)
class Complaint:
    """Why something was not done; `fields` says it per field of the form."""

    error: str
    fields: dict[str, str]


async def answer(
    request: Request, site: SiteNow, who: SenderNow, key: str, run: str, task: str
) -> Response:
    """Answer the question that a task asks."""
    sent = await body(request, AnswerBody)
    document, by = await acting_on(site, who, key, run)
    message = Answer(sent.interaction, by, task, sent.attempt, sent.number, sent.reply)
    return await send(request, site, who, document, message)


async def rerun(
    request: Request, site: SiteNow, who: SenderNow, key: str, run: str, task: str
) -> Response:
    """Run a task of the open step again."""
    sent = await body(request, RerunBody)
    document, by = await acting_on(site, who, key, run)
    message = Rerun(sent.interaction, by, task, sent.attempt, sent.reason)
    return await send(request, site, who, document, message)


async def finalize(request: Request, site: SiteNow, who: SenderNow, key: str, run: str) -> Response:
    """Close the failing step."""
    sent = await body(request, FinalizeBody)
    document, by = await acting_on(site, who, key, run)
    message = Finalize(sent.interaction, by, sent.step, sent.number, sent.reason)
    return await send(request, site, who, document, message)


async def stop(request: Request, site: SiteNow, who: SenderNow, key: str, run: str) -> Response:
    """End the process before its time."""
    sent = await body(request, StopBody)
    document, by = await acting_on(site, who, key, run)
    return await send(request, site, who, document, Stop(sent.interaction, by, sent.reason))


async def acting_on(site: Site, who: Sender, key: str, run: str) -> tuple[Document, Actor]:
    """A process and who acts on it: roles are looked up now, whatever the page knew."""
    document = await site.processes.document(key, run)
    return document, await acting(site.people, who.actor, document.process, fresh=True)


async def send(
    request: Request, site: Site, who: Sender, document: Document, message: AnyMessage
) -> Response:
    """Send what somebody does, and lead to what became of it."""
    message = replace(message, drawn_for=drawn_for(document))
    try:
        check_drawn(site, document, message)
        sent = await site.processes.act(document.key, document.run, message, document)
    except Refused as why:
        return await say_no(request, site, who, document, message, why)
    url = f"/processes/{document.key}/{document.run}"
    if wants_json(request):
        return as_json(Taken(sent.receipt, url))
    notice = "recorded" if sent.receipt else "waits"
    anchor = f"#{_anchor(message)}" if _anchor(message) else ""
    return RedirectResponse(f"{url}?notice={notice}{anchor}", 303)


def drawn_for(document: Document) -> int:
    """The version of the process that its forms were drawn for."""
    return document.process.version if document.process else 0


def check_drawn(site: Site, document: Document, message: AnyMessage) -> None:
    """Refuse a form that was not drawn for this person, this run, and what it is about."""
    about = interaction(document.workflow_id, document.run, message)
    if not about.matches(site.secret, message.id):
        raise Refused("This form was drawn for somebody else, or is too old. Please look again.")


async def say_no(
    request: Request,
    site: Site,
    who: Sender,
    document: Document,
    message: AnyMessage,
    refused: Refused,
) -> Response:
    """Say why not, on the page as it is now, with what was typed."""
    draft = _draft(document, message, refused)
    status = STATUS.get(refused.kind, 409)
    refusal_log.note(request.url.path, who.login, who.actor.id, status, str(refused))
    if wants_json(request):
        return as_json(Complaint(str(refused), draft.complaints), status)
    fresh = await site.processes.document(document.key, document.run)
    return await process_page(request, site, who, fresh, status, draft)


def _draft(document: Document, message: AnyMessage, refused: Refused) -> Draft:
    if not isinstance(message, Answer):
        task = message.task if isinstance(message, Rerun) else ""
        reason = getattr(message, "reason", "")
        return Draft(message.kind, task, {"reason": reason}, why=str(refused))
    complaints = {}
    step = document.process.current if document.process else None
    asked = step.task(message.task) if step else None
    if refused.kind == INVALID and asked and asked.form:
        complaints = asked.form.complaints(message.reply)
    return Draft(message.kind, message.task, message.reply, complaints, str(refused))


def _anchor(message: AnyMessage) -> str:
    return f"task-{message.task}" if isinstance(message, Answer | Rerun) else ""
