"""Where outside services report that they have done a task's work; see docs/callbacks.md."""

from __future__ import annotations

import time

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from web.callback import LARGEST, Address, receive
from web.page import as_json
from web.process.act import Taken
from web.site import SiteNow


async def report(
    request: Request, site: SiteNow, key: str, run: str, task: str, attempt: int, number: int
) -> Response:
    """Take a signed answer to exactly one question."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, f"A callback has at most {LARGEST} bytes.")
    address = Address(key, run, task, attempt, number)
    timestamp = request.headers.get("x-timestamp", "")
    signature = request.headers.get("x-signature-256", "")
    sent = await receive(site.processes, address, timestamp, signature, bytes(body), time.time())
    return as_json(Taken(sent.receipt, f"/processes/{key}/{run}"))
