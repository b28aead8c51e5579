"""Proof: what a person's message rests on, as the process itself knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workflows.domain import action
from workflows.domain.actor import SWEEP
from workflows.domain.canonical import digest
from workflows.domain.evidence import Evidence
from workflows.domain.message import AnyMessage, Finalize, Reconfirm, Start, signed
from workflows.domain.process import Process
from workflows.domain.refused import CONFLICT, Refused
from workflows.domain.signature import Claim, Signature
from workflows.domain.status import Entry
from workflows.domain.task import Task

OVERTAKEN = "Somebody else acted on this meanwhile; please look again."
UNSIGNED = "This was not signed by the site, so nobody can vouch for who sent it. Use the site."
FORGED = "The signature on this is not right: it was not made by the site for this content."


def basis(process: Process | None, message: AnyMessage) -> tuple[str, tuple[str, ...]]:
    """The hash of the human entry that a message follows, and digests of what was shown.

    Of its task, where it is about one; else of what was said about steps and the whole process.
    One digest per exhibit: SHA-256 of its canonical JSON, in which files stand by their digests.
    """
    if process is None:
        return "", ()
    if task := _task(process, getattr(message, "task", "")):
        return _last_human(task.history), _shown(task)
    shown: tuple[str, ...] = ()
    if isinstance(message, Finalize) and (step := process.current):
        shown = tuple(digest for task in step.tasks for digest in _shown(task))
    if isinstance(message, Reconfirm):
        shown = tuple(one for named in message.tasks for one in _confirmed(process, named.task))
    verdicts = [step.verdict for step in process.path if step.verdict]
    return _last_human([*verdicts, *process.log]), shown


def check(process: Process, message: AnyMessage) -> None:
    """Refuse a message that cannot be counted now, or that rests on what was overtaken."""
    action.check(process, message)
    why = mismatch(message.signature, basis(process, message))
    if why and message.id not in process.receipts:  # sent again, it gives the first receipt
        raise Refused(why, CONFLICT)


def mismatch(signature: Signature | None, expected: tuple[str, tuple[str, ...]]) -> str:
    """Whether a signature is about what was there: the same predecessor, the same exhibits."""
    if signature is None:
        return UNSIGNED
    return "" if (signature.previous, tuple(signature.evidence)) == expected else OVERTAKEN


def claim(id: str, run: str, message: AnyMessage, process: Process | None) -> Claim:
    """What an activity is to check of a message that came as a signal."""
    found = signed(id, run, message)
    return Claim(found.digest if found else "", message.signature, basis(process, message))


def claim_of_start(id: str, start: Start, begun: datetime) -> Claim:
    """What an activity is to check of a start; one that was begun anew is as old as it is."""
    found = signed(id, "", start)
    anew = start.supersedes is not None and start.supersedes.by == SWEEP
    return Claim(found.digest if found else "", start.signature, None, None if anew else begun)


def _task(process: Process, key: str) -> Task | None:
    found = (step.task(key) for step in process.path) if key else ()
    return next((task for task in found if task), None)


def _confirmed(process: Process, key: str) -> tuple[str, ...]:
    """What is confirmed again: the exhibits as they are now, and the earlier answer."""
    task = _task(process, key)
    return (*_shown(task), digest(task.predecessor)) if task else ()


def _shown(task: Task) -> tuple[str, ...]:
    """Digests of the exhibits of the attempt's latest entry that has any."""
    entries = (entry for entry in reversed(task.history) if entry.attempt == task.attempt)
    latest = next((entry for entry in entries if entry.evidence), None)
    return exhibits_digests(latest.evidence) if latest else ()


def exhibits_digests(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """One digest for each exhibit: SHA-256 of its canonical JSON."""
    return tuple(digest(exhibit) for exhibit in evidence)


def _last_human(entries: Iterable[Entry]) -> str:
    signed_ones = [entry for entry in entries if entry.signed]
    latest = max(signed_ones, key=lambda entry: entry.position, default=None)
    return latest.hash if latest else ""
