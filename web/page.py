"""A page: HTML for people, the same data as JSON for programs."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter

from activities.adapters.settings import settings
from web import station, wording
from web.address import WARNING
from web.header import SIGNED
from web.markdown import markdown
from web.process import form_view
from web.site import Viewer, known
from web.static import asset

HERE = Path(__file__).parent
_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def wants_json(request: Request) -> bool:
    """Whether the answer is for a program: it accepts JSON and not HTML."""
    if request.url.path.startswith(SIGNED):
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def page(request: Request, template: str, data: Any, status: int = 200, **context: Any) -> Response:
    """Draw `data` with a template, or hand it over as JSON."""
    if wants_json(request):
        return as_json(data, status)
    return HTMLResponse(draw(template, request, data=data, **context), status)


def as_json(data: Any, status: int = 200) -> Response:
    """Any of the domain's or the site's dataclasses as JSON."""
    shape = type(data)
    if shape not in _adapters:
        _adapters[shape] = TypeAdapter(shape)
    content = _adapters[shape].dump_json(data)
    return Response(content, status, media_type="application/json")


def draw(template: str, request: Request, **context: Any) -> str:
    """A whole page, in the site's frame."""
    who = getattr(request.state, "viewer", None) or _viewer(request)
    notice = wording.NOTICES.get(request.query_params.get("notice", ""), "")
    frame = {"viewer": who, "path": request.url.path, "notice": notice, "here": _here(request)}
    frame["warning"] = WARNING if settings().sign_in == "embedded" else ""
    return environment().get_template(template).render({**frame, **context})


def _viewer(request: Request) -> Viewer:
    return known(request) if hasattr(request.scope.get("app"), "state") else Viewer()


def _here(request: Request) -> str:
    """The page to come back to, after sign-in or a form that was not taken."""
    path, query = request.url.path, request.url.query
    if request.method == "GET":
        return f"{path}?{query}" if query and path == "/new" else path
    parts = path.split("/")
    return "/".join(parts[:4]) if parts[1] == "processes" and len(parts) > 4 else "/"


@cache
def environment() -> Environment:
    """All templates; each value is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "sign": wording,
        "station": station,
        "asset": asset,
        "temporal_web": settings().temporal_web_url.rstrip("/"),
    }
    made.filters |= {
        "markdown": markdown,
        "exact": _exact,
        "size": _size,
        "groups": form_view.groups,
        "label": form_view.label,
        "needed": form_view.needed,
        "title_of": wording.title_of,
        "query": urlencode,
        "path": lambda text: quote(text, safe=""),
        "plain": lambda data: json.dumps(data, indent=2, ensure_ascii=False, default=str),
    }
    return made


def _exact(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def _size(count: int | None) -> str:
    if count is None:
        return ""
    return f"{count} bytes" if count < 1_000 else f"{count / 1_000:,.1f} kB"
