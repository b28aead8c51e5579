"""Who sends a form: signed in, with the token that their own pages carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from web.person import csrf
from web.process.incoming import values
from web.site import Viewer, ViewerNow
from workflows.domain.actor import Actor


async def visitor(request: Request, who: ViewerNow) -> Viewer:
    """Anybody whose form comes from a page that was drawn for their own session."""
    sent = request.headers.get(csrf.HEADER) or str((await values(request)).get("csrf", ""))
    if who.session is None:
        raise HTTPException(403, "You are signed out. Sign in and send this again.")
    if not csrf.has_token(who.session, sent):
        raise HTTPException(403, "This form is from an earlier sign-in. Load the page again.")
    return who


@dataclass(frozen=True)
class Sender(Viewer):
    """A viewer of whom is known who it is."""

    actor: Actor = field(kw_only=True)


async def sender(who: Annotated[Viewer, Depends(visitor)]) -> Sender:
    """Somebody who is signed in."""
    if who.actor is None:
        raise HTTPException(403, "You are signed out. Sign in and send this again.")
    return Sender(who.session, actor=who.actor)


VisitorNow = Annotated[Viewer, Depends(visitor)]
SenderNow = Annotated[Sender, Depends(sender)]
