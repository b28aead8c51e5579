"""A memory of answers, so that GitHub may say “as before”, which costs none of our requests.

Kept in this process only, per credential; an answer is used only after GitHub has confirmed it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import httpx

MOST = 500
LONGEST = 300_000
"""Bytes of one answer; longer ones, such as fonts, are not kept."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """An answer and the tag under which GitHub knows it."""

    tag: str
    content: bytes = field(repr=False)


_answers: OrderedDict[Key, Kept] = OrderedDict()
_lock = Lock()


def recall(key: Key) -> Kept | None:
    """What was answered last time."""
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
        return _answers.get(key)


def keep(key: Key, response: httpx.Response) -> None:
    """Remember an answer that has a tag; the ones that were used longest ago go."""
    tag = response.headers.get("etag", "")
    if not tag or response.status_code != 200 or len(response.content) > LONGEST:
        return
    with _lock:
        _answers[key] = Kept(tag, response.content)
        _answers.move_to_end(key)
        while len(_answers) > MOST:
            _answers.popitem(last=False)


def forget() -> None:
    """Forget all, between tests."""
    with _lock:
        _answers.clear()
