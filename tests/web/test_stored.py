"""Stored documents of every shape that was ever released are drawn by today's templates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workflows.documents import DOCUMENTS
from web.process.drawing import draw_process
from web.process.offer import Offers
from web.site import Viewer
from workflows.reading.stored import FORMAT, CannotRead, dump, load

STORED = sorted(DOCUMENTS.glob("*/*.json"))


def test_every_shape_that_can_be_stored_has_documents_here() -> None:
    assert {int(path.parent.name) for path in STORED} == set(range(1, FORMAT + 1))


@pytest.mark.parametrize("path", STORED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_stored_document_is_drawn(path: Path) -> None:
    document = load(path.read_bytes())
    assert document.process
    html = draw_process(document, Offers(), Viewer()).html
    assert document.process.title in html
    for step in document.process.path:
        for task in step.tasks:
            assert html.count(f'id="entry-{task.key}-') == len(task.history)


@pytest.mark.parametrize("path", STORED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_storing_it_again_loses_nothing(path: Path) -> None:
    before, again = json.loads(path.read_bytes()), json.loads(dump(load(path.read_bytes())))
    assert _within(before, again)


def _within(old: object, new: object) -> bool:
    """Whether all of the old is in the new; fields may have been added since."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(name in new and _within(value, new[name]) for name, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_within, old, new))
    return old == new


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format": 1}', b'{"format": 99, "document": {}}', b"\xff"]
)
def test_what_is_none_is_never_taken_for_a_document(content: bytes) -> None:
    with pytest.raises(CannotRead):
        load(content)
