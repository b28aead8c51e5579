"""Every URL of the site on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse

from activities.adapters.settings import settings
from web import (
    act,
    board,
    file,
    forge_page,
    health,
    incoming,
    process_page,
    request_page,
    sign_in,
    static,
    trouble,
)
from web.header import Gate
from web.incoming import described
from web.site import Site

Handler = Callable[..., Any]
PROCESS = "/processes/{key}/{run}"
TITLE = "Family PR"


def create_app(site: Site) -> FastAPI:
    """The site over these parts."""
    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, max_body_size=incoming.WHOLE)
    app.state.site = site
    trouble.install(app)
    app.add_middleware(Gate, hosts=settings().allowed_hosts, refuse=trouble.refuse)

    _page(app, "/", board.show, board.Board)
    _page(app, "/new", request_page.show, request_page.RequestPage)
    _page(app, "/processes/{key}", process_page.newest, None, 303)
    _page(app, PROCESS, process_page.show, process_page.ProcessPage)
    _page(app, "/forge/pulls", forge_page.pulls, forge_page.ForgeList)
    _page(app, "/forge/pulls/{number}", forge_page.pull, forge_page.ForgeItem)
    _page(app, "/forge/issues", forge_page.issues, forge_page.ForgeList)
    _page(app, "/forge/issues/{number}", forge_page.issue, forge_page.ForgeItem)
    _page(app, "/sign-in", sign_in.show, sign_in.SignInPage)

    _events(app, "/events", board.events)
    _events(app, f"{PROCESS}/events", process_page.events, process_page.existing)

    _form(app, "/processes", request_page.begin, incoming.RequestBody, request_page.Begun, 201)
    _form(app, f"{PROCESS}/answer/{{task}}", act.answer, incoming.AnswerBody, act.Taken)
    _form(app, f"{PROCESS}/rerun/{{task}}", act.rerun, incoming.RerunBody, act.Taken)
    _form(app, f"{PROCESS}/finalize", act.finalize, incoming.FinalizeBody, act.Taken)
    _form(app, f"{PROCESS}/stop", act.stop, incoming.StopBody, act.Taken)
    _form(app, "/sign-in", sign_in.sign_in, incoming.SignInBody, sign_in.SignedIn)
    _form(app, "/sign-out", sign_in.sign_out, incoming.SignOutBody, sign_in.SignedIn)

    hidden = {"methods": ["GET", "HEAD"], "include_in_schema": False}
    app.add_api_route("/files/{digest}/{name}", file.show, **hidden)
    app.add_api_route("/static/vendor/{path:path}", static.vendor, **hidden)
    app.add_api_route("/static/{digest}/{name}", static.own, **hidden)
    app.add_api_route("/health", health.show, methods=["GET"])
    return app


def _page(app: FastAPI, path: str, show: Handler, shape: Any, status: int = 200) -> None:
    """A page: HTML, or the same data as JSON. The handler answers by what is accepted."""
    answers: dict[int | str, dict[str, Any]] = {status: _both(shape)} if shape else {303: GO}
    app.add_api_route(
        path,
        show,
        methods=["GET"],
        status_code=status,
        response_model=None,
        response_class=HTMLResponse,
        responses={**answers, **_troubles(404, 422, 503)},
    )


def _form(
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


def _events(app: FastAPI, path: str, events: Handler, existing: Handler | None = None) -> None:
    """A stream of changes for htmx. What `existing` raises is said before it begins."""
    app.add_api_route(
        path,
        events,
        methods=["GET"],
        response_class=EventSourceResponse,
        dependencies=[Depends(existing)] if existing else [],
        include_in_schema=False,  # OpenAPI 3.1 has no words for a stream of events
    )


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
