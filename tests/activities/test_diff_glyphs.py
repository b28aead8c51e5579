"""Glyph differences: what diffenator3 finds reaches a person, and only no difference is OK."""

from __future__ import annotations

import json
from pathlib import Path

from activities import diff_glyphs
from activities.adapters import store
from activities.authoring import Evidence, Outcome, Progress, Status, current_progress
from activities.package import Package
from tests.typeface import NEW, OLD, moved, packaged, small, truncated


def _exhibit(outcome: Outcome, kind: str) -> Evidence:
    return next(evidence for evidence in outcome.evidence if evidence.kind == kind)


async def test_what_changed_between_two_real_versions_is_judged_by_a_person() -> None:
    shown = Progress()
    current_progress.set(shown)
    outcome = await diff_glyphs.start(packaged(Regular=NEW), packaged(Regular=OLD))
    assert outcome.status is Status.PENDING
    assert outcome.form
    assert outcome.form.in_spite_of_findings
    assert "U+00AD SOFT HYPHEN" in outcome.text
    row = _exhibit(outcome, "table").data["rows"][0]
    assert row[:6] == ["Karla-Regular.ttf", "36", "16", "1", "4", "2649"]
    first = _exhibit(outcome, "findings").data["rows"][0]
    assert (first["id"], first["after"]) == ("U+00AD", "removed")
    assert outcome.data["tool"] == "diffenator3 1.1.4"
    assert (shown.total, shown.text) == (1, "Karla-Regular.ttf")


async def test_the_full_report_is_in_the_store() -> None:
    outcome = await diff_glyphs.start(packaged(Regular=NEW), packaged(Regular=OLD))
    file = _exhibit(outcome, "report").data["file"]
    assert json.loads(store.get(file["digest"]))["cmap_diff"]["missing"][0]["string"] == "\xad"


async def test_the_same_file_twice_is_ok() -> None:
    outcome = await diff_glyphs.start(packaged(Regular=NEW), packaged(Regular=NEW))
    assert outcome.status is Status.OK
    assert outcome.text == "Nothing visible changed in 1 style."


async def test_a_glyph_moved_by_a_few_units_is_noticed(tmp_path: Path) -> None:
    after, before = packaged(Regular=moved(tmp_path, 8)), packaged(Regular=small(tmp_path))
    outcome = await diff_glyphs.start(after, before)
    assert outcome.status is Status.PENDING
    assert any(
        "LATIN SMALL LETTER A" in r["text"] for r in _exhibit(outcome, "findings").data["rows"]
    )


async def test_a_shift_too_small_for_diffenator3_is_told_by_the_tables(tmp_path: Path) -> None:
    after, before = packaged(Regular=moved(tmp_path, 2)), packaged(Regular=small(tmp_path))
    outcome = await diff_glyphs.start(after, before)
    assert outcome.status is Status.PENDING
    assert _exhibit(outcome, "table").data["rows"][0][1:7] == ["0", "0", "0", "0", "0", "head hmtx"]


async def test_a_broken_font_fails_and_is_named_while_the_others_are_shown(tmp_path: Path) -> None:
    after = packaged(Regular=NEW, Bold=truncated(tmp_path))
    outcome = await diff_glyphs.start(after, packaged(Regular=NEW, Bold=NEW))
    assert outcome.status is Status.FAILED
    assert "Karla-Bold.ttf" in outcome.text
    assert "Karla-Regular.ttf" not in outcome.text
    assert len(_exhibit(outcome, "table").data["rows"]) == 1


async def test_a_style_in_one_version_only_is_named_and_asked_about(tmp_path: Path) -> None:
    font = small(tmp_path)
    after = packaged(Regular=font, Medium=font)
    outcome = await diff_glyphs.start(after, packaged(Regular=font, Black=font))
    assert outcome.status is Status.PENDING
    assert "Only in the older version: Karla-Black.ttf." in outcome.text
    assert "Only in the newer version: Karla-Medium.ttf." in outcome.text


async def test_a_new_family_has_nothing_to_compare() -> None:
    outcome = await diff_glyphs.start(packaged(Regular=NEW), Package("Karla", "ofl/karla"))
    assert outcome.status is Status.OK
    assert outcome.text == "Nothing to compare: a new family."
