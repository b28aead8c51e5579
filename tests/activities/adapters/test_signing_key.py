"""The site's keys: made once, published before they sign, rotated without a gap."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from activities.adapters import public_key, signing_key
from activities.adapters.settings import settings
from activities.adapters.signing_key import NoKey, SigningKey, pem


def test_the_first_key_is_made_once_kept_for_us_alone_and_published(own_state: Path) -> None:
    first = signing_key.current()
    assert signing_key.current().id == first.id
    assert public_key.published() == {first.id: first.public}
    [kept] = (own_state / "secrets" / "signing").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_new_key_signs_only_when_it_can_be_known_everywhere() -> None:
    first = signing_key.current()
    second = signing_key.make()
    assert signing_key.current().id == first.id
    later = time.time() + signing_key.SETTLED + 1
    assert signing_key.current(lambda: later).id == second.id
    assert set(public_key.published()) == {first.id, second.id}


def test_a_given_key_is_used_as_text_and_as_a_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = signing_key.make()
    path = tmp_path / "key.pem"
    path.write_text(pem(made))
    for given in (pem(made), pem(made).replace("\n", "\\n"), str(path)):
        monkeypatch.setenv("SITE_SIGNING_KEY", given)
        settings.cache_clear()
        assert signing_key.current().id == made.id


def test_what_is_no_key_is_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_SIGNING_KEY", "-----BEGIN secret words-----")
    settings.cache_clear()
    with pytest.raises(NoKey) as caught:
        signing_key.current()
    assert "secret words" not in str(caught.value)


def test_no_key_shows_itself() -> None:
    made = signing_key.current()
    assert "private" not in repr(made)
    assert isinstance(made, SigningKey)


def test_only_named_keys_count_where_some_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = signing_key.current(), signing_key.make()
    monkeypatch.setenv("SITE_KEYS", second.id)
    settings.cache_clear()
    assert set(public_key.published()) == {second.id}
    assert public_key.public_key(first.id) is None


def test_a_published_key_is_never_replaced(own_state: Path) -> None:
    first = signing_key.current()
    public_key.publish(first.public)
    stored = own_state / "store" / "keys" / first.id
    stored.write_text("00" * 32)  # by hand: then it is none
    assert public_key.public_key(first.id) is None


def test_a_signature_is_about_every_bit() -> None:
    key = signing_key.current()
    value = key.sign(b"what was said")
    assert public_key.verifies(key.public, b"what was said", value)
    assert not public_key.verifies(key.public, b"what was sais", value)
    assert not public_key.verifies(key.public, b"what was said", "00" + value[2:])
    assert not public_key.verifies(key.public, b"what was said", "no hexadecimal")
