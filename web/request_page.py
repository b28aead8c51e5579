"""The request: the form that begins a process."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from web.page import as_json, page, wants_json
from web.person.sender import Sender, SenderNow
from web.process.act import STATUS, Complaint
from web.process.incoming import RequestBody, body
from web.site import Site, SiteNow, Viewer, ViewerNow
from workflows.domain import request as asked
from workflows.domain.form import Field
from workflows.domain.message import Start
from workflows.domain.refused import INVALID, Refused

KIND = "family-pr"
NEWEST = 0
"""The version that the worker has; the site does not know it."""


@dataclass(frozen=True)
class RequestPage:
    """The questions, what was typed so far, and what is wrong with it."""

    fields: tuple[Field, ...] = asked.FIELDS
    reply: dict[str, str] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Begun:
    """A process has begun: its run, and its page."""

    run: str
    url: str


async def show(request: Request, who: ViewerNow) -> Response:
    """The empty form; the address may carry values, `/new?family=Karla`."""
    names = {question.name for question in asked.FIELDS}
    given = {name: text for name, text in request.query_params.items() if name in names}
    defaults = {question.name: question.value for question in asked.FIELDS}
    return _form(request, who, RequestPage(reply={**defaults, **given}))


async def begin(request: Request, site: SiteNow, who: SenderNow) -> Response:
    """Begin a process."""
    reply = (await body(request, RequestBody)).reply
    checked = await site.check(reply)
    reply, complaints = checked.reply, checked.complaints
    try:
        if complaints:
            raise Refused(" ".join(complaints.values()), INVALID)
        return await _begin(request, site, who, reply)
    except Refused as refused:
        status = STATUS.get(refused.kind, 409)
        if wants_json(request):
            return as_json(Complaint(str(refused), complaints), status)
        made = RequestPage(reply=reply, complaints=complaints, why=str(refused))
        return _form(request, who, made, status)


async def _begin(request: Request, site: Site, who: Sender, reply: dict[str, str]) -> Response:
    wanted = asked.Request.of(reply)
    proposal = {question.name: getattr(wanted, question.name) for question in asked.FIELDS}
    start = Start(KIND, NEWEST, wanted.key, who.actor, proposal)
    run = await site.processes.begin(start)
    url = f"/processes/{wanted.key}/{run}"
    if wants_json(request):
        return as_json(Begun(run, url), 201)
    return RedirectResponse(f"{url}?notice=begun", 303)


def _form(request: Request, who: Viewer, made: RequestPage, status: int = 200) -> Response:
    return page(request, "new.html", made, status, viewer=who)
