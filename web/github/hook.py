"""Where GitHub tells that something has happened; only there with a secret that it signs with."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from web.door.fault import Unreachable
from web.github.delivery import Hook
from web.github.webhook import LARGEST, Hint, hint, is_genuine
from web.page import as_json
from web.site import Site, SiteNow

PATIENCE = 8.0
"""Seconds; GitHub waits for ten and counts the message as failed then."""

ID = re.compile(r"[A-Za-z0-9-]{1,100}")


@dataclass(frozen=True)
class Noted:
    """The message was received. What comes of it is for our own look to find out."""

    received: str


async def receive(request: Request, site: SiteNow) -> Response:
    """Take a message: 202 where it is genuine, whatever it says."""
    hook = site.hook
    if hook is None:
        raise HTTPException(404, "This site takes no messages: GITHUB_WEBHOOK_SECRET is not set.")
    body = await _body(request)
    if not is_genuine(hook.secret, body, request.headers.get("x-hub-signature-256", "")):
        raise HTTPException(403, "The signature is not right.")
    id = request.headers.get("x-github-delivery", "")
    if not ID.fullmatch(id):
        raise HTTPException(422, "The header X-GitHub-Delivery is missing.")
    if hook.deliveries.take(id):
        found = hint(request.headers.get("x-github-event", ""), body, hook.repository)
        await _follow(site, hook, id, found)
    return as_json(Noted(id), 202)


async def _follow(site: Site, hook: Hook, id: str, found: Hint) -> None:
    """Do what the hint says; a message that could not be followed may come again."""
    try:
        async with asyncio.timeout(PATIENCE):
            if found.revoked:
                site.sessions.end_all(found.revoked)
            if found.branch:
                await site.processes.hint(found.branch)
            if found.pushed:
                site.pushed.arrived()
    except BaseException as error:
        hook.deliveries.give_back(id)
        if isinstance(error, TimeoutError):
            raise Unreachable("Temporal does not answer.") from error
        raise


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, f"A message has at most {LARGEST} bytes.")
    return bytes(body)
