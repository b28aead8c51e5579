"""The line about what became of a pull request: sealed, and no more than the site was told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from web.proof.finding import Finding, Verdict
from web.proof.line import AFTER, Line
from workflows.domain.mile import LastMile
from workflows.reading.document import Document

MILE: TypeAdapter[LastMile | None] = TypeAdapter(LastMile | None)

SILENT = "What became of the pull request is not told here."
TOLD = (
    "What became of the pull request is as the site was told when this was written; it follows "
    "from no event of this process, and nobody has signed it."
)


@dataclass(frozen=True)
class Told:
    """The way of a pull request; without one, `problem` says why it is not known."""

    mile: LastMile | None
    problem: str = ""


Tell = Callable[[Document], Awaitable[Told]]


def check(lines: Sequence[Line], replayed: Document, verdict: Verdict) -> None:
    """Whether the line is about this process; where there is none, say so."""
    found = [line for line in lines if line.kind == AFTER]
    if len(found) > 1:
        verdict.findings.append(Finding(found[1].name, "a second line about the pull request"))
    for line in found[:1]:
        _check(line, replayed, verdict)
    if replayed.has_pull_request and not found:
        verdict.notes.append(SILENT)


def _check(line: Line, replayed: Document, verdict: Verdict) -> None:
    try:
        mile = MILE.validate_python(line.content.get("after"))
    except ValidationError as error:
        text = f"it is no way of a pull request: {error.error_count()} faults"
        verdict.findings.append(Finding(f"{line.name}, after", text))
        return
    if not replayed.has_pull_request:
        verdict.findings.append(Finding(line.name, "this process has no pull request"))
    elif mile is None:
        verdict.notes.append(f"{SILENT} {line.content.get('problem', '')}".strip())
    else:
        verdict.count("lines about the pull request", len(mile.milestones))
        verdict.findings += [
            Finding(f"{line.name}, {one}", FOREIGN) for one in _foreign(mile, replayed)
        ]
        verdict.notes.append(TOLD)


FOREIGN = "it is about another process"


def _foreign(mile: LastMile, replayed: Document) -> list[str]:
    """The members that name another process or another pull request."""
    names = replayed.process.names if replayed.process else {}
    wanted = (replayed.key, replayed.run, names.get("pull_request"))
    found = (mile.key, mile.run, mile.url)
    members = ("after.key", "after.run", "after.url")
    return [name for name, one, other in zip(members, wanted, found, strict=True) if one != other]
