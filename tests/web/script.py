"""What the tasks of the fake say: the process `family-pr` with every kind of exhibit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from activities.adapters import store
from activities.authoring import (
    INITIATOR,
    VERDICT,
    VERDICT_ON_FINDINGS,
    ask,
    choice,
    failed,
    ok,
    reason,
    text,
)
from activities.exhibits import (
    FileChange,
    Finding,
    ImagePair,
    file_diff,
    findings,
    image_pairs,
    link,
    report,
    table,
)
from tests.web.picture import picture
from workflows.domain.form import Field
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.request import FIELDS
from workflows.domain.task import Task

STYLES = ("Regular", "Italic", "Bold", "BoldItalic")


def intake(process: Process, task: Task) -> Outcome:
    """The request as it came, for an engineer to accept or decline."""
    fields = [Field(**{**_plain(f), "value": process.proposal.get(f.name, "")}) for f in FIELDS]
    verdict = (choice("verdict", "Decision", "accept", "decline"), reason("verdict=decline"))
    asked = "Is this what should be published? Change what is wrong."
    return ask(asked, *fields, *verdict, submit="Decide")


def intake_answer(process: Process, task: Task) -> Outcome:
    """Accepted or declined."""
    assert task.answer
    if task.answer.reply["verdict"] == "decline":
        return failed(f"Declined: {task.answer.reply['reason']}")
    return ok(
        f"Accepted: **{task.answer.reply['family']}** from {task.answer.reply['repository']}."
    )


def get_package(process: Process, task: Task) -> Outcome:
    """A list of files."""
    changes = [
        FileChange("METADATA.pb", "changed", _file("METADATA.pb"), _file("METADATA.pb", 40)),
        FileChange("OFL.txt", "same", _file("OFL.txt"), _file("OFL.txt")),
        *(
            FileChange(f"Karla-{s}.ttf", "changed", _file(f"{s}.ttf"), _file(f"{s}.ttf", 9_000))
            for s in STYLES
        ),
        FileChange("article/ARTICLE.en_us.html", "added", None, _file("ARTICLE.en_us.html")),
        FileChange("FONTLOG.txt", "removed", _file("FONTLOG.txt"), None),
    ]
    said = "Fetched commit `4cbf2a0e9d1f` of tag `v2.004`, and the older state from google/fonts."
    return ok(said, file_diff("Files", changes), data={"commit": "4cbf2a0e9d1f"})


def preflight(process: Process, task: Task) -> Outcome:
    """A question that an OK answers with a waiver."""
    rows = [["U+00AD", "SOFT HYPHEN", "Regular, Italic, Bold, BoldItalic"]]
    return ask(
        "One **code point was removed**. Pages that use it fall back to another font.",
        *VERDICT_ON_FINDINGS,
        evidence=(table("Removed code points", ["Code point", "Name", "Styles"], rows),),
        in_spite_of_findings=True,
    )


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
    pages = store.put(
        b"<!doctype html><h1>Report</h1><p>All of it.</p><script>1</script>", "report.html"
    )
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
        evidence=(findings("Findings", rows, 112), report("Report", pages, _file("report.json"))),
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


def sign_off(process: Process, task: Task) -> Outcome:
    """The last question."""
    return ask("Does this go to google/fonts in your name?", *VERDICT, barred=(INITIATOR,))


def open_pull_request(process: Process, task: Task) -> Outcome:
    """The end."""
    return ok("Opened.", link("Pull request", "/forge/pulls/1", "#1 Karla: Version 2.004 added"))


def file_issue(process: Process, task: Task) -> Outcome:
    """Where to report a failure."""
    return ask(
        "The process failed. Where should that be reported?",
        choice("target", "Where", "upstream", "google/fonts", "dispatcher", "none"),
        text("body", "Text", "Karla 2.004 cannot be published because …"),
        reason("target=none"),
    )


def file_issue_answer(process: Process, task: Task) -> Outcome:
    """Filed."""
    return ok("Filed.", link("Issue", "/forge/issues/1", "#1 Karla cannot be published"))


def _file(name: str, more: int = 0) -> Any:
    return store.put((name * (50 + more)).encode(), name)


def _plain(question: Field) -> dict[str, Any]:
    return {name: getattr(question, name) for name in question.__dataclass_fields__}


SCRIPT: dict[str, Callable[[Process, Task], Outcome]] = {
    "intake.start": intake,
    "intake.answer": intake_answer,
    "get_package.start": get_package,
    "preflight.start": preflight,
    "font_bakery.start": font_bakery,
    "font_bakery.answer": font_bakery_answer,
    "diff_glyphs.start": diff_glyphs,
    "diff_browsers.start": diff_browsers,
    "sign_off.start": sign_off,
    "open_pull_request.start": open_pull_request,
    "file_issue.start": file_issue,
    "file_issue.answer": file_issue_answer,
}
