"""Browser pictures: a change is seen, no change is proved, and nothing else passes for either."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from activities import diff_browsers
from activities.adapters import settings, store
from activities.authoring import Outcome, Progress, Status, current_progress
from activities.package import Package
from tests.typeface import NEW, OLD, moved, packaged, small, truncated, wider


def _pairs(outcome: Outcome) -> dict[str, dict[str, Any]]:
    pairs = outcome.evidence[0].data["pairs"]
    return {pair["title"].partition(": ")[2]: pair for pair in pairs}


async def test_two_real_versions_are_shown_side_by_side_and_judged_by_a_person() -> None:
    shown = Progress()
    current_progress.set(shown)
    outcome = await diff_browsers.start(packaged(Regular=NEW), packaged(Regular=OLD))
    assert outcome.status is Status.PENDING
    assert outcome.form
    assert outcome.form.in_spite_of_findings
    pairs = _pairs(outcome)
    assert list(pairs) == ["text", "sizes", "characters"]
    assert 0 < pairs["characters"]["changed"] < 0.1
    for file in (pairs["text"][side] for side in ("before", "after", "overlay")):
        picture = Image.open(BytesIO(store.get(file["digest"])))
        assert picture.width == 1200
        assert file["size"] < 300_000
    assert outcome.data["tool"].startswith("Chromium ")
    assert outcome.data["sandbox"].startswith(("on", "off: "))
    assert (shown.done, shown.total) == (2, 3)
    assert len(json.dumps(asdict(outcome))) < 10_000


async def test_the_same_file_twice_gives_the_same_bytes_and_is_ok() -> None:
    outcome = await diff_browsers.start(packaged(Regular=NEW), packaged(Regular=NEW))
    assert outcome.status is Status.OK
    for pair in _pairs(outcome).values():
        assert pair["before"]["digest"] == pair["after"]["digest"]
        assert (pair["changed"], pair["reflow"], pair["overlay"]) == (0, False, None)


async def test_a_glyph_moved_by_two_units_of_2000_is_seen(tmp_path: Path) -> None:
    after, before = packaged(Regular=moved(tmp_path, 2)), packaged(Regular=small(tmp_path))
    outcome = await diff_browsers.start(after, before)
    assert outcome.status is Status.PENDING
    assert all(pair["changed"] > 0 for pair in _pairs(outcome).values())
    assert not any(pair["reflow"] for pair in _pairs(outcome).values())


async def test_lines_that_break_elsewhere_are_a_reflow(tmp_path: Path) -> None:
    after, before = packaged(Regular=wider(tmp_path)), packaged(Regular=small(tmp_path))
    outcome = await diff_browsers.start(after, before)
    assert outcome.status is Status.PENDING
    assert _pairs(outcome)["text"]["reflow"]
    assert not _pairs(outcome)["characters"]["reflow"]
    assert "Lines break elsewhere or have another height in: Karla-Regular." in outcome.text


@pytest.mark.parametrize("newer_is_broken", [True, False])
async def test_a_broken_font_fails_and_is_named(tmp_path: Path, newer_is_broken: bool) -> None:
    good, bad = packaged(Regular=NEW), packaged(Regular=truncated(tmp_path))
    pair = (bad, good) if newer_is_broken else (good, bad)
    outcome = await diff_browsers.start(*pair)
    assert outcome.status is Status.FAILED
    side = "newer" if newer_is_broken else "older"
    assert f"Karla-Regular.ttf ({side} version)" in outcome.text


async def test_a_new_family_is_always_looked_at(tmp_path: Path) -> None:
    after = packaged(Regular=small(tmp_path))
    outcome = await diff_browsers.start(after, Package("Karla", "ofl/karla"))
    assert outcome.status is Status.PENDING
    assert outcome.form
    assert not outcome.form.in_spite_of_findings
    assert all(pair["before"] is None and pair["after"] for pair in _pairs(outcome).values())


async def test_a_style_that_is_gone_is_asked_about(tmp_path: Path) -> None:
    font = small(tmp_path)
    before = packaged(Regular=font, Black=font)
    outcome = await diff_browsers.start(packaged(Regular=font), before)
    assert outcome.status is Status.PENDING
    assert "Only in the older version: Karla-Black.ttf." in outcome.text


async def test_without_a_browser_the_task_fails_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHROMIUM", "/usr/bin/false")
    settings.settings.cache_clear()
    outcome = await diff_browsers.start(packaged(Regular=NEW), packaged(Regular=OLD))
    assert outcome.status is Status.FAILED
    assert outcome.text.startswith("The browser took no pictures")


async def test_a_package_without_fonts_fails() -> None:
    empty = Package("Karla", "ofl/karla")
    assert (await diff_browsers.start(empty, empty)).status is Status.FAILED
