"""The start by which a person begins a closed process anew, and what its signature covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from workflows.domain.actor import SWEEP, Actor
from workflows.domain.lineage import Lineage
from workflows.domain.message import Start, signed
from workflows.domain.signature import Signature

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
GRACE = Actor("grace", 2)
LINEAGE = Lineage("family-pr/karla", "first", 1, Actor("ada", 1), NOON, "The tag was moved.")
START = Start(
    "family-pr", 0, "karla", GRACE, {"family": "Karla"}, LINEAGE, signature=Signature("k", NOON)
)


def digest(start: Start) -> str:
    found = signed("family-pr/karla", "", start)
    assert found
    return found.digest


def test_the_signature_covers_who_restarts_which_process_and_why() -> None:
    changes = ({"by": GRACE}, {"run": "other"}, {"reason": "No reason."}, {"by": SWEEP})
    others = {digest(replace(START, supersedes=replace(LINEAGE, **one))) for one in changes}
    assert len(others) == len(changes)
    assert digest(START) not in others


def test_a_restarted_process_that_the_sweep_begins_anew_is_still_vouched_for() -> None:
    before = Lineage(
        "family-pr/karla", "second", 1, SWEEP, NOON, "Begun anew.", signed_with=LINEAGE
    )
    assert digest(replace(START, supersedes=before)) == digest(START)
    assert digest(replace(START, supersedes=replace(before, signed_with=None))) != digest(START)
