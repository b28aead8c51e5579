"""The kinds of URL that the site has, and how OpenAPI describes each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse

from web import trouble
from web.process.incoming import described
from web.site import viewer

Handler = Callable[..., Any]


def page(app: FastAPI, path: str, show: Handler, shape: Any, status: int = 200) -> None:
    """A page: HTML, or the same data as JSON. The handler answers by what is accepted."""
    answers: dict[int | str, dict[str, Any]] = {status: _both(shape)} if shape else {303: GO}
    app.add_api_route(
        path,
        show,
        methods=["GET"],
        status_code=status,
        response_model=None,
        response_class=HTMLResponse,
        dependencies=[Depends(viewer)],  # every page says who is signed in
        responses={**answers, **_troubles(404, 422, 503)},
    )


def form(
    app: FastAPI, path: str, send: Handler, body: type[Any], shape: Any, status: int = 200
) -> None:
    """A form: as form data it leads to a page, as JSON it answers."""
    app.add_api_route(
        path,
        send,
        methods=["POST"],
        status_code=status,
        response_model=None,
        responses={status: _json(shape), 303: GO, **_troubles(403, 404, 409, 413, 422, 503)},
        openapi_extra=described(body),
    )


def file(app: FastAPI, path: str, show: Handler) -> None:
    """A file, for browsers only."""
    app.add_api_route(path, show, methods=["GET", "HEAD"], include_in_schema=False)


def events(app: FastAPI, path: str, events: Handler, existing: Handler | None = None) -> None:
    """A stream of changes for htmx. What `existing` raises is said before it begins."""
    app.add_api_route(
        path,
        events,
        methods=["GET"],
        response_class=EventSourceResponse,
        dependencies=[Depends(existing)] if existing else [],
        include_in_schema=False,  # OpenAPI 3.1 has no words for a stream of events
    )


SIGNED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in ("X-Timestamp", "X-Signature-256")
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "additionalProperties": {"type": "string"}}
            }
        },
    },
}
"""What an outside service sends; docs/callbacks.md tells how it is signed."""

GO: dict[str, Any] = {"description": "To the page that shows what became of it"}


def _json(shape: Any) -> dict[str, Any]:
    return {"model": shape, "description": "Done"}


def _both(shape: Any) -> dict[str, Any]:
    content = {"text/html": {"schema": {"type": "string"}}}
    return {"model": shape, "description": "The page", "content": content}


def _troubles(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {
        code: {
            "model": trouble.Trouble,
            "description": trouble.TITLES[code],
            "content": {"text/html": {"schema": {"type": "string"}}},
        }
        for code in codes
    }


def signed(app: FastAPI, path: str, report: Handler, shape: Any) -> None:
    """Where an outside service reports; docs/callbacks.md tells how it signs."""
    app.add_api_route(
        path,
        report,
        methods=["POST"],
        response_model=None,
        responses={200: _json(shape), **_troubles(403, 404, 409, 413, 422, 503)},
        openapi_extra=SIGNED,
    )


HOOKED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in ("X-GitHub-Event", "X-GitHub-Delivery", "X-Hub-Signature-256")
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
}
"""What GitHub sends to a webhook."""


def hook(app: FastAPI, path: str, receive: Handler, shape: Any) -> None:
    """Where GitHub tells of events."""
    app.add_api_route(
        path,
        receive,
        methods=["POST"],
        status_code=202,
        response_model=None,
        responses={202: _json(shape), **_troubles(403, 404, 413, 422, 503)},
        openapi_extra=HOOKED,
    )
