"""Stored files are hostile: they are handed out so that they can do no harm."""

from __future__ import annotations

import pytest

from activities.adapters import store
from activities.adapters.settings import settings
from tests.web.visitor import Visitor

PAGE = b"<script>alert(1)</script>"


async def test_foreign_html_is_sandboxed(visitor: Visitor) -> None:
    file = store.put(PAGE, "report.html")
    answer = await visitor.get(f"/files/{file.digest}/report.html")
    assert answer.content == PAGE
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("a.png", "image/png", True),
        ("a.json", "application/json", True),
        ("METADATA.pb", "text/plain; charset=utf-8", True),
        ("a.svg", "application/octet-stream", False),
        ("a.xhtml", "application/octet-stream", False),
        ("a.pdf", "application/octet-stream", False),
        ("Karla.ttf", "font/ttf", False),
        ('no ending; x="y', "application/octet-stream", False),
    ],
)
async def test_only_harmless_kinds_are_shown_in_place(
    visitor: Visitor, name: str, kind: str, shown: bool
) -> None:
    file = store.put(PAGE, "x")
    answer = await visitor.get(f"/files/{file.digest}/{name}")
    assert answer.headers["content-type"] == kind
    assert ("content-disposition" not in answer.headers) == shown


async def test_what_is_not_there_or_was_changed_is_not_handed_out(visitor: Visitor) -> None:
    assert (await visitor.get(f"/files/{'0' * 64}/a.png")).status_code == 404
    assert (await visitor.get("/files/..%2f..%2fetc/passwd")).status_code == 404
    file = store.put(b"one", "a.txt")
    kept = settings().state / "store" / file.digest[:2] / file.digest
    kept.write_bytes(b"two")
    assert (await visitor.get(f"/files/{file.digest}/a.txt")).status_code == 500
