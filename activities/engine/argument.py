"""Arguments: what a task function asks for by the names of its parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from activities.adapters import secret
from activities.adapters.settings import settings
from activities.authoring import Callback, Place
from workflows.domain.message import Call

GIVEN = ("place", "callback", "reply", "kept", "by", "initiator")
"""Parameters that are made here from the call; all others are needs."""


class NeedsChanged(Exception):  # noqa: N818  reads as a sentence: the needs changed
    """The process recorded other needs than the code has now, or names of another shape."""


def arguments(function: Callable[..., Any], call: Call) -> dict[str, Any]:
    """The arguments for one call, decoded into what the parameters are annotated with."""
    known = {**call.names, **_made_here(call)}
    return {name: _decoded(name, shape, known) for name, shape in _shapes(function).items()}


@lru_cache(maxsize=1000)
def _shapes(function: Callable[..., Any]) -> dict[str, TypeAdapter[Any] | None]:
    """What each parameter is annotated with, if it is; worked out once, as that takes long."""
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    return {
        p.name: None if p.annotation is inspect.Parameter.empty else TypeAdapter(p.annotation)
        for p in parameters
    }


def _made_here(call: Call) -> dict[str, Any]:
    return {
        "place": place(call),
        "callback": callback(call),
        "reply": call.reply,
        "kept": call.kept,
        "by": call.by,
        "initiator": call.initiator,
    }


def _decoded(name: str, shape: TypeAdapter[Any] | None, known: dict[str, Any]) -> Any:
    if name not in known:
        raise NeedsChanged(
            f"the process was begun without “{name}”, which the task needs now. "
            "Restart the process."
        )
    value = known[name]
    if shape is None:
        return value
    try:
        return shape.validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise NeedsChanged(
            f"“{name}” has another shape than the task expects "
            f"({'.'.join(map(str, first['loc']))}: {first['msg']}). Restart the process."
        ) from None


def place(call: Call) -> Place:
    """Where the call belongs."""
    url = f"{settings().site_url.rstrip('/')}/processes/{call.key}/{call.run}"
    return Place(call.process, call.run, call.key, call.task, call.attempt, url)


def callback(call: Call) -> Callback:
    """The address for an outside service, good for the next question of exactly this attempt."""
    path = f"{call.key}/{call.run}/{call.task}/{call.attempt}/{call.number + 1}"
    url = f"{settings().site_url.rstrip('/')}/callbacks/{path}"
    return Callback(url, secret.callback_key(path))
