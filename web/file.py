"""Stored files: what tools and families made, handed out so that it can do no harm here."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi import Response
from starlette.exceptions import HTTPException

from activities.adapters import store
from web.static import FOR_EVER

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".pb": "text/plain; charset=utf-8",
    ".json": "application/json",
}
"""What a browser may show in place, by the name's ending; SVG can carry scripts, so it may not."""

KEPT = {".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2"}


def show(digest: str, name: str) -> Response:
    """A stored file under its name. It runs no scripts, whatever it contains."""
    try:
        content = store.get(digest)
    except store.Missing:
        raise HTTPException(404, "There is no such file.") from None
    except store.Damaged as damaged:
        raise HTTPException(500, str(damaged)) from None
    ending = PurePosixPath(name).suffix.lower()
    shown = SHOWN.get(ending)
    headers = {**FOR_EVER, "Content-Security-Policy": SANDBOX, "X-Frame-Options": "SAMEORIGIN"}
    if shown is None:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    kind = shown or KEPT.get(ending, "application/octet-stream")
    return Response(content, media_type=kind, headers=headers)
