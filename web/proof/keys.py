"""The keys that whoever checks a record goes by: their own, or for want of them the record's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from activities.adapters import public_key
from activities.adapters.settings import settings
from web.proof.line import KEY, Line


@dataclass(frozen=True)
class Keys:
    """`trusted` come from elsewhere than the record; None where there are none at hand.

    `own` are those in the record: with them one sees that it is whole, not by whom it is.
    """

    trusted: Mapping[str, bytes] | None
    own: Mapping[str, bytes] = field(default_factory=dict)

    def why_not(self, name: str, signed: bytes, signature: str) -> str:
        """Why a signature does not count; empty when it does."""
        public = (self.own if self.trusted is None else self.trusted).get(name)
        if public is None:
            whose = "in this record" if self.trusted is None else "that you trust"
            return f"there is no key {name[:16]!r} {whose}"
        if not public_key.verifies(public, signed, signature):
            return f"the signature by key {name} is not right"
        return ""

    @property
    def note(self) -> str:
        """What this check rests on."""
        if self.trusted is not None:
            return f"Checked with these trusted keys: {', '.join(sorted(self.trusted)) or 'none'}."
        fingerprints = ", ".join(
            f"{name} (SHA-256 {hashlib.sha256(public).hexdigest()})"
            for name, public in sorted(self.own.items())
        )
        return (
            "No trusted keys were at hand: it was checked with the record's own. "
            f"Compare them with what the site's operator tells you: {fingerprints or 'none'}."
        )


def keys_for(lines: Iterable[Line], trusted: Mapping[str, bytes] | None) -> Keys:
    """The keys to check these lines with."""
    own = (line.content for line in lines if line.kind == KEY)
    read = {str(key.get("id", "")): _bytes(str(key.get("public", ""))) for key in own}
    fitting = {name: k for name, k in read.items() if k and public_key.key_id(k) == name}
    return Keys(trusted, fitting)


def at_hand() -> Mapping[str, bytes] | None:
    """The keys in our store; None where there is no store with keys."""
    if settings().store_url or (settings().state / "store" / public_key.FOLDER).is_dir():
        return public_key.published() or None
    return None


def in_folder(folder: Path) -> Mapping[str, bytes]:
    """The keys in a folder, one file for each, named by its id; OSError where one is none."""
    files = (path for path in folder.iterdir() if public_key.ID.fullmatch(path.name))
    found: dict[str, bytes] = {}
    for path in files:
        public = _bytes(path.read_text().strip())
        if public is None or public_key.key_id(public) != path.name:
            raise OSError(f"{path} is not the key of that name")
        found[path.name] = public
    if not found:
        raise OSError(f"{folder} holds no key")
    return found


def _bytes(text: str) -> bytes | None:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == 32 else None
