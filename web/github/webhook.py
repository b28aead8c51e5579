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

from activities.adapters.forge.path import BRANCH, PRODUCTION, SANDBOX

MAIN = "main"
KINDS = ("added", "modified", "removed")
MOST_COMMITS = 2048
"""A message about a push lists no more commits than that."""

LARGEST = 2_000_000
"""Bytes of a message; one about a pull request has some 50,000."""


@dataclass(frozen=True)
class Hint:
    """`branch`: look at its pull request. `revoked`: this account took back its sign-in.

    `pushed`: the push lists may have changed.
    """

    branch: str = ""
    revoked: int = 0
    pushed: bool = False


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
        if event == "push":
            return _of_push(content, repository)
        if event == "github_app_authorization" and content["action"] == "revoked":
            return Hint(revoked=_account(content["sender"]["id"]))
    except (ValueError, TypeError, LookupError, RecursionError):
        return Hint()
    return Hint()


def _of_pull_request(content: dict[str, Any], repository: str) -> Hint:
    """Only those of the target repository whose branch has the name of one of ours."""
    if not _is_of(content, repository):
        return Hint()
    branch = str(content["pull_request"]["head"]["ref"])
    return Hint(branch) if BRANCH.fullmatch(branch) else Hint()


def _of_push(content: dict[str, Any], repository: str) -> Hint:
    """Only to the main branch, and only where a push list may be among what has changed."""
    if content["ref"] != f"refs/heads/{MAIN}" or not _is_of(content, repository):
        return Hint()
    commits = content["commits"]
    files = {path for one in commits for kind in KINDS for path in one[kind]}
    untold = not commits or len(commits) >= MOST_COMMITS
    return Hint(pushed=untold or bool(files & {SANDBOX, PRODUCTION}))


def _is_of(content: dict[str, Any], repository: str) -> bool:
    return str(content["repository"]["full_name"]).casefold() == repository.casefold()


def _account(id: object) -> int:
    """A number that an account can have; no other can be looked for."""
    if not isinstance(id, int) or not 0 < id < 2**63:
        raise ValueError("no account's id")
    return id
