"""Looks into request bodies for keys that GitHub's description does not name."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.github import openapi
from tests.github.openapi import Json, Operation, resolve


def unknown_keys(operation: Operation, body: bytes) -> set[str]:
    """The paths of keys in a JSON body that the operation does not describe.

    GitHub ignores such keys in silence, so a misspelt one would do nothing and never be seen.
    """
    content = resolve(operation.spec.get("requestBody", {})).get("content", {})
    if "application/json" not in content:
        return {"(a body, where none is described)"}
    return set(_unknown(json.loads(body), [content["application/json"]["schema"]], ""))


def _unknown(value: Json, schemas: list[Json], where: str) -> Iterator[str]:
    schemas = [found for schema in schemas for found in _alternatives(schema)]
    if isinstance(value, list):
        items = [schema["items"] for schema in schemas if "items" in schema]
        for entry in value if items else ():
            yield from _unknown(entry, items, where)
    elif isinstance(value, dict):
        known = [schema.get("properties", {}) for schema in schemas]
        free = any(_free(schema) for schema in schemas) or not any(known)
        for key, inner in value.items():
            path = f"{where}.{key}" if where else key
            named = [properties[key] for properties in known if key in properties]
            if named:
                yield from _unknown(inner, named, path)
            elif not free:
                yield path


def _alternatives(schema: Json) -> Iterator[Json]:
    """The schema and all that it combines."""
    schema = openapi.resolve(schema)
    yield schema
    for kind in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(kind, []):
            yield from _alternatives(inner)


def _free(schema: Json) -> bool:
    """Whether it allows any key, as maps do."""
    return bool(schema.get("additionalProperties"))
