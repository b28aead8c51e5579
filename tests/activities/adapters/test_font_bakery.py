"""Reading what checkers write: a result that cannot be read is no result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from activities.adapters import font_bakery, fontspector, settings
from activities.adapters.checker import Broken, Check, Remark


def entry(result: str, code: str, message: str, **more: str) -> dict[str, Any]:
    """One check as Font Bakery writes it."""
    said = {"status": result, "message": {"code": code, "message": message}}
    key = ["<Section: Any>", "<FontBakeryCheck:googlefonts/axes>", [["font", 0]]]
    return {"key": key, "result": result, "logs": [said], "filename": "A.ttf", **more}


def written(*entries: dict[str, Any], unfinished: int = 0) -> bytes:
    document = {"result": {"(not finished)": unfinished}, "sections": [{"checks": [*entries]}]}
    return json.dumps(document).encode()


def test_a_check_is_read_with_its_reasons() -> None:
    checks, unfinished = font_bakery.parse(written(entry("FAIL", "bad", "Too bad."), unfinished=3))
    assert checks == (
        Check("googlefonts/axes", "A.ttf", "FAIL", (Remark("bad", "FAIL", "Too bad."),)),
    )
    assert unfinished == 3


@pytest.mark.parametrize(
    ("conditions", "offline"),
    [
        ("network", True),
        ("network, production_metadata", True),
        ("network, family_metadata", False),
        ("is_cff", False),
    ],
)
def test_skipped_for_lack_of_network_is_told_from_not_applicable(
    conditions: str, offline: bool
) -> None:
    skip = entry("SKIP", "unfulfilled-conditions", f"Unfulfilled Conditions: {conditions}")
    ((check,), _) = font_bakery.parse(written(skip))
    assert check.offline is offline


def test_a_status_that_nobody_knows_is_an_error() -> None:
    ((check,), _) = font_bakery.parse(written(entry("SPLENDID", "x", "y")))
    assert check.status == "ERROR"
    assert check.remarks[0].status == "ERROR"


def test_a_crashed_check_tells_its_reason_and_no_stack_trace() -> None:
    ((check,), _) = font_bakery.parse(written(entry("ERROR", "x", "Failed.\n```\nFile x.py")))
    assert check.remarks[0].text == "Failed.\n"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"nonsense", written()[:-5]])
def test_what_cannot_be_read_is_no_result(content: bytes) -> None:
    with pytest.raises(Broken, match="cannot be read"):
        font_bakery.parse(content)
    with pytest.raises(Broken, match="cannot be read"):
        fontspector.parse(content)


async def test_a_missing_font_bakery_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONT_BAKERY_PYTHON", str(tmp_path / "nowhere"))
    settings.settings.cache_clear()
    with pytest.raises(Broken, match=r"not installed.*--require-hashes"):
        await font_bakery.check(tmp_path, [], lambda *_: None)


async def run_instead(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run something else in Font Bakery's place."""
    runner = folder / "runner.py"
    runner.write_text(program)
    monkeypatch.setattr(font_bakery, "RUNNER", runner)
    await font_bakery.check(folder, [], lambda *_: None)


async def test_a_crash_without_result_tells_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Broken, match=r"left no result.*exit code was 1.*RuntimeError: oh no"):
        await run_instead("raise RuntimeError('oh no')", tmp_path, monkeypatch)


async def test_a_run_that_would_use_the_network_is_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
import json
print(json.dumps({"total": 1, "version": "1", "python": "3", "skip_network": None}))
open("report.json", "w").write("{}")
"""
    with pytest.raises(Broken, match="without network"):
        await run_instead(program, tmp_path, monkeypatch)


async def test_a_run_beyond_its_limit_is_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_bakery, "LIMIT", 0.5)
    with pytest.raises(Broken, match=r"did not come to an end.*limit of 0\.5 seconds"):
        await run_instead("import time; time.sleep(60)", tmp_path, monkeypatch)


def test_fontspectors_json_is_read_alike() -> None:
    said = {"severity": "FAIL", "code": "bad", "message": "Too bad."}
    skip = {"severity": "SKIP", "code": "network-check", "message": None}
    checks = [
        {"check_id": "axes", "worst_status": "FAIL", "subresults": [said]},
        {"check_id": "links", "worst_status": "SKIP", "subresults": [skip]},
    ]
    content = json.dumps({"results": {"ofl/a/A.ttf": {"Any": checks}}, "summary": {}}).encode()
    assert fontspector.parse(content) == (
        Check("axes", "A.ttf", "FAIL", (Remark("bad", "FAIL", "Too bad."),)),
        Check("links", "A.ttf", "SKIP", (Remark("network-check", "SKIP", ""),), offline=True),
    )
