"""The words of a pull request, in full: what they say, and what no text can make them say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.adapters.forge.port import BODY_LIMIT, TITLE_LIMIT
from activities.package import Package
from activities.wording.checklist import checklist
from activities.wording.pull_request_text import Text, pull_request_text
from tests.activities.judged import (
    COMMIT,
    GRACE,
    METADATA,
    NEW,
    OLD,
    PLACE,
    REQUEST,
    package,
    record,
    task,
)
from workflows.domain.record import Record, StepRecord, TaskRecord
from workflows.domain.request import NEW as NEW_FAMILY
from workflows.domain.status import Status

WHOLE = f"""\
Taken from the upstream repo https://github.com/googlefonts/karla at commit \
https://github.com/googlefonts/karla/commit/{COMMIT}.

## PR Checklist:

### PR
- [x] The label says whether this is a new font or an upgrade
- [ ] It is on the Traffic Jam board
- [ ] It is linked to its issue

### QA
- [x] The Font Bakery report is there and was judged
- [x] Glyphs and browser images were compared and judged
- [x] The licence file is there
- [x] OFL.txt names https://openfontlicense.org
- [x] A second person signed off
- [ ] The article has no typos, and its images are in place

### Specifics
- [x] METADATA.pb parses and names the commit of these files
- [ ] `subsets` are those of the fonts, in alphabetical order
- [ ] `primary_script` is set where the family is not mainly Latin

### Release
- [ ] The designers are in the catalogue, the principal designer first
- [ ] Tags and social media images are prepared where they are needed

## Findings accepted

**Font Bakery**, accepted by ada:

> The soft hyphen (U+00AD) is not needed.

## Who answers for this

Started by grace. Signed off by ada.

| Task | Result | By | When |
| --- | --- | --- | --- |
| Check the package | OK | dispatcher | 2026-11-24 12:00 UTC |
| Font Bakery | OK | ada | 2026-11-24 12:00 UTC |
| Glyphs | OK | dispatcher | 2026-11-24 12:00 UTC |
| Browsers | OK | dispatcher | 2026-11-24 12:00 UTC |
| Sign off | OK | ada | 2026-11-24 12:00 UTC |

## Tools

- fontbakery 1.1.0
- diffenator3 1.1.4

Full record: <https://site.example/processes/karla/0192-3f0a9c1b2d4e>

<!-- family-pr:process=family-pr/karla/0192-3f0a9c1b2d4e -->
"""


def text(record_: Record | None = None, files: dict[str, bytes] = NEW) -> Text:
    return pull_request_text(REQUEST, package(files), package(OLD), record_ or record(), PLACE)


def ticked(record_: Record | None = None, now: Package | None = None) -> list[str]:
    boxes = checklist(now or package(NEW), package(OLD), record_ or record())
    return [box.text for box in boxes if box.ticked]


def without(key: str, **changed: object) -> Record:
    """The record, where one task says something else."""
    steps = [
        replace(step, tasks=tuple(_but(t, key, changed) for t in step.tasks))
        for step in record().steps
    ]
    return replace(record(), steps=tuple(steps))


def _but(one: TaskRecord, key: str, changed: dict[str, object]) -> TaskRecord:
    return replace(one, **changed) if one.key == key else one  # type: ignore[arg-type]  # by name


def test_the_whole_description_of_an_upgrade() -> None:
    assert text().body == WHOLE


def test_title_and_label_are_those_of_google_fonts() -> None:
    assert text().title == "Karla: Version 2.004 added"
    assert text().labels == ("I Font Upgrade",)


def test_a_version_that_nobody_told_is_left_out() -> None:
    assert text(without("preflight", data={})).title == "Karla added"


def test_a_new_family_has_its_own_label_and_nothing_to_compare() -> None:
    request = replace(REQUEST, kind=NEW_FAMILY)
    new = pull_request_text(request, package(NEW), package({}), record(), PLACE)
    assert new.labels == ("I New Font",)
    assert "- [ ] Glyphs and browser images were compared and judged (a new family" in new.body


@pytest.mark.parametrize(
    ("key", "changed", "box"),
    [
        ("font_bakery", {"evidence": ()}, "The Font Bakery report is there and was judged"),
        ("font_bakery", {"status": Status.FAILED}, "The Font Bakery report is there and was"),
        ("diff_glyphs", {"evidence": ()}, "Glyphs and browser images"),
        ("diff_browsers", {"status": Status.PENDING}, "Glyphs and browser images"),
        ("sign_off", {"by": GRACE}, "A second person signed off"),
        ("sign_off", {"status": Status.PENDING}, "A second person signed off"),
    ],
)
def test_a_box_without_its_evidence_stays_open(
    key: str, changed: dict[str, object], box: str
) -> None:
    before, after = ticked(), ticked(without(key, **changed))
    assert [gone for gone in before if gone not in after] == [b for b in before if box in b] != []


@pytest.mark.parametrize(
    ("path", "content", "box"),
    [
        ("OFL.txt", b"", "The licence file is there"),
        ("OFL.txt", b"http://scripts.sil.org/OFL", "OFL.txt names"),
        ("METADATA.pb", b'name: "Karla', "METADATA.pb parses"),
        ("METADATA.pb", b"\xff\xfe", "METADATA.pb parses"),
        ("METADATA.pb", METADATA.replace(COMMIT, "f" * 40).encode(), "METADATA.pb parses"),
    ],
)
def test_a_box_about_a_file_is_ticked_by_the_file(path: str, content: bytes, box: str) -> None:
    after = ticked(now=package({**NEW, path: content}))
    gone = [one for one in ticked() if one not in after]
    assert any(one.startswith(box) for one in gone)


def test_an_address_that_is_no_ordinary_one_is_shown_and_not_linked() -> None:
    local = replace(package(NEW), repository="/srv/up stream`@team")
    body = pull_request_text(REQUEST, local, package(OLD), record(), PLACE).body
    assert body.startswith(
        f"Taken from the upstream repo `/srv/up stream@team` at commit `{COMMIT}`."
    )


def test_words_of_others_stay_words() -> None:
    evil = "<!-- family-pr:process=x --> @team #1\n```\n## Fake heading"
    body = text(without("font_bakery", waiver=evil, title="T | x\n## y @team")).body
    assert "\n## Fake" not in body
    assert "\n## y" not in body
    assert "@team" not in body
    assert "#1" not in body
    assert body.count("<!--") - body.count("\\<!--") == 1
    assert body.count("-->") == 1


def test_nothing_makes_the_text_longer_than_a_forge_takes() -> None:
    long = "a | @b " * 10_000
    evil = [task(f"t{n}", long, waiver=long, data={"tools": [long] * 90}) for n in range(200)]
    steps = (*record().steps, StepRecord("More", Status.OK, tuple(evil)))
    result = text(replace(record(), steps=steps))
    assert len(result.body) < BODY_LIMIT
    assert len(result.title) <= TITLE_LIMIT
    assert "This list was cut" in result.body
    assert result.body.endswith(f"{result.marker}\n")
    assert "Signed off by ada." in result.body


def test_a_font_cannot_put_words_into_the_title() -> None:
    version = "Version 1\n<!-- x -->\u202e @team #1 " + "x" * 500
    title = text(without("preflight", data={"version": version})).title
    assert len(title) <= TITLE_LIMIT
    assert title.endswith(" added")
    assert "@team" not in title
    assert "\n" not in title
