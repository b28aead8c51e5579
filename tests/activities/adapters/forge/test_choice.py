"""The setting TARGET decides which forge is used; an unknown one is said, not guessed."""

from __future__ import annotations

import pytest

from activities.adapters import settings
from activities.adapters.forge.choice import forge
from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import Refused


def test_the_embedded_forge_is_the_default() -> None:
    assert isinstance(forge(), EmbeddedForge)


def test_an_unknown_target_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARGET", "somewhere")
    settings.settings.cache_clear()
    with pytest.raises(Refused, match="can be embedded or github"):
        forge()
