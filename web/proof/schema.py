"""The JSON Schema of an exported line: `python -m web.proof.schema > docs/export.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from web.proof import line
from web.proof.record import DOCUMENT

DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
TEXT = {"type": "string"}


def schema() -> dict[str, Any]:
    """One line of an export, of whichever kind."""
    document = DOCUMENT.json_schema(mode="serialization", ref_template="#/$defs/{model}")
    shapes = document.pop("$defs")
    mile = {"$ref": "#/$defs/LastMile"}
    seal = {"lines": {"type": "array", "items": DIGEST}, "at": TEXT, "key": TEXT, "value": TEXT}
    kinds = [
        _line(line.PROCESS, format={"const": line.FORMAT}, process=TEXT, run=TEXT),
        _line(line.EVENT, event=_event()),
        _line(line.DOCUMENT, document=document),
        _line(line.AFTER, after={"anyOf": [mile, {"type": "null"}]}, problem=TEXT),
        _line(line.KEY, id=TEXT, public=DIGEST),
        _line(line.SEAL, **seal),
        _line(line.END, **seal),
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of an export of Family PR",
        "oneOf": kinds,
        "$defs": shapes,
    }


def _line(kind: str, **members: Any) -> dict[str, Any]:
    properties = {"line": {"const": kind}, **members}
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _event() -> dict[str, Any]:
    """An event as Temporal writes it in JSON; its attributes depend on its type."""
    return {
        "type": "object",
        "properties": {"eventId": TEXT, "eventTime": TEXT, "eventType": TEXT},
        "required": ["eventId", "eventTime", "eventType"],
    }


def text() -> str:
    """The schema as it lies in the documentation."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(text(), end="")
