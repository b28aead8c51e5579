"""Markdown that anybody wrote becomes harmless HTML."""

from __future__ import annotations

import time

import pytest

from web.markdown import markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](vbscript:x)",
        "![x](https://evil.example/pixel.png)",
        '<a href="x" onclick="alert(1)">a</a>',
        "<svg onload=alert(1)>",
        "`<script>`",
        '[a](https://x "\\" onmouseover=\\"alert(1)")',
        "<https://x/?a=<script>>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    html = markdown(text)
    for tag in ("<script", "<img", "<svg", "<iframe"):
        assert tag not in html
    for part in html.split("<")[1:]:
        tag = part.partition(">")[0]
        assert "script:" not in tag.lower()
        assert " on" not in tag.replace('title="', "").lower() or "title" in part


def test_what_reports_need_is_drawn() -> None:
    html = markdown("# Title\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | *2* |\n")
    assert "<strong>Title</strong>" in html
    assert "<h1" not in html
    assert "☑ done" in html
    assert "☐ open" in html
    assert "<td><em>2</em></td>" in html


def test_links_lead_away_without_a_trace() -> None:
    html = markdown("[a](https://x.example)")
    assert 'rel="noopener noreferrer nofollow ugc"' in html


@pytest.mark.parametrize("text", ["[" * 30_000, "*a " * 30_000, "> " * 20_000, "x" * 300_000])
def test_long_and_nested_texts_are_drawn_in_time(text: str) -> None:
    assert _seconds(text) < 12 * _seconds(text[: len(text) // 4])  # not with the square of it


def _seconds(text: str) -> float:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        markdown(text)
        times.append(time.perf_counter() - begun)
    return min(times)
