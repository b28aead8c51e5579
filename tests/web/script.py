"""What the tasks of the fake say: the process `family-pr` with every kind of exhibit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    file_diff,
    link,
    table,
)
from tests.web.quality import (
    STYLES,
    diff_browsers,
    diff_glyphs,
    font_bakery,
    font_bakery_answer,
    stored,
)
from workflows.domain.form import Field
from workflows.domain.outcome import Outcome
from workflows.domain.process import Process
from workflows.domain.request import FIELDS
from workflows.domain.task import Task


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
    asked = {field.name: task.answer.reply[field.name] for field in FIELDS}
    said = f"Accepted: **{asked['family']}** from {asked['repository']}."
    return ok(said, data={"request": asked})


def get_package(process: Process, task: Task) -> Outcome:
    """A list of files."""
    changes = [
        FileChange("METADATA.pb", "changed", stored("METADATA.pb"), stored("METADATA.pb", 40)),
        FileChange("OFL.txt", "same", stored("OFL.txt"), stored("OFL.txt")),
        *(
            FileChange(f"Karla-{s}.ttf", "changed", stored(f"{s}.ttf"), stored(f"{s}.ttf", 9_000))
            for s in STYLES
        ),
        FileChange("article/ARTICLE.en_us.html", "added", None, stored("ARTICLE.en_us.html")),
        FileChange("FONTLOG.txt", "removed", stored("FONTLOG.txt"), None),
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
