"""The page that verifies a process and lists what people have signed in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from fastapi import Request, Response
from temporalio.client import WorkflowHistory

from activities.adapters import public_key
from web.door.afterwards import told
from web.door.fault import translated
from web.page import page
from web.proof import following, record
from web.proof.afterwards import Tell
from web.proof.entries import entries
from web.proof.finding import Finding, Verdict
from web.proof.keys import Keys
from web.proof.line import Line, lines_of
from web.site import SiteNow
from web.wording import Sign
from workflows.domain.process import Process
from workflows.domain.signature import Signed
from workflows.reading.history import read


@dataclass(frozen=True)
class Act:
    """Something that a person did, as it was signed."""

    position: int  # of its entry, 0 for the start
    action: str
    by: str
    about: str
    at: datetime
    key: str


@dataclass(frozen=True)
class ProofPage:
    """What a check of a process has found, and all that people have signed in it."""

    process: str
    run: str
    genuine: bool
    findings: list[Finding]
    undecided: list[str]
    notes: list[str]
    checked: dict[str, int]
    acts: list[Act]

    @property
    def sign(self) -> Sign:
        """The same in one word."""
        if self.findings:
            return Sign("failed", "Not genuine")
        return Sign("waiting", "Undecided") if self.undecided else Sign("ok", "Genuine")


async def show(request: Request, site: SiteNow, key: str, run: str) -> Response:
    """Verify this process now, with the keys in our store."""
    history = await site.processes.history(key, run)
    keys = await asyncio.to_thread(public_key.published)
    verdict = await _checked(history, Keys(keys), partial(told, site.processes))
    with translated():
        process = (await read(history)).process
    made = ProofPage(
        history.workflow_id,
        run,
        verdict.genuine,
        verdict.findings,
        verdict.undecided,
        verdict.notes,
        verdict.checked,
        _acts(process) if process else [],
    )
    return page(request, "proof.html", made, back=f"/processes/{key}/{run}")


async def _checked(history: WorkflowHistory, keys: Keys, tell: Tell) -> Verdict:
    """What a check finds. There is no seal yet: that is made when a record is taken away."""
    with translated():
        lines: list[Line] = lines_of(b"\n".join(await record.content(history, {}, tell)))
    verdict = Verdict(notes=[keys.note])
    await following.check(lines, keys, verdict)
    return verdict


def _acts(process: Process) -> list[Act]:
    found = [_act(0, process.signed, "")] if process.signed else []
    seen: set[str] = set()
    for placed in entries(process):
        signed = placed.entry.signed
        if signed and signed.signature.value not in seen:  # a stop is in two entries
            seen.add(signed.signature.value)
            found.append(_act(placed.entry.position, signed, placed.entry.title))
    return found


def _act(position: int, signed: Signed, about: str) -> Act:
    by = str(signed.message.get("by", {}).get("login", ""))
    return Act(position, signed.action, by, about, signed.signature.at, signed.signature.key)
