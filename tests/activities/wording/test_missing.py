"""A process that nobody could sign off says so in its first question."""

from __future__ import annotations

import pytest

from activities.adapters.people.embedded import EmbeddedPeople, account
from activities.adapters.people.port import Unanswered
from activities.adapters.settings import settings
from activities.authoring import Actor
from activities.wording.missing import who_is_missing


@pytest.mark.parametrize(
    ("engineers", "initiator", "said"),
    [
        ("ada grace", "ada", ""),
        ("ada", "kim", ""),
        ("ada", "Ada", "none besides Ada"),
        ("", "kim", "there is no engineer"),
    ],
)
async def test_a_gate_without_anybody_is_told(
    engineers: str, initiator: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGINEERS", engineers)
    settings.cache_clear()
    found = await who_is_missing(account(initiator))
    assert said in found
    assert bool(found) == bool(said)


async def test_silence_is_told_as_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unanswered(self: EmbeddedPeople) -> tuple[Actor, ...]:
        raise Unanswered("no")

    monkeypatch.setattr(EmbeddedPeople, "engineers", unanswered)
    assert "not known" in await who_is_missing(account("kim"))
