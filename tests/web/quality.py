"""What the tasks of quality assurance say in the fake."""

from __future__ import annotations

from activities.adapters import store
from activities.authoring import (
    VERDICT_ON_FINDINGS,
    ask,
    choice,
    failed,
    ok,
    text,
)
from activities.exhibits import (
    Finding,
    ImagePair,
    findings,
    image_pairs,
    report,
    table,
)
from tests.web.picture import picture
from workflows.domain.evidence import File
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.task import Task

STYLES = ("Regular", "Italic", "Bold", "BoldItalic")


def font_bakery(process: Process, task: Task) -> Outcome:
    """Findings in all buckets, and a report."""
    rows = [
        Finding(
            "opentype/name/trademark",
            "new",
            "PASS",
            "FAIL",
            "The trademark is *gone*.",
            "Karla-Regular.ttf",
        ),
        Finding(
            "googlefonts/vertical_metrics",
            "new",
            "",
            "WARN",
            "Line gap is not 0 in `hhea`.",
            "Karla-Bold.ttf",
        ),
        Finding("googlefonts/license", "fixed", "FAIL", "PASS", "The licence entry is right now."),
        *(
            Finding(
                f"outline_{n}",
                "still",
                "WARN",
                "WARN",
                f"{n} contours nearly touch.",
                f"Karla-{STYLES[n % 4]}.ttf",
            )
            for n in range(1, 28)
        ),
        Finding(
            "googlefonts/metadata/broken_links", "skipped", "SKIP", "SKIP", "Needs the network."
        ),
        Finding("varfont/bold_wght", "undecided", "PASS", "ERROR", "The check itself broke."),
    ]
    script = "document.querySelector('h1').textContent = 'Changed by a script'"
    html = f"<!doctype html><h1>Report</h1><p>All of it.</p><script>{script}</script>"
    pages = store.put(html.encode(), "report.html")
    said = "Font Bakery 1.1.0 found **2 new** problems in 4 fonts; 1 is fixed, 27 are as before."
    note = text("note", "Notes for the pull request", required=False)
    return ask(
        said,
        choice(
            "find-1",
            "opentype/name/trademark",
            "is right",
            "false alarm",
            required=False,
            group="Findings, one by one",
        ),
        choice(
            "find-2",
            "googlefonts/vertical_metrics",
            "is right",
            "false alarm",
            required=False,
            group="Findings, one by one",
        ),
        *VERDICT_ON_FINDINGS,
        note,
        evidence=(findings("Findings", rows, 112), report("Report", pages, stored("report.json"))),
        in_spite_of_findings=True,
    )


def font_bakery_answer(process: Process, task: Task) -> Outcome:
    """The verdict, with the waiver."""
    assert task.answer
    reply = task.answer.reply
    if reply["verdict"] == "FAILED":
        return failed(reply["reason"])
    return ok("Let pass in spite of findings.", waiver=reply["reason"])


def diff_glyphs(process: Process, task: Task) -> Outcome:
    """Nothing to ask."""
    rows = [[style, "0", "3", "1"] for style in STYLES]
    return ok(
        "diffenator3: no glyph was lost.",
        table("Glyphs", ["Style", "Removed", "Changed", "Added"], rows),
    )


def diff_browsers(process: Process, task: Task) -> Outcome:
    """Pictures."""
    pairs = [
        ImagePair(
            f"{style}: {view}",
            picture(style, 0),
            picture(style, 1),
            picture(style, 2),
            changed,
            reflow,
        )
        for style, changed, reflow in (("Regular", 0.031, False), ("Bold", 0.118, True))
        for view in ("text", "waterfall")
    ]
    return ask(
        "Chromium shows **visible changes** in 2 of 4 styles.",
        *VERDICT_ON_FINDINGS,
        evidence=(image_pairs("Before and after", pairs),),
        in_spite_of_findings=True,
    )


def stored(name: str, more: int = 0) -> File:
    """A file with some content."""
    return store.put((name * (50 + more)).encode(), name)
