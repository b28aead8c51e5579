"""Exhibits: the kinds of evidence a task can show, one function each; the site has a partial each.

The functions fix the shape of `Evidence.data`. Shapes only grow: the site of a later version
still draws what an earlier one recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from workflows.domain.evidence import Evidence, File


@dataclass(frozen=True)
class Finding:
    """One thing that a tool found. `bucket` is new, fixed, still, undecided, skipped or passed."""

    id: str
    bucket: str
    before: str  # the tool's own word for the older version: PASS, WARN, FAIL, ERROR, SKIP or ""
    after: str
    text: str  # Markdown, short; the full text is in the report
    subject: str = ""  # a font file, a glyph


@dataclass(frozen=True)
class ImagePair:
    """Two pictures of the same thing, and what differs."""

    title: str
    before: File | None
    after: File | None
    overlay: File | None
    changed: float  # changed ink, 0 to 1
    reflow: bool = False


@dataclass(frozen=True)
class FileChange:
    """A file of the package against the target. `state`: added, changed, removed or same."""

    path: str
    state: str
    before: File | None = None
    after: File | None = None


def findings(title: str, rows: Sequence[Finding], left_out: int = 0) -> Evidence:
    """What a tool found, most important first; `left_out` rows are only in the report."""
    return Evidence("findings", title, {"rows": [asdict(r) for r in rows], "left_out": left_out})


def image_pairs(title: str, pairs: Sequence[ImagePair]) -> Evidence:
    """Pictures before and after."""
    return Evidence("image_pairs", title, {"pairs": [asdict(pair) for pair in pairs]})


def file_diff(title: str, changes: Sequence[FileChange]) -> Evidence:
    """The files of a package against what the target has."""
    return Evidence("file_diff", title, {"changes": [asdict(change) for change in changes]})


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Evidence:
    """Plain rows of text under column titles."""
    return Evidence("table", title, {"columns": list(columns), "rows": [list(r) for r in rows]})


def report(title: str, file: File, *more: File) -> Evidence:
    """A tool's own report: the first file is shown in place, the others are offered."""
    return Evidence("report", title, {"file": asdict(file), "more": [asdict(f) for f in more]})


def link(title: str, url: str, text: str) -> Evidence:
    """A place to go to, such as the pull request."""
    return Evidence("link", title, {"url": url, "text": text})
