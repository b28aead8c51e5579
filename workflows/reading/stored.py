"""A stored document: what a page shows, as JSON that any later version of the site can draw."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from workflows.reading.document import Document

FORMAT = 1
"""The shape of a stored document. Fields may be added with defaults; anything else raises it, and
`load` goes on reading every older one: `tests/workflows/documents` holds one of each."""

DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)


class CannotRead(Exception):  # noqa: N818  reads as a sentence
    """The stored content is no document that this version of the site knows."""


def dump(document: Document) -> bytes:
    """The document as JSON, with the number of its shape."""
    shown = DOCUMENT.dump_python(document, mode="json")
    return json.dumps({"format": FORMAT, "document": shown}, ensure_ascii=False).encode()


def load(content: bytes) -> Document:
    """The document; raises CannotRead for what is none, or of a shape that is newer than this."""
    try:
        stored = json.loads(content)
        if stored["format"] != FORMAT:
            raise CannotRead(f"It has the format {stored['format']}; this site knows {FORMAT}.")
        return DOCUMENT.validate_python(stored["document"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise CannotRead(f"It is no stored document: {type(error).__name__}.") from error
