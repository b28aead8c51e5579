"""GitHub's own description of its API, read once: operations, schemas, examples."""

from __future__ import annotations

import copy
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from local.description import PLACE

HOST = "https://api.github.com"
METHODS = ("get", "post", "put", "patch", "delete")
Json = Any


@dataclass(frozen=True)
class Operation:
    """One method on one address of the description."""

    id: str
    method: str
    template: str
    spec: dict[str, Json]
    pattern: re.Pattern[str]
    multi: frozenset[str]  # parameters that may hold slashes
    weight: tuple[int, int]  # how exact the template is: the most exact one wins

    def encoded(self, path: str) -> str:
        """The path with the slashes inside parameters escaped, as the description wants it."""
        match = self.pattern.fullmatch(path)
        assert match
        values = {
            name: value.replace("/", "%2F") if name in self.multi else value
            for name, value in match.groupdict().items()
        }
        return re.sub(r"\{(\w+)\}", lambda m: values[m[1]], self.template)


@cache
def document() -> dict[str, Json]:
    """The whole description, repaired where it says what GitHub itself does not keep to."""
    if not PLACE.is_file():
        raise FileNotFoundError(f"{PLACE} is missing. Run `make install`, which gets it from npm.")
    with gzip.open(PLACE) as file:
        spec: dict[str, Json] = json.load(file, object_hook=_repaired)
    return spec


def _repaired(found: dict[str, Json]) -> dict[str, Json]:
    # OpenAPI 3.0 wants null in the enum too; GitHub's description leaves it out.
    enum = found.get("enum")
    if found.get("nullable") is True and isinstance(enum, list) and None not in enum:
        enum.append(None)
    # Its alternatives overlap: what fits one of them often fits another.
    if isinstance(found.get("oneOf"), list):
        found["anyOf"] = found.pop("oneOf")
        found.pop("discriminator", None)  # it also wants a list to name its type
    # Nor does `nullable` reach into alternatives there.
    if found.get("nullable") is True and isinstance(found.get("anyOf"), list):
        found["anyOf"].append({"type": "object", "nullable": True, "enum": [None]})
    return found


def resolve(node: Json) -> Json:
    """Follow `$ref` until there is none."""
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        target: Json = document()
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


@cache
def operations() -> dict[str, Operation]:
    """All operations by their id, such as `pulls/create`."""
    return {operation.id: operation for operation in _operations()}


def _operations() -> Iterator[Operation]:
    for template, item in document()["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            spec = item[method]
            parameters = [resolve(p) for p in spec.get("parameters", [])]
            multi = frozenset(p["name"] for p in parameters if p.get("x-multi-segment"))
            yield _operation(method, template, spec, multi)


def _operation(method: str, template: str, spec: Json, multi: frozenset[str]) -> Operation:
    parts = re.split(r"\{(\w+)\}", template)
    source = "".join(
        re.escape(part) if n % 2 == 0 else f"(?P<{part}>{'.+?' if part in multi else '[^/]+'})"
        for n, part in enumerate(parts)
    )
    fixed = sum(len(part) for part in parts[::2])
    weight = (fixed, -len(parts))
    return Operation(spec["operationId"], method, template, spec, re.compile(source), multi, weight)


def find(method: str, path: str) -> Operation | None:
    """The operation that GitHub describes for this request."""
    if method == "HEAD":
        method = "GET"
    fitting = (
        operation
        for operation in operations().values()
        if operation.method == method.lower() and operation.pattern.fullmatch(path)
    )
    return max(fitting, key=lambda operation: operation.weight, default=None)


def response_schema(operation: str, code: int) -> Json:
    """What a JSON answer of that operation must look like."""
    response = resolve(operations()[operation].spec["responses"][str(code)])
    return resolve(response["content"]["application/json"]["schema"])


def example(operation: str, code: int = 200) -> Json:
    """GitHub's own example of an answer; of a list, its first entry. A copy of its own."""
    return copy.deepcopy(_example(operation, code))


@cache
def _example(operation: str, code: int) -> Json:
    response = resolve(operations()[operation].spec["responses"][str(code)])
    examples = response["content"]["application/json"]["examples"]
    value = _whole(resolve(next(iter(examples.values())))["value"])
    if "x-github-breaking-changes" in value:  # an example wrapped in another
        value = value["value"]
    return value[0] if isinstance(value, list) else value


def _whole(value: Json) -> Json:
    """The example with the references inside it filled in."""
    value = resolve(value)
    if isinstance(value, dict) and "value" in value and set(value) <= {"summary", "value"}:
        return _whole(value["value"])
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value
