"""A checker: a program that checks a family's files, and what every such program has to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workflows.domain.evidence import File

STATUSES = ("DEBUG", "PASS", "SKIP", "INFO", "WARN", "FAIL", "FATAL", "ERROR")
"""From harmless to grave. ERROR: the check itself crashed, so nothing is known."""


class Broken(Exception):  # noqa: N818  reads as a sentence: the checker is broken
    """The checker is missing, crashed or was too slow: there is no result to judge by."""


@dataclass(frozen=True)
class Remark:
    """One thing that a check says. `code` tells apart what one check can find."""

    code: str
    status: str
    text: str  # Markdown


@dataclass(frozen=True)
class Check:
    """One check of one subject: a file's name, or empty for the whole family.

    `offline` says that it was skipped only for lack of network.
    """

    id: str
    subject: str
    status: str
    remarks: tuple[Remark, ...] = ()
    offline: bool = False


@dataclass(frozen=True)
class Report:
    """What a checker found in one state of a family; `unfinished` counts checks without result."""

    tool: str
    version: str
    python: str
    checks: tuple[Check, ...]
    unfinished: int
    json: File
    html: File | None = None


Tell = Callable[[int, int, str], None]
"""Hears how far a checker is: checks done, checks in all, the last one's name."""


class Checker(Protocol):
    """A module that can check a family."""

    async def check(self, folder: Path, files: Sequence[Path], tell: Tell) -> Report:
        """Check `files`, which lie below `folder`; the checker may write there. Raises Broken."""


def worse(one: str, other: str) -> str:
    """The graver of two statuses; one that nobody knows is the gravest."""
    return max(one, other, key=lambda status: STATUSES.index(known(status)))


def known(status: str) -> str:
    """A status we have a word for: what we do not know counts as ERROR."""
    return status if status in STATUSES else "ERROR"
