"""Who sends a form: signed in, with the token that their own pages carry."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from web import csrf
from web.incoming import values
from web.site import Viewer, ViewerNow


async def visitor(request: Request, who: ViewerNow) -> Viewer:
    """Anybody whose form comes from a page that was drawn for their own session."""
    sent = request.headers.get(csrf.HEADER) or str((await values(request)).get("csrf", ""))
    if who.session is None:
        raise HTTPException(403, "You are signed out. Sign in and send this again.")
    if not csrf.has_token(who.session, sent):
        raise HTTPException(403, "This form is from an earlier sign-in. Load the page again.")
    return who


async def sender(who: Annotated[Viewer, Depends(visitor)]) -> Viewer:
    """Somebody who is signed in."""
    if not who.login:
        raise HTTPException(403, "You are signed out. Sign in and send this again.")
    return who


VisitorNow = Annotated[Viewer, Depends(visitor)]
SenderNow = Annotated[Viewer, Depends(sender)]
