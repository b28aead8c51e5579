"""Replacing a process: who may ask for it, when it has to wait, and when it never happens."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.actor import DISPATCHER, SWEEP
from workflows.domain.lineage import Superseded, Wanted
from workflows.domain.message import Restart, Start, Supersede
from workflows.domain.process import Process
from workflows.domain.refused import Refused
from workflows.domain.signature import Signed


def check(process: Process) -> None:
    """Refuse to restart a process that must not be, or not now."""
    if process.ended:
        raise Refused("This process has ended meanwhile; please look again.")
    if process.published:
        raise Refused("The pull request of this process exists; it is never restarted.")
    if task := process.busy:
        raise Refused(f"“{task.title}” runs and must not be interrupted; try again when it ended.")
    if process.wanted:
        raise Refused("This process is being replaced already.")


def want(process: Process, message: Restart | Supersede, at: datetime, proof: Signed | None) -> str:
    """Note that the process is to be replaced, if it can be."""
    if isinstance(message, Restart):
        return _restart(process, message, at, proof)
    return _supersede(process, message, at)


def _restart(process: Process, message: Restart, at: datetime, proof: Signed | None) -> str:
    """A person wants a process of the newest version."""
    wanted = Wanted(message.id, 0, message.by, at, message.reason.strip())
    _want(process, wanted, at, proof)
    return "The process is restarted as soon as the newest version is there."


def _supersede(process: Process, message: Supersede, at: datetime) -> str:
    """The sweep's wish; one that is met already, or can never be, changes nothing."""
    if process.ended or message.version <= process.version:
        return "There is nothing to replace."
    if process.published:
        process.note(
            f"Version {message.version} does not replace this process: "
            "its pull request exists, so it is finished as it was begun.",
            SWEEP,
            at,
        )
        return "The pull request exists; the process is not replaced."
    if process.wanted and not 0 < process.wanted.version < message.version:
        return "The process is being replaced already."
    reason = f"Version {message.version} is in use now."
    _want(process, Wanted(message.id, message.version, SWEEP, at, reason), at)
    return f"The process is replaced by version {message.version}."


def _want(process: Process, wanted: Wanted, at: datetime, proof: Signed | None = None) -> None:
    process.wanted = wanted
    version = f"version {wanted.version}" if wanted.version else "the newest version"
    task = process.busy
    wait = f" “{task.title}” runs and is not interrupted; it is waited for." if task else ""
    process.note(
        f"To be replaced by {version}, because: {wanted.reason}{wait}", wanted.by, at, proof
    )


def withdraw(process: Process, why: str, at: datetime) -> None:
    """Give a replacement up, visibly."""
    process.wanted = None
    process.note(f"This process is not replaced: {why}", DISPATCHER, at)


def is_due(process: Process) -> bool:
    """Whether the process may be closed for its successor now."""
    return not (process.wanted is None or process.ended or process.busy or process.published)


def conclude(process: Process, following: Start, wanted: Wanted, at: datetime) -> None:
    """Close the process for its successor, and say what of it still holds."""
    keys = {one.task for one in following.inherited}
    tasks = [task for step in (*process.steps, *process.on_failure) for task in step.tasks]
    holds = tuple(task.title for task in tasks if task.key in keys)
    why = f"Superseded by version {following.version}: {wanted.reason}"
    process.close(wanted.by, at, why, why)
    process.superseded = Superseded(following.version, wanted.by, at, wanted.reason, holds)


def greet(process: Process, at: datetime) -> None:
    """Write down in a new process which one it continues."""
    if (before := process.supersedes) is None:
        return
    process.note(
        f"Continues version {before.version} of this process, run {before.run}, "
        f"because: {before.reason}",
        before.by,
        at,
    )
    for title in before.dropped:
        process.note(f"“{title}” will be run again: its result is too large.", DISPATCHER, at)
