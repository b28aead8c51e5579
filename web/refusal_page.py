"""The page of refusals, for engineers: who was told no, and why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import Request, Response

from web.page import page
from web.refusal_log import DAYS, Refusal, latest
from web.site import ViewerNow
from workflows.domain.actor import ENGINEER
from workflows.domain.refused import FORBIDDEN, Refused


@dataclass(frozen=True)
class RefusalPage:
    """The newest first; `key` names the family that was asked for, empty for all."""

    refusals: list[Refusal]
    key: str = ""


async def show(request: Request, who: ViewerNow, process: str = "") -> Response:
    """The newest refusals."""
    if who.actor is None or ENGINEER not in who.actor.roles:
        raise Refused("What was refused is shown to engineers.", FORBIDDEN)
    found = await asyncio.to_thread(latest, datetime.now(UTC).date(), process)
    return page(request, "refusals.html", RefusalPage(found, process), days=DAYS)
