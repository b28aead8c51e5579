"""Trouble: what a page says when it cannot do what was asked, and what to do then."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from activities.adapters.people.port import Unanswered
from activities.adapters.signing_key import NoKey
from web import refusal_log
from web.door.fault import Busy, NotFound, Unreachable, Unsure
from web.page import page, wants_json
from web.process.act import STATUS
from web.site import Viewer, known
from workflows.domain.refused import Refused

TITLES = {
    400: "This request is not understood",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Not now",
    413: "Too much",
    421: "Wrong address",
    422: "Not like that",
    503: "Temporal does not answer",
}
RESTART = (
    "Nothing is lost: Temporal keeps all processes. Start it again with `make run`, "
    "or look at the address in TEMPORAL_ADDRESS, then load this page again."
)


AGAIN = 3
"""Seconds until a process is looked at again that could not be read in time."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong."""

    error: str


def refuse(
    request: Request, status: int, why: str, unsure: bool = False, title: str = ""
) -> Response:
    """Draw a refusal; what was typed is shown again where there was any."""
    if request.method == "POST" and status in NOTED:
        _note(request, status, why)
    sent = dict(getattr(request.state, "values", None) or {})
    typed = {**sent, **sent.pop("reply", {})} if isinstance(sent.get("reply"), dict) else sent
    typed = {k: v for k, v in typed.items() if k not in HIDDEN and isinstance(v, str) and v}
    title = title or TITLES.get(status, "Something went wrong")
    return page(
        request, "trouble.html", Trouble(why), status, title=title, typed=typed, unsure=unsure
    )


NOTED = (403, 409, 422)
"""What is refused to somebody who wants to act; the rest is no refusal but a fault."""


def _note(request: Request, status: int, why: str) -> None:
    who = known(request) if hasattr(request.scope.get("app"), "state") else Viewer()
    account = who.actor.id if who.actor else 0
    refusal_log.note(request.url.path, who.login, account, status, why)


HIDDEN = ("csrf", "interaction", "attempt", "number", "next", "reply")


def install(app: FastAPI) -> None:
    """Answer every kind of trouble in words."""
    for kind, answer in (
        (HTTPException, _http),
        (RequestValidationError, _validation),
        (Refused, _refused),
        (NotFound, _not_found),
        (Unreachable, _unreachable),
        (Busy, _busy),
        (Unanswered, _unanswered),
        (NoKey, _no_key),
        (Exception, _unexpected),
    ):
        app.add_exception_handler(kind, answer)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  installed for nothing else
    response = refuse(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  installed for nothing else
    said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return refuse(request, 422, said)


async def _refused(request: Request, error: Exception) -> Response:
    return refuse(request, STATUS.get(getattr(error, "kind", ""), 409), str(error))


async def _not_found(request: Request, error: Exception) -> Response:
    return refuse(request, 404, str(error) or "There is no such process.")


async def _unreachable(request: Request, error: Exception) -> Response:
    return refuse(request, 503, f"{error} {RESTART}", unsure=isinstance(error, Unsure))


async def _busy(request: Request, error: Exception) -> Response:
    """A page looks again by itself; what was sent has to be sent again."""
    response = refuse(request, 503, str(error), title="This process is being read")
    again = "Refresh" if request.method == "GET" and not wants_json(request) else "Retry-After"
    response.headers[again] = str(AGAIN)
    return response


async def _unanswered(request: Request, error: Exception) -> Response:
    return refuse(request, 503, str(error), title="GitHub does not answer")


async def _no_key(request: Request, error: Exception) -> Response:
    said = f"Nothing that is not signed counts. Whoever runs this site has to look: {error}"
    return refuse(request, 503, said, title="The site cannot sign what you do")


async def _unexpected(request: Request, error: Exception) -> Response:
    return refuse(request, 500, "The site made a mistake; it is written down in its log.")
