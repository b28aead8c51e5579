"""What comes in with a form: the same shapes as JSON and as form data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request
from pydantic import ConfigDict, TypeAdapter, ValidationError
from starlette.exceptions import HTTPException

from workflows.domain.refused import INVALID, Refused

FIELDS = 2_000
PART = 60_000
WHOLE = 2_000_000
"""The most fields, characters of a field, and bytes of a whole form."""

_FORBID = ConfigDict(extra="forbid")
Body = TypeVar("Body")


@dataclass(frozen=True)
class AnswerBody:
    """The answer to a question; as form data each reply is a field `reply.<name>`."""

    __pydantic_config__ = _FORBID
    interaction: str
    attempt: int
    number: int
    reply: dict[str, str] = field(default_factory=dict)
    csrf: str = ""


@dataclass(frozen=True)
class RerunBody:
    """Run a task again, because."""

    __pydantic_config__ = _FORBID
    interaction: str
    attempt: int
    reason: str = ""
    csrf: str = ""


@dataclass(frozen=True)
class FinalizeBody:
    """Close a failing step, because. `number` is the sum of attempts that was seen."""

    __pydantic_config__ = _FORBID
    interaction: str
    number: int
    step: str
    reason: str = ""
    csrf: str = ""


@dataclass(frozen=True)
class StopBody:
    """End the process, because."""

    __pydantic_config__ = _FORBID
    interaction: str
    reason: str = ""
    csrf: str = ""


@dataclass(frozen=True)
class RestartBody:
    """Replace the process by one of the newest version, because."""

    __pydantic_config__ = _FORBID
    interaction: str
    reason: str = ""
    csrf: str = ""


@dataclass(frozen=True)
class ReconfirmBody:
    """Confirm earlier answers; as form data each task is a field `reply.<task>`.

    Its value is the attempt and the number of the question that were seen: `1.1`.
    """

    __pydantic_config__ = _FORBID
    interaction: str
    number: int
    reply: dict[str, str] = field(default_factory=dict)
    csrf: str = ""


@dataclass(frozen=True)
class RequestBody:
    """Ask for a family; as form data each reply is a field `reply.<name>`."""

    __pydantic_config__ = _FORBID
    reply: dict[str, str] = field(default_factory=dict)
    csrf: str = ""


@dataclass(frozen=True)
class HandBody:
    """Do something to a pull request of the embedded forge."""

    __pydantic_config__ = _FORBID
    what: str
    csrf: str = ""


@dataclass(frozen=True)
class SignInBody:
    """Choose who to be. `next` is the page to go to afterwards."""

    __pydantic_config__ = _FORBID
    login: str = ""
    next: str = "/"
    csrf: str = ""


@dataclass(frozen=True)
class SignOutBody:
    """Sign out."""

    __pydantic_config__ = _FORBID
    csrf: str = ""


async def values(request: Request) -> dict[str, Any]:
    """What was sent, as one dictionary; read once per request and kept."""
    kept = getattr(request.state, "values", None)
    if kept is None:
        kept = request.state.values = await _read(request)
    return dict(kept)


async def _read(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        try:
            sent = json.loads(await request.body())
        except ValueError as error:
            raise HTTPException(422, f"This is not JSON: {error}") from None
        if not isinstance(sent, dict):
            raise HTTPException(422, "Send a JSON object.")
        return sent
    form = await request.form(max_files=0, max_fields=FIELDS, max_part_size=PART)
    read: dict[str, Any] = {}
    for name, value in form.multi_items():
        if name.startswith("reply."):
            read.setdefault("reply", {})[name.removeprefix("reply.")] = str(value)
        else:
            read[name] = str(value)
    return read


async def body(request: Request, shape: type[Body]) -> Body:
    """What was sent, in that shape; Refused in words where it does not fit."""
    try:
        return TypeAdapter(shape).validate_python(await values(request))
    except ValidationError as error:
        said = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}." for e in error.errors())
        raise Refused("The form is incomplete. " + " ".join(said), INVALID) from None


def described(shape: type[Any]) -> dict[str, Any]:
    """The request body for OpenAPI: the same shape in both encodings."""
    schema = TypeAdapter(shape).json_schema()
    flat = {**schema, "properties": dict(schema["properties"]), "additionalProperties": True}
    if flat["properties"].pop("reply", None):
        flat["description"] = schema.get("description", "")
    content = {
        "application/json": {"schema": schema},
        "application/x-www-form-urlencoded": {"schema": flat},
    }
    return {"requestBody": {"required": True, "content": content}}
