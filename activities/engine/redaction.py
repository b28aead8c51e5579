"""Redaction: no credential leaves a worker in a text that is kept."""

from __future__ import annotations

import re

CREDENTIALS = re.compile(
    r"gh[opsur]_[A-Za-z0-9._-]{20,}"  # GitHub's tokens, the long stateless ones too
    r"|github_pat_[A-Za-z0-9_]{22,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # user:password in a URL
    r"|(?i:(?<=bearer )|(?<=basic ))[A-Za-z0-9+/=._~-]{8,}"
)


def redacted(text: str) -> str:
    """The text with anything that looks like a credential blotted out."""
    return CREDENTIALS.sub("[redacted]", text)
