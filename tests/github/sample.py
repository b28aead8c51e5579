"""Answers made of GitHub's own examples: what is required stays, what we know goes over it."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

from tests.github import openapi

Shown = dict[str, Any]


def sample(
    operation: str,
    code: int,
    url: str,
    known: Shown,
    repository: str = "octocat/Hello-World",
    number: int = 1347,
) -> Shown:
    """GitHub's example of an answer, for our repository and number, with `known` over it.

    Optional keys of the example that we know nothing about are left out: they would be lies.
    """
    text = _required(operation, code)
    text = text.replace("octocat/Hello-World", repository)
    text = text.replace("https://api.github.com", url).replace("https://github.com", url)
    text = text.replace("/1347", f"/{number}")
    return {**json.loads(text), **known}


@cache
def _required(operation: str, code: int) -> str:
    """The example's required keys as JSON."""
    schema = openapi.response_schema(operation, code)
    schema = openapi.resolve(schema.get("items", schema))
    while kind := next((k for k in ("oneOf", "anyOf", "allOf") if k in schema), None):
        schema = openapi.resolve(schema[kind][0])
    found = openapi.example(operation, code)
    return json.dumps({key: found[key] for key in schema.get("required", found) if key in found})


def part(operation: str, code: int, name: str, schema: str) -> Shown:
    """What an example has under a name, cut down to what a schema requires."""
    found = openapi.example(operation, code)[name]
    required = openapi.document()["components"]["schemas"][schema]["required"]
    return {key: found[key] for key in required}


def stamp(at: datetime | None) -> str | None:
    """A moment as GitHub writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def node(kind: str, number: object) -> str:
    """An id for GraphQL; nobody here reads it."""
    return f"{kind}_{number}"
