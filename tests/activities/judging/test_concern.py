from __future__ import annotations

from dataclasses import replace

import pytest

from activities.adapters.font import Axis, Font
from activities.exhibits import Finding
from activities.judging.concern import concerns, partner, reserved_in_licence
from activities.judging.defect import file_name
from activities.package import Package, PackagedFile
from workflows.domain.evidence import File

METRICS = {"hhea ascender": 900, "hhea descender": -300}
REGULAR = Font(
    "Karla-Regular.ttf",
    names={1: "Karla", 2: "Regular"},
    metrics=METRICS,
    codepoints=frozenset({0x41, 0x42, 0xAD}),
)
ITALIC = replace(REGULAR, file="Karla-Italic.ttf", italic=True)
BOLD = replace(REGULAR, file="Karla-Bold.ttf", weight=700)
VARIABLE = replace(REGULAR, file="Karla[wght].ttf", axes=(Axis("wght", 200, 400, 800),))


def package(fonts: list[Font], directory: str = "ofl/karla") -> Package:
    files = [PackagedFile(font.file, File("0" * 64, font.file, 1)) for font in fonts]
    return Package("Karla", directory, files=tuple(files))


def found(
    old: list[Font], new: list[Font], licences: tuple[str, str] = ("", ""), moved: str = "ofl/karla"
) -> list[Finding]:
    return concerns(package(old), package(new, moved), old, new, *licences)


def ids(*of: Finding) -> list[str]:
    return [finding.id for finding in of]


def test_the_same_fonts_are_of_no_concern() -> None:
    assert found([REGULAR, ITALIC], [REGULAR, ITALIC]) == []
    assert found([], [REGULAR]) == []


def test_new_characters_and_fonts_are_of_no_concern() -> None:
    more = replace(REGULAR, codepoints=REGULAR.codepoints | {0x43})
    assert found([REGULAR], [more, BOLD]) == []


def test_lost_characters_are_told_once_for_all_fonts_that_lose_them() -> None:
    new = [replace(f, codepoints=frozenset({0x41, 0x42})) for f in (REGULAR, ITALIC)]
    new.append(replace(BOLD, codepoints=frozenset({0x41})))
    both, bold = found([REGULAR, ITALIC, BOLD], new)
    assert both.text == "Characters are gone: U+00AD SOFT HYPHEN."
    assert both.subject == "Karla-Italic.ttf, Karla-Regular.ttf"
    assert bold.text == "Characters are gone: U+0042 LATIN CAPITAL LETTER B, U+00AD SOFT HYPHEN."


def test_a_long_list_of_lost_characters_is_counted() -> None:
    many = replace(REGULAR, codepoints=frozenset(range(0x4E00, 0x4E64)))
    [one] = found([many], [REGULAR])
    assert one.text.count("U+") == 40
    assert one.text.endswith("and 60 more.")


def test_vertical_metrics_are_compared_by_the_em() -> None:
    doubled = replace(REGULAR, units=2000, metrics={n: v * 2 for n, v in METRICS.items()})
    rounded = replace(doubled, metrics={"hhea ascender": 1801, "hhea descender": -600})
    taller = replace(doubled, metrics={"hhea ascender": 1900, "hhea descender": -600})
    assert found([REGULAR], [doubled]) == []
    assert found([REGULAR], [rounded]) == []
    [one] = found([REGULAR], [taller])
    assert one.text == "Lines may move (thousandths of the em): hhea ascender 900 → 950."


def test_a_font_that_is_gone_is_named() -> None:
    [one] = found([REGULAR, BOLD], [REGULAR])
    assert (one.id, one.subject) == ("font-removed", "Karla-Bold.ttf")


def test_a_moved_licence_is_told() -> None:
    [one] = found([REGULAR], [REGULAR], moved="apache/karla")
    assert one.id == "licence-moved"
    assert "ofl/karla becomes apache/karla" in one.text
    assert found([], [REGULAR], moved="apache/karla") == []


def test_a_reserved_name_is_told_wherever_it_stands() -> None:
    reserving = replace(REGULAR, reserved="with Reserved Font Name Karla")
    licence = 'Copyright X with Reserved Font Name "Karla".\n\nSIL OPEN FONT LICENSE Version 1.1'
    assert ids(*found([REGULAR], [reserving])) == ["reserved-font-name"]
    in_both = found([REGULAR], [reserving], ("", licence))
    assert [one.subject for one in in_both] == ["licence", "Karla-Regular.ttf"]
    assert [one.bucket for one in found([REGULAR], [REGULAR], ("", licence))] == ["new"]
    assert [one.bucket for one in found([REGULAR], [REGULAR], (licence, licence))] == ["still"]
    assert found([reserving], [REGULAR], (licence, "")) == []


LICENCE = """Copyright 2019 The Karla Project Authors{}

This Font Software is licensed under the SIL Open Font License, Version 1.1.

-----------------------------------------------------------
SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007
-----------------------------------------------------------
"Reserved Font Name" refers to any names specified as such after the copyright statement(s).
"""


def test_what_the_licence_says_of_reserved_names_reserves_none() -> None:
    assert reserved_in_licence(LICENCE.format("")) == ""
    assert "Karla" in reserved_in_licence(LICENCE.format(", with Reserved Font  Name Karla."))
    assert reserved_in_licence("") == ""


def test_an_older_font_that_cannot_be_read_is_undecided_and_never_passed_over() -> None:
    [one] = found([Font("Karla-Regular.ttf", "cut off")], [REGULAR])
    assert (one.bucket, one.before) == ("undecided", "ERROR")


@pytest.mark.parametrize(
    ("font", "others", "expected"),
    [
        (REGULAR, [BOLD, REGULAR], REGULAR),
        (ITALIC, [REGULAR, BOLD], None),
        (BOLD, [VARIABLE], VARIABLE),
        (ITALIC, [VARIABLE, replace(VARIABLE, file="x", italic=True)], "x"),
        (BOLD, [REGULAR, replace(BOLD, file="Karla-Heavy.ttf")], "Karla-Heavy.ttf"),
    ],
)
def test_a_font_is_compared_with_what_takes_its_place(
    font: Font, others: list[Font], expected: Font | str | None
) -> None:
    found = partner(font, others)
    assert (found.file if found else None) == (
        expected.file if isinstance(expected, Font) else expected
    )


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (REGULAR, "Karla-Regular.ttf"),
        (replace(REGULAR, names={1: "Karla", 2: "Bold Italic"}), "Karla-BoldItalic.ttf"),
        (
            replace(REGULAR, names={1: "IBM X Light", 2: "Regular", 16: "IBM X", 17: "Light"}),
            "IBMX-Light.ttf",
        ),
        (VARIABLE, "Karla[wght].ttf"),
        (replace(VARIABLE, italic=True), "Karla-Italic[wght].ttf"),
        (
            replace(VARIABLE, axes=tuple(Axis(t, 0, 0, 1) for t in ("wght", "opsz", "GRAD"))),
            "Karla[GRAD,opsz,wght].ttf",
        ),
    ],
)
def test_a_file_is_called_by_family_style_and_axes(font: Font, expected: str) -> None:
    assert file_name(font) == expected
