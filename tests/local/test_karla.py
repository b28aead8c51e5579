"""The demo's fonts are what the demo says they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from local import karla


@pytest.mark.parametrize("style", karla.STYLES)
@pytest.mark.parametrize(
    ("path", "version", "soft_hyphen"),
    [(karla.old, "Version 2.002", True), (karla.new, "Version 2.004;gftools[0.9.33]", False)],
)
def test_both_versions_are_named_after_their_style(
    style: str, path: Callable[[str], Path], version: str, soft_hyphen: bool
) -> None:
    with TTFont(path(style)) as font:
        assert font["name"].getDebugName(6) == f"Karla-{style}"
        assert font["name"].getDebugName(5) == version
        assert (0xAD in font.getBestCmap()) is soft_hyphen


def test_missing_fonts_come_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(karla, "MODULES", tmp_path)
    with pytest.raises(karla.NotInstalled, match="make install"):
        karla.old()
