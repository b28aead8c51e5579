"""The command for keys: what it makes is published, kept for us, and never printed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from activities.adapters import public_key, signing_key
from activities.adapters.settings import settings
from web.keys import main


def test_rotation_publishes_the_next_key_and_keeps_the_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = signing_key.current()
    assert main(["rotate"]) == 0
    assert len(public_key.published()) == 2
    assert signing_key.current().id == first.id
    assert main([]) == 0
    told = capsys.readouterr().out
    assert f"{first.id}  SHA-256" in told
    assert "PRIVATE" not in told


def test_a_key_for_the_environment_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "site.pem"
    assert main(["make", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["make", str(file)]) == 2
    monkeypatch.setenv("SITE_SIGNING_KEY", str(file))
    settings.cache_clear()
    assert signing_key.current().id in public_key.published()
    assert main(["rotate"]) == 2
    assert "PRIVATE" not in capsys.readouterr().out


def test_a_key_that_does_not_count_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = signing_key.current()
    monkeypatch.setenv("SITE_KEYS", "0123456789abcdef")
    settings.cache_clear()
    assert main(["list"]) == 0
    assert f"{now.id} signs, but SITE_KEYS does not name it" in capsys.readouterr().out
