"""Search attributes: what Temporal's lists know of a process, without any worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    SearchAttributeUpdate,
    TypedSearchAttributes,
)

from workflows.domain.message import Start
from workflows.domain.process import Process

KIND = SearchAttributeKey.for_keyword("ProcessKind")
VERSION = SearchAttributeKey.for_keyword("ProcessVersion")
STATUS = SearchAttributeKey.for_keyword("ProcessStatus")
STEP = SearchAttributeKey.for_keyword("ProcessStep")
PHASE = SearchAttributeKey.for_keyword("ProcessPhase")
FAMILY = SearchAttributeKey.for_keyword("Family")
FAMILY_KEY = SearchAttributeKey.for_keyword("FamilyKey")
INITIATOR = SearchAttributeKey.for_keyword("Initiator")
WAITS_FOR = SearchAttributeKey.for_keyword_list("WaitsFor")
SUPERSEDES = SearchAttributeKey.for_keyword("Supersedes")
CHANGED_AT = SearchAttributeKey.for_datetime("ChangedAt")

ALL: tuple[SearchAttributeKey[Any], ...] = (
    KIND,
    VERSION,
    STATUS,
    STEP,
    PHASE,
    FAMILY,
    FAMILY_KEY,
    INITIATOR,
    WAITS_FOR,
    CHANGED_AT,
    SUPERSEDES,
)
"""All of them, for whoever prepares a server: they must be registered before the first start."""


def attributes(process: Process) -> dict[str, Any]:
    """What lists should say of a process now."""
    step = process.current
    return {
        "version": str(process.version),
        "status": process.status.value,
        "step": step.title if step else "",
        "phase": process.phase,
        "waits_for": process.waits_for,
    }


def updates(process: Process, at: datetime) -> list[SearchAttributeUpdate[Any]]:
    """The commands that make lists say it."""
    now = attributes(process)
    return [
        VERSION.value_set(now["version"]),
        STATUS.value_set(now["status"]),
        STEP.value_set(now["step"]),
        PHASE.value_set(now["phase"]),
        WAITS_FOR.value_set(now["waits_for"]),
        CHANGED_AT.value_set(at),
    ]


def first(start: Start, family: str) -> TypedSearchAttributes:
    """What lists should say of a process from its very start."""
    known: list[SearchAttributePair[Any]] = [
        SearchAttributePair(KIND, start.kind),
        SearchAttributePair(FAMILY, family),
        SearchAttributePair(FAMILY_KEY, start.key),
        SearchAttributePair(INITIATOR, start.by.login),
        SearchAttributePair(PHASE, "running"),
    ]
    if start.version:
        known.append(SearchAttributePair(VERSION, str(start.version)))
    if start.supersedes:
        known.append(SearchAttributePair(SUPERSEDES, start.supersedes.run))
    return TypedSearchAttributes(known)
