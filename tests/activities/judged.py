"""Karla, judged: the package, its older state, and the record that leads to a pull request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from activities.adapters import store
from activities.adapters.forge.choice import forge
from activities.adapters.forge.embedded import EmbeddedForge
from activities.authoring import Place
from activities.exhibits import report, table
from activities.package import Package, PackagedFile
from tests.activities.adapters.forge.target import commit_to_main
from workflows.domain.actor import DISPATCHER, ENGINEER, Actor
from workflows.domain.record import Record, StepRecord, TaskRecord
from workflows.domain.request import UPGRADE, Request
from workflows.domain.status import Status

ADA = Actor("ada", 7, (ENGINEER,))
GRACE = Actor("grace", 8, (ENGINEER,))
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
COMMIT = "5ca1ab1e" * 5
UPSTREAM = "https://github.com/googlefonts/karla"
REQUEST = Request("Karla", UPGRADE, UPSTREAM, "v2.004", "fonts/ttf/")
PROPOSAL = {"family": "Karla", "kind": UPGRADE, "repository": UPSTREAM, "ref": "v2.004"}
PLACE = Place(
    "family-pr/karla",
    "0192-3f0a9c1b2d4e",
    "karla",
    "open_pull_request",
    1,
    "https://site.example/processes/karla/0192-3f0a9c1b2d4e",
)
BRANCH = "family-pr/karla/3f0a9c1b2d4e"
OFL = b"SIL Open Font License, https://openfontlicense.org\n"
METADATA = f'name: "Karla"\nsource {{ repository_url: "{UPSTREAM}" commit: "{COMMIT}" }}\n'
OLD = {"Karla-Regular.ttf": b"\0\1\0\0old", "OFL.txt": OFL, "FONTLOG.txt": b"Old.\n"}
NEW = {
    "Karla-Regular.ttf": b"\0\1\0\0new",
    "OFL.txt": OFL,
    "METADATA.pb": METADATA.encode(),
    "article/ARTICLE.en_us.html": b"<p>Karla</p>\n",
}


def package(files: Mapping[str, bytes], directory: str = "ofl/karla") -> Package:
    """A package of these files, in the store."""
    packaged = tuple(
        PackagedFile(path, store.put(content, path.rpartition("/")[2]))
        for path, content in files.items()
    )
    return Package("Karla", directory, UPSTREAM, COMMIT, packaged)


def task(key: str, title: str, **others: Any) -> TaskRecord:
    """A task that a person or the dispatcher found OK."""
    values = {"status": Status.OK, "text": "", "by": DISPATCHER, "at": NOON, "attempt": 1}
    return TaskRecord(key, title, **{**values, **others})


def record() -> Record:
    """A process that has come to its pull request; one finding was accepted."""
    html = store.put(b"<p>Report</p>", "report.html")
    shown = table("Styles", ("Style",), [("Regular",)])
    waiver = "The soft hyphen (U+00AD) is not needed."
    quality = (
        task(
            "font_bakery",
            "Font Bakery",
            by=ADA,
            waiver=waiver,
            evidence=(report("Report", html),),
            data={"tool": "fontbakery 1.1.0"},
        ),
        task("diff_glyphs", "Glyphs", evidence=(shown,), data={"tool": "diffenator3 1.1.4"}),
        task("diff_browsers", "Browsers", evidence=(shown,)),
    )
    checked = task("preflight", "Check the package", data={"version": "Version 2.004"})
    steps = (
        StepRecord("Check the package", Status.OK, (checked,), "dispatcher"),
        StepRecord("Quality assurance", Status.OK, quality, "dispatcher"),
        StepRecord("Sign off", Status.OK, (task("sign_off", "Sign off", by=ADA),), "dispatcher"),
    )
    return Record(PLACE.process, PLACE.run, "karla", "Font family", 1, GRACE, steps)


def with_task(before: Record, step: str, *tasks: TaskRecord) -> Record:
    """The record with one more step, which was closed as failed."""
    closed = StepRecord(step, Status.FAILED, tasks, "ada", "It cannot go on like this.")
    return replace(before, steps=(*before.steps, closed))


def embedded() -> EmbeddedForge:
    """The forge that the tasks use, with the older Karla and somebody else's Inter."""
    used = forge()
    assert isinstance(used, EmbeddedForge)
    used.repository.make()
    families = {"ofl/karla": list(OLD.items()), "ofl/inter": [("Inter.ttf", b"\0\1\0\0")]}
    commit_to_main(used.repository.path, families)
    return used
