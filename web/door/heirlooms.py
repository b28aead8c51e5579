"""Heirlooms: results that a new process may take over, as far as their files are still there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from activities.adapters import store
from workflows.domain.message import Start


def whole(start: Start) -> tuple[Start, tuple[str, ...]]:
    """The start without results of which the store has lost files, and the tasks they are of.

    Such a task is simply run again. Taken over, its result would fail those that rest on it, and
    in a step that is closed by then.
    """
    holds: dict[str, bool] = {}
    lost = []
    for one in start.inherited:
        for digest in _digests(asdict(one.outcome)):
            if digest not in holds:
                holds[digest] = store.holds(digest)
            if not holds[digest]:
                lost.append(one.task)
                break
    kept = tuple(one for one in start.inherited if one.task not in lost)
    return replace(start, inherited=kept), tuple(lost)


def _digests(data: Any) -> Iterator[str]:
    """Of every file that is named, wherever it stands."""
    if isinstance(data, dict):
        if isinstance(digest := data.get("digest"), str) and "name" in data:
            yield digest
        for value in data.values():
            yield from _digests(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _digests(value)
