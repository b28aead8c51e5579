"""What people do about versions: restart a process, confirm what was answered before."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from web.door.begun_anew import begin_anew
from web.page import as_json, wants_json
from web.person.sender import SenderNow
from web.process.act import Taken, acting_on, check_drawn, drawn_for, say_no, send
from web.process.incoming import ReconfirmBody, RestartBody, body
from web.site import SiteNow
from workflows.domain.message import Confirmed, Reconfirm, Restart
from workflows.domain.refused import INVALID, Refused


async def restart(request: Request, site: SiteNow, who: SenderNow, key: str, run: str) -> Response:
    """Replace a process by one of the newest version, or begin a closed one anew."""
    sent = await body(request, RestartBody)
    document, by = await acting_on(site, who, key, run)
    message = Restart(sent.interaction, by, sent.reason, drawn_for=drawn_for(document))
    if not document.closed:
        return await send(request, site, who, document, message)
    try:
        check_drawn(site, document, message)
        begun = await begin_anew(site.processes, document, message)
    except Refused as why:
        return await say_no(request, site, who, document, message, why)
    url = f"/processes/{key}/{begun.run}"
    if wants_json(request):
        return as_json(Taken(None, url))
    return RedirectResponse(f"{url}?notice={'begun-in-part' if begun.lost else 'begun'}", 303)


async def reconfirm(
    request: Request, site: SiteNow, who: SenderNow, key: str, run: str
) -> Response:
    """Give earlier answers again, as one's own."""
    sent = await body(request, ReconfirmBody)
    document, by = await acting_on(site, who, key, run)
    tasks = tuple(_confirmed(task, seen) for task, seen in sorted(sent.reply.items()))
    message = Reconfirm(sent.interaction, by, tasks, sent.number)
    return await send(request, site, who, document, message)


def _confirmed(task: str, seen: str) -> Confirmed:
    attempt, _, number = seen.partition(".")
    if not (attempt.isdigit() and number.isdigit() and len(seen) < 20):
        raise Refused(f"“{task[:80]}” needs an attempt and a number, such as 1.1.", INVALID)
    return Confirmed(task, int(attempt), int(number))
