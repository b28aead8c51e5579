"""The words and signs for what becomes of a pull request after its process."""

from __future__ import annotations

from web.wording import Sign, of_phase, of_process
from workflows.domain.actor import ENGINEER
from workflows.domain.mile import LastMile
from workflows.domain.sight import Station
from workflows.reading.document import Document
from workflows.reading.stranded import PHASE

WORDS = {
    Station.OPEN: "pull request open",
    Station.CLOSED: "pull request closed",
    Station.MERGED: "merged",
    Station.TO_SANDBOX: "on the sandbox list",
    Station.IN_SANDBOX: "in the sandbox",
    Station.TO_PRODUCTION: "on the production list",
    Station.LIVE: "live",
}
"""Where a pull request is, behind the word for its process."""

ORDER = list(Station)
UNMERGED = (Station.OPEN, Station.CLOSED)


def with_after(sign: Sign, after: str, still: bool) -> Sign:
    """The same with where the pull request is by now."""
    if after not in WORDS:
        return sign
    word = f"{sign.word} · {WORDS[Station(after)]}"
    if still:
        return Sign("failing", f"{word}, stands still")
    return Sign("failed", word) if after == Station.CLOSED else Sign(sign.mark, word)


def of_document(document: Document) -> Sign:
    """Where a process and its pull request stand."""
    if document.is_stranded:
        return of_phase(PHASE, (ENGINEER,))
    if document.process is None:
        return Sign("idle", "Not begun")
    if document.closed and not document.process.ended:
        return Sign("failed", f"Closed by Temporal: {document.closed.lower().replace('_', ' ')}")
    sign, after = of_process(document.process), document.after
    return with_after(sign, after.station, after.reminded) if after else sign


def of_stations(mile: LastMile) -> list[tuple[str, Sign]]:
    """The four stations of a pull request, and how far each is."""
    closed = mile.station is Station.CLOSED
    return [
        ("Pull request", Sign("failed", "Closed") if closed else Sign("ok", "Opened")),
        ("Merge", _merge(mile)),
        ("Sandbox", _push(mile, Station.MERGED, Station.TO_SANDBOX)),
        ("Production", _push(mile, Station.IN_SANDBOX, Station.TO_PRODUCTION)),
    ]


def _merge(mile: LastMile) -> Sign:
    if mile.station not in UNMERGED:
        return Sign("ok", "Merged")
    return Sign("waiting", "Waits for a merge") if mile.station is Station.OPEN else _not_yet(mile)


def _push(mile: LastMile, before: Station, listed: Station) -> Sign:
    """How far the push to one server is, as the push lists tell."""
    if mile.station is listed:
        return Sign("running", "On the push list")
    if mile.station is before:
        return Sign("waiting", "Waits for the push list")
    if ORDER.index(mile.station) < ORDER.index(listed):
        return _not_yet(mile)
    seen = any(line.station is listed for line in mile.milestones)
    return Sign("ok", "Pushed, as the lists tell") if seen else Sign("idle", "Not seen")


def _not_yet(mile: LastMile) -> Sign:
    return Sign("idle", "Not followed" if mile.ended else "Not yet")
