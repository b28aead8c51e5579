"""Checks what a document shows: the chain of its entries, and each person's signature in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from web.proof.finding import Finding
from web.proof.keys import Keys
from workflows.domain.chain import entry_hash
from workflows.domain.process import Process
from workflows.domain.proof import exhibits_digests
from workflows.domain.signature import Signed
from workflows.domain.status import Entry


@dataclass(frozen=True)
class Placed:
    """An entry and where it stands: `task/<key>`, `step/<title>`, `log` or `process`."""

    place: str
    entry: Entry

    @property
    def name(self) -> str:
        """What people call it."""
        by = f"{self.entry.by.login}, {self.entry.at:%Y-%m-%d %H:%M:%S}"
        return f"entry {self.entry.position} ({self.place}, {by})"


def entries(process: Process) -> list[Placed]:
    """All entries of a process, in the order of its chain."""
    found: list[Placed] = []
    for step in [*process.steps, *process.on_failure]:
        for task in step.tasks:
            found += [Placed(f"task/{task.key}", entry) for entry in task.history]
        found += [Placed(f"step/{step.title}", step.verdict)] if step.verdict else []
    found += [Placed("log", line) for line in process.log]
    found += [Placed("process", process.ended)] if process.ended else []
    return sorted(found, key=lambda placed: placed.entry.position)


def check(process: Process, keys: Keys) -> Iterator[Finding]:
    """What is wrong with the chain and with the signatures of a process."""
    yield from _chain(process)
    if process.signed:
        yield from _signature("the start", process, process.signed, keys)
    for placed in entries(process):
        if signed := placed.entry.signed:
            yield from _signature(placed.name, process, signed, keys)
            yield from _person(placed, signed)
    yield from _predecessors(process)


def _chain(process: Process) -> Iterator[Finding]:
    """Each entry must have the hash that it and all before it make."""
    head = process.chain.origin
    for expected, placed in enumerate(entries(process), 1):
        if placed.entry.position != expected:
            yield Finding(placed.name, f"entry {expected} is missing, or there is one too many")
            return
        head = entry_hash(head, placed.place, placed.entry)
        if placed.entry.hash != head:
            yield Finding(placed.name, "its hash does not fit what it says and what came before it")
            head = placed.entry.hash  # name each break once
    if process.chain.head != head:
        yield Finding("the chain", "its last hash is not that of the last entry")


def _signature(name: str, process: Process, signed: Signed, keys: Keys) -> Iterator[Finding]:
    run = "" if signed.action == "start" else process.run
    if (signed.process, signed.run) != (process.id, run):
        yield Finding(name, "its signature was made for another process or run")
    by = signed.signature
    if why := keys.why_not(by.key, signed.to_sign, by.value):
        yield Finding(name, f"it is not what was signed: {why}")


def _person(placed: Placed, signed: Signed) -> Iterator[Finding]:
    """The entry must name whoever has signed."""
    by = signed.message.get("by", {})
    said = (by.get("login", ""), by.get("id", 0), tuple(by.get("roles", ())))
    entry = placed.entry
    if (entry.by.login, entry.by.id, entry.by.roles) != said:
        yield Finding(placed.name, f"it names {entry.by.login}, but {said[0]} signed it")
    sent = entry.predecessor.reply if entry.predecessor else signed.message.get("reply", {})
    reply = {name: text.strip() for name, text in sent.items()}
    if entry.reply and any(reply.get(name, "") != text for name, text in entry.reply.items()):
        yield Finding(f"{placed.name}, reply", "it is not the reply that was signed")


def _predecessors(process: Process) -> Iterator[Finding]:
    """What a person acted upon must be what stands before it."""
    latest: dict[str, str] = {}
    shown: dict[tuple[str, int], tuple[str, ...]] = {}
    signatures: set[str] = set()
    for placed in entries(process):
        entry = placed.entry
        signed = entry.signed
        of_task = placed.place.startswith("task/")
        about = placed.place if of_task and _is_of_task(signed) else "process"
        if signed and placed.place != "log" and signed.signature.value not in signatures:
            if signed.signature.previous != latest.get(about, ""):
                yield Finding(placed.name, "what was signed before it is missing or was changed")
            if signed.action == "answer":
                before = shown.get((about, entry.attempt), ())
                if tuple(signed.signature.evidence) != before:
                    yield Finding(f"{placed.name}, evidence", "other evidence was shown then")
        if entry.evidence:
            shown[placed.place, entry.attempt] = exhibits_digests(entry.evidence)
        if signed:
            signatures.add(signed.signature.value)
            latest[placed.place if of_task else "process"] = entry.hash


def _is_of_task(signed: Signed | None) -> bool:
    """Whether an act is about one task; confirming again is about several."""
    return signed is None or signed.action in ("answer", "rerun")
