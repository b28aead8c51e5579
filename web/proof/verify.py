"""Verifies a record: its seals, its signatures, its chain, and that what it shows follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from web.proof import following, seal
from web.proof.finding import Finding, Verdict
from web.proof.keys import Keys, keys_for
from web.proof.line import END, PROCESS, SEAL, Line, lines_of


class Unreadable(Exception):  # noqa: N818  reads as a sentence
    """This is no record at all."""


async def verify(content: bytes, trusted: Mapping[str, bytes] | None) -> Verdict:
    """What a check of a whole file finds. Raises Unreadable where it is none."""
    lines = lines_of(content)
    if not any(line.kind in (PROCESS, SEAL, END) for line in lines):
        raise Unreadable("No line of it is one of a record.")
    keys = keys_for(lines, trusted)
    verdict = Verdict(notes=[keys.note])
    if not content.endswith(b"\n"):
        verdict.findings.append(Finding(lines[-1].name, "the line has no end"))
    blocks = _blocks(lines)
    _check_end(lines, blocks, keys, verdict)
    for block in blocks:
        await _check_block(block, keys, verdict)
    return verdict


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each process, its seal last where that is there."""
    found: list[list[Line]] = [[]]
    for line in lines[:-1] if lines[-1].kind == END else lines:
        if line.kind == PROCESS and found[-1]:
            found.append([])
        found[-1].append(line)
        if line.kind == SEAL:
            found.append([])
    return [block for block in found if block]


def _check_end(
    lines: Sequence[Line], blocks: Sequence[Sequence[Line]], keys: Keys, verdict: Verdict
) -> None:
    last = lines[-1]
    if last.kind != END:
        text = "the record has no last line: it was cut off, or that line was changed"
        verdict.findings.append(Finding(last.name, text))
        return
    verdict.count("lines", len(lines))
    seals = [block[-1] for block in blocks if block[-1].kind == SEAL]
    verdict.findings += seal.check(last, seals, keys)


async def _check_block(block: Sequence[Line], keys: Keys, verdict: Verdict) -> None:
    *lines, last = block
    broken: list[Finding] = []
    if last.kind != SEAL:
        verdict.findings.append(Finding(last.name, "what ends here has no seal"))
        lines = [*block]
    else:
        broken = list(seal.check(last, lines, keys))
        verdict.findings += broken
    verdict.count("processes")
    await following.check(lines, keys, verdict, replays=not broken)
