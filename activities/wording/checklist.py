"""The checklist of a pull request: a box is ticked only where the record holds the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from activities.adapters import store
from activities.package import Package
from workflows.domain.record import Record, TaskRecord
from workflows.domain.status import Status

LICENCE_FILES = {"ofl": "OFL.txt", "apache": "LICENSE.txt", "ufl": "UFL.txt"}
OFL_ADDRESS = b"https://openfontlicense.org"


@dataclass(frozen=True)
class Box:
    """One line of the checklist. `group` is the heading it stands under."""

    group: str
    text: str
    ticked: bool = False


def checklist(package: Package, before: Package, record: Record) -> list[Box]:
    """All boxes in order; those about what happens at google/fonts stay open."""
    return [*_request(), *_quality(package, before, record), *_metadata(package), *_release()]


def _request() -> list[Box]:
    return [
        Box("PR", "The label says whether this is a new font or an upgrade", True),
        Box("PR", "It is on the Traffic Jam board"),
        Box("PR", "It is linked to its issue"),
    ]


def _quality(package: Package, before: Package, record: Record) -> list[Box]:
    upgrade = bool(before.files)
    compared = upgrade and all(_is_judged(record, key) for key in ("diff_glyphs", "diff_browsers"))
    new = "" if upgrade else " (a new family: nothing to compare)"
    return [
        Box("QA", "The Font Bakery report is there and was judged", _has_report(record)),
        Box("QA", f"Glyphs and browser images were compared and judged{new}", compared),
        Box("QA", "The licence file is there", _licence(package) is not None),
        Box("QA", "OFL.txt names https://openfontlicense.org", _names_licence_page(package)),
        Box("QA", "A second person signed off", _is_signed_by_second(record)),
        Box("QA", "The article has no typos, and its images are in place"),
    ]


def _metadata(package: Package) -> list[Box]:
    named = bool(package.commit) and _metadata_commit(package) == package.commit
    return [
        Box("Specifics", "METADATA.pb parses and names the commit of these files", named),
        Box("Specifics", "`subsets` are those of the fonts, in alphabetical order"),
        Box("Specifics", "`primary_script` is set where the family is not mainly Latin"),
    ]


def _release() -> list[Box]:
    return [
        Box("Release", "The designers are in the catalogue, the principal designer first"),
        Box("Release", "Tags and social media images are prepared where they are needed"),
    ]


def _is_ok(task: TaskRecord | None) -> bool:
    return task is not None and task.status is Status.OK


def _is_judged(record: Record, key: str) -> bool:
    task = record.task(key)
    return task is not None and _is_ok(task) and bool(task.evidence)


def _has_report(record: Record) -> bool:
    task = record.task("font_bakery")
    kinds = [shown.kind for shown in task.evidence] if task else []
    return _is_ok(task) and "report" in kinds


def _is_signed_by_second(record: Record) -> bool:
    task = record.task("sign_off")
    if task is None or not _is_ok(task) or not task.by.roles:
        return False
    return not task.by.is_same_account(record.initiator)


def _licence(package: Package) -> bytes | None:
    name = LICENCE_FILES.get(package.directory.partition("/")[0], "")
    file = package.find(name)
    return store.get(file.digest) if file and file.size else None


def _names_licence_page(package: Package) -> bool:
    return package.directory.startswith("ofl/") and OFL_ADDRESS in (_licence(package) or b"")


def _metadata_commit(package: Package) -> str:
    """The commit that METADATA.pb names; empty where it does not parse."""
    from gfmetadata import FamilyProto, text_format  # noqa: PLC0415  slow to import

    file = package.find("METADATA.pb")
    if file is None:
        return ""
    try:
        text = store.get(file.digest).decode()
        return str(text_format.Parse(text, FamilyProto()).source.commit)
    except (UnicodeDecodeError, text_format.ParseError):
        return ""
