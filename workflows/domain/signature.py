"""A signature: what the site vouches for when somebody acts, and the bytes that it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.domain.canonical import digest, plain

FORMAT = 1
"""Raised when the content is put together in another way; old signatures keep theirs."""


@dataclass(frozen=True)
class Signature:
    """Ed25519 by the key with id `key` over process, run, message, and what is said here.

    `at` is the site's clock. `previous` is the hash of the human entry that this one follows,
    `evidence` has one digest for each exhibit that was shown, `value` is hexadecimal.
    """

    key: str
    at: datetime
    previous: str = ""
    evidence: tuple[str, ...] = ()
    value: str = ""
    format: int = FORMAT


@dataclass(frozen=True)
class Signed:
    """A message as it was signed, kept in the entry that it led to.

    `message` is the canonical form without the signature; so an entry proves itself, wherever it
    is copied to. `run` is empty for the start, which has none yet when it is signed.
    """

    process: str  # workflow id
    run: str
    action: str  # start, answer, rerun, …
    signature: Signature
    message: dict[str, Any] = field(default_factory=dict)

    @property
    def to_sign(self) -> bytes:
        """What the signature is made over."""
        return signed_bytes(self.digest)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical content."""
        by = self.signature
        return digest(
            {
                "format": by.format,
                "process": self.process,
                "run": self.run,
                "action": self.action,
                "message": self.message,
                "key": by.key,
                "at": by.at,
                "previous": by.previous,
                "evidence": by.evidence,
            }
        )


def signed_bytes(content: str) -> bytes:
    """The bytes under a signature, for the hexadecimal digest of a content."""
    return f"Family PR signature {FORMAT}\n{content}\n".encode("ascii")


def unsigned(message: Any) -> dict[str, Any]:
    """A message in canonical form, without its signature."""
    content: dict[str, Any] = plain(message)
    content.pop("signature", None)
    return content


@dataclass(frozen=True)
class Claim:
    """A signature to be checked by an activity, without the words that were signed.

    `expected` is what the dispatcher itself knows: the previous human entry's hash and the
    digests of the exhibits; None where there is nothing to compare. `begun` is when a process was
    begun: a start must have been signed just then, or somebody sends an old one again.
    """

    digest: str
    signature: Signature | None
    expected: tuple[str, tuple[str, ...]] | None = None
    begun: datetime | None = None
