"""The page of one process: what happened, what runs, and what this person may do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.sse import ServerSentEvent

from web.drawing import Drawing
from web.page import page
from web.person.auth import acting
from web.process.draft import Draft
from web.process.drawing import draw_process
from web.process.earlier import Earlier, earlier, event_of_step, moments_of
from web.process.offer import Offers, offers
from web.refusal_log import Refusal
from web.site import Site, SiteNow, Viewer, ViewerNow
from workflows.domain.actor import ENGINEER
from workflows.reading.document import Document

NEWEST = 5
"""Refusals that a process's page shows; all of them are a link away."""


@dataclass(frozen=True)
class ProcessPage:
    """A process, and what the person who asks may do to it.

    `earlier` says of which moment it is; without it, of now. `refusals` are the newest of those
    that changed nothing in it, the newest first, for engineers only.
    """

    document: Document
    offers: Offers
    earlier: Earlier | None = None
    refusals: list[Refusal] = field(default_factory=list)


async def newest(request: Request, site: SiteNow, key: str) -> Response:
    """To the newest process of a family."""
    run = await site.processes.latest(key)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/processes/{key}/{run}{query}", 303)


async def show(
    request: Request,
    site: SiteNow,
    who: ViewerNow,
    key: str,
    run: str,
    at: str = "",
    step: int = 0,
) -> Response:
    """The page of exactly this run; `at` an event or a time, or a `step` of the slider, as then."""
    if step:
        moments = await moments_of(await site.processes.history(key, run))
        here = f"/processes/{key}/{run}"
        return RedirectResponse(f"{here}?at={event_of_step(moments, step)}", 303)
    if at:
        return await _earlier_page(request, site, who, (key, run), at)
    return await process_page(request, site, who, await site.processes.document(key, run))


async def _earlier_page(
    request: Request, site: Site, who: Viewer, run: tuple[str, str], at: str
) -> Response:
    """The process as it was; nothing that is drawn can be sent."""
    document, place = await earlier(await site.processes.history(*run), at)
    made = ProcessPage(document, Offers(), place)
    drawing = draw_process(document, made.offers, who, place=place)
    return page(request, "process.html", made, drawing=drawing, draft=None)


async def process_page(
    request: Request,
    site: Site,
    who: Viewer,
    document: Document,
    status: int = 200,
    draft: Draft | None = None,
) -> Response:
    """Draw a process; with a draft, what was typed is in its form again."""
    refusals = await _refusals(site, who, document)
    made = ProcessPage(document, await _offers(site, who, document), refusals=refusals)
    plain = draw_process(document, made.offers, who)
    drawing = draw_process(document, made.offers, who, draft) if draft else plain
    return page(
        request,
        "process.html",
        made,
        status,
        drawing=drawing,
        seen=plain.digest,
        draft=draft,
        events=f"/processes/{document.key}/{document.run}/events",
    )


async def _refusals(site: Site, who: Viewer, document: Document) -> list[Refusal]:
    if who.actor is None or ENGINEER not in who.actor.roles:
        return []
    return (await site.refusals.of(document.key, document.run))[:NEWEST]


async def _offers(site: Site, who: Viewer, document: Document) -> Offers:
    by = await acting(site.people, who.actor, document.process) if who.actor else None
    return offers(document, by, site.secret)


async def existing(site: SiteNow, key: str, run: str) -> None:
    """Raise NotFound before a stream begins; afterwards it could not be said any more."""
    await site.processes.document(key, run)


async def events(
    request: Request, site: SiteNow, who: ViewerNow, key: str, run: str, seen: str = ""
) -> AsyncIterator[ServerSentEvent]:
    """Changes of the page, as messages for htmx."""
    seen = request.headers.get("last-event-id", seen)
    last: Drawing | None = None
    async with aclosing(site.hub.watch(key, run)) as changes:
        async for document in changes:
            drawing = draw_process(document, await _offers(site, who, document), who)
            if (message := drawing.update(last)) and (last or drawing.digest != seen):
                yield ServerSentEvent(raw_data=message, id=drawing.digest)
            last = drawing
