from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest

from activities import preflight
from activities.adapters import font, metadata, store
from activities.authoring import Outcome, Status
from activities.exhibits import Finding
from activities.package import Package, PackagedFile
from tests import karla, repository
from tests.activities.adapters.test_font import changed

COMMIT = "c" * 40
TEXTS = {"OFL.txt": b"Copyright X\n\nSIL OPEN FONT LICENSE Version 1.1"}


def described(names: Iterable[str]) -> bytes:
    """METADATA.pb by the names of the fonts alone."""
    source = metadata.Source("https://github.com/a/b", COMMIT, "", [])
    fonts = [font.Font(name) for name in names]
    return metadata.compose("Karla", "ofl", fonts, source, "2026-11-24")


def packaged(
    files: Mapping[str, bytes | None], family: str = "Karla", directory: str = "ofl/karla"
) -> Package:
    stored = tuple(
        PackagedFile(path, store.put(content, path))
        for path, content in files.items()
        if content is not None
    )
    return Package(family, directory, "https://github.com/a/b", COMMIT, stored)


def files(
    version: str = "new", styles: Sequence[str] = repository.PAIR, **changes: bytes | None
) -> dict[str, bytes | None]:
    """The files of a sound package; `Bold=None` takes that font away."""
    fonts: dict[str, bytes | None] = {**repository.fonts(version, styles)}
    fonts |= {f"Karla-{style}.ttf": content for style, content in changes.items()}
    there = [name for name, content in fonts.items() if content is not None]
    return {**fonts, **TEXTS, "METADATA.pb": described(there)}


NOTHING = Package("Karla", "ofl/karla")


def rows(outcome: Outcome) -> list[Finding]:
    [found] = [evidence.data["rows"] for evidence in outcome.evidence]
    return [Finding(**row) for row in found]


async def test_a_sound_new_family_passes() -> None:
    outcome = await preflight.start(packaged(files()), NOTHING)
    assert (outcome.status, outcome.form) == (Status.OK, None), outcome.text
    assert "2 fonts are sound" in outcome.text


async def test_karlas_upgrade_loses_the_soft_hyphen_and_a_person_is_asked() -> None:
    before, after = packaged(files("old", karla.STYLES)), packaged(files("new", karla.STYLES))
    outcome = await preflight.start(after, before)
    assert outcome.form is not None, outcome.text
    assert outcome.form.in_spite_of_findings
    assert outcome.form.complaints({"verdict": "OK"}) == {"reason": "Reason is missing."}
    assert not any(field.value for field in outcome.form.fields)
    [found] = rows(outcome)
    assert found.id == "codepoints-removed"
    assert found.text == "Characters are gone: U+00AD SOFT HYPHEN."
    assert found.subject.count(".ttf") == 4
    assert outcome.data["findings"] == ["codepoints-removed"]


async def test_a_font_that_keeps_everything_asks_nobody() -> None:
    extra = changed(karla.new("Bold").read_bytes(), "head", modified=0)
    outcome = await preflight.start(packaged(files(Bold=extra)), packaged(files()))
    assert outcome.status is Status.OK


async def test_the_same_bytes_are_nothing_to_do() -> None:
    before = files()
    after = {**before, "METADATA.pb": b"another commit"}
    outcome = await preflight.start(packaged(after), packaged(before))
    assert outcome.status is Status.FAILED
    assert outcome.text.startswith("Nothing to do")
    assert outcome.data["nothing_to_do"] is True


@pytest.mark.parametrize("added", ["article/a.png", "OFL.txt"])
async def test_another_text_is_something_to_do(added: str) -> None:
    before = files()
    after = {**before, added: b"SIL OPEN FONT LICENSE"}
    outcome = await preflight.start(packaged(after), packaged(before))
    assert outcome.status is Status.OK
    assert "nothing_to_do" not in outcome.data


async def failed(found: Mapping[str, bytes | None], family: str = "Karla") -> str:
    outcome = await preflight.start(packaged(found, family), NOTHING)
    assert outcome.status is Status.FAILED
    assert {row.after for row in rows(outcome)} == {"FAIL"}
    return outcome.text


async def test_a_truncated_font_fails_by_name() -> None:
    cut = karla.new("Bold").read_bytes()[:20_000]
    said = await failed(files(Bold=cut))
    assert "`Karla-Bold.ttf`: The file is cut off" in said
    assert "Karla-Regular" not in said


async def test_a_broken_font_in_a_sub_directory_fails_too() -> None:
    assert "`static/Karla-Thin.ttf`" in await failed({**files(), "static/Karla-Thin.ttf": b""})


async def test_a_missing_licence_fails_by_name() -> None:
    assert "`OFL.txt`: The licence file is missing" in await failed({**files(), "OFL.txt": None})


async def test_a_licence_file_with_another_text_fails() -> None:
    assert "`OFL.txt`: This file does not hold" in await failed(
        {**files(), "OFL.txt": b"Apache License"}
    )


async def test_a_package_without_fonts_fails() -> None:
    assert "no TTF file" in await failed({**TEXTS})
    nested = {f"static/{name}": content for name, content in repository.fonts().items()}
    assert "no TTF file" in await failed({**TEXTS, **nested, "METADATA.pb": described([])})


async def test_a_file_name_has_to_agree_with_the_name_table() -> None:
    said = await failed(files(Bold=None, Heavy=karla.new("Bold").read_bytes()))
    assert "`Karla-Heavy.ttf`" in said
    assert "`Karla-Bold.ttf`" in said


async def test_the_family_has_to_agree_with_the_request() -> None:
    said = await failed(files(), family="Karla Neue")
    assert "`Karla-Bold.ttf`: Its name table calls the family “Karla”, not “Karla Neue”" in said
    assert "`METADATA.pb`: It calls the family “Karla”" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"name:", b"nam:", "METADATA.pb cannot be read"),
        (b'filename: "Karla-Bold.ttf"', b'filename: "Gone.ttf"', "names Gone.ttf"),
        (b'filename: "Karla-Bold.ttf"', b'filename: "Gone.ttf"', "does not name Karla-Bold.ttf"),
        (COMMIT.encode(), b"d" * 40, "does not name the commit"),
    ],
)
async def test_metadata_has_to_agree_with_the_files(old: bytes, new: bytes, said: str) -> None:
    found = files()
    content = found["METADATA.pb"]
    assert content
    assert said in await failed({**found, "METADATA.pb": content.replace(old, new)})


async def test_missing_metadata_fails() -> None:
    assert "`METADATA.pb`: The file is missing" in await failed({**files(), "METADATA.pb": None})
