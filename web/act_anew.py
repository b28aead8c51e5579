"""What people do about versions: restart a process, confirm what was answered before."""

from __future__ import annotations

from fastapi import Request, Response

from web.act import acting_on, send
from web.incoming import ReconfirmBody, RestartBody, body
from web.sender import SenderNow
from web.site import SiteNow
from workflows.domain.message import Confirmed, Reconfirm, Restart
from workflows.domain.refused import INVALID, Refused


async def restart(request: Request, site: SiteNow, who: SenderNow, key: str, run: str) -> Response:
    """Replace an open process by one of the newest version."""
    sent = await body(request, RestartBody)
    document, by = await acting_on(site, who, key, run)
    return await send(request, site, who, document, Restart(sent.interaction, by, sent.reason))


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
