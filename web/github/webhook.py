"""GitHub's messages: whether one is genuine, and the hint that it gives.

A message is never believed, as its order and its age are nobody's promise: it only says where to
look. Whoever sends an old one again makes us look once more and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from activities.adapters.forge.path import BRANCH

LARGEST = 2_000_000
"""Bytes of a message; one about a pull request has some 50,000."""


@dataclass(frozen=True)
class Hint:
    """`branch`: look at its pull request. `revoked`: this account took back its sign-in."""

    branch: str = ""
    revoked: int = 0


def is_genuine(secret: str, body: bytes, signature: str) -> bool:
    """Whether GitHub signed exactly these bytes; SHA-256 and nothing older."""
    expected = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    return hmac.compare_digest(expected.encode(), signature.encode())


def hint(event: str, body: bytes, repository: str) -> Hint:
    """Where a genuine message says to look; nowhere with most of them."""
    try:
        content = json.loads(body)
        if event == "pull_request":
            return _of_pull_request(content, repository)
        if event == "github_app_authorization" and content["action"] == "revoked":
            return Hint(revoked=_account(content["sender"]["id"]))
    except (ValueError, TypeError, LookupError, RecursionError):
        return Hint()
    return Hint()


def _of_pull_request(content: dict[str, Any], repository: str) -> Hint:
    """Only those of the target repository whose branch has the name of one of ours."""
    if str(content["repository"]["full_name"]).casefold() != repository.casefold():
        return Hint()
    branch = str(content["pull_request"]["head"]["ref"])
    return Hint(branch) if BRANCH.fullmatch(branch) else Hint()


def _account(id: object) -> int:
    """A number that an account can have; no other can be looked for."""
    if not isinstance(id, int) or not 0 < id < 2**63:
        raise ValueError("no account's id")
    return id
