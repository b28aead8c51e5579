from __future__ import annotations

from dataclasses import replace

import pytest

from activities.adapters import metadata
from activities.adapters.font import Font
from activities.adapters.metadata import Source

REGULAR = Font(
    "Karla-Regular.ttf",
    names={
        0: "Copyright 2019 The Karla Project Authors",
        1: "Karla",
        4: "Karla Regular",
        6: "Karla-Regular",
        9: "Jonathan Pinhorn",
    },
    codepoints=frozenset(range(0x20, 0x7F)),
    subsets=("latin", "latin-ext"),
)
ITALIC = replace(REGULAR, file="Karla-Italic.ttf", italic=True)
BOLD = replace(REGULAR, file="Karla-Bold.ttf", weight=700)
SOURCE = Source(
    "https://github.com/googlefonts/karla",
    "c" * 40,
    "main",
    [("fonts/Karla-Regular.ttf", "Karla-Regular.ttf"), ("OFL.txt", "OFL.txt")],
)
BASE = b"""name: "Karla"
designer: "Jonny Pinhorn"
license: "OFL"
category: "DISPLAY"
date_added: "2012-03-14"
fonts {
  name: "Karla"
  style: "normal"
  weight: 300
  filename: "Karla-Light.ttf"
  post_script_name: "Karla-Light"
  full_name: "Karla Light"
  copyright: "old"
}
subsets: "menu"
subsets: "vietnamese"
axes {
  tag: "wdth"
  min_value: 75.0
  max_value: 100.0
}
registry_default_overrides {
  key: "GRAD"
  value: 3.0
}
source {
  repository_url: "https://github.com/googlefonts/karla"
  branch: "old"
  archive_url: "https://example.com/karla.zip"
  config_yaml: "sources/config.yaml"
}
languages: "en_Latn"  # English
sample_text {
  masthead_full: "KaRl"
}
classifications: "DISPLAY"
"""


def composed(*fonts: Font, base: bytes | None = None, source: Source = SOURCE) -> bytes:
    return metadata.compose("Karla", "ofl", fonts, source, "2026-11-24", base)


def test_a_new_family_gets_all_that_fonts_can_tell() -> None:
    assert composed(BOLD, REGULAR).decode() == (
        'name: "Karla"\n'
        'designer: "Jonathan Pinhorn"\n'
        'license: "OFL"\n'
        'category: "SANS_SERIF"\n'
        'date_added: "2026-11-24"\n'
        "fonts {\n"
        '  name: "Karla"\n'
        '  style: "normal"\n'
        "  weight: 400\n"
        '  filename: "Karla-Regular.ttf"\n'
        '  post_script_name: "Karla-Regular"\n'
        '  full_name: "Karla Regular"\n'
        '  copyright: "Copyright 2019 The Karla Project Authors"\n'
        "}\n"
        "fonts {\n"
        '  name: "Karla"\n'
        '  style: "normal"\n'
        "  weight: 700\n"
        '  filename: "Karla-Bold.ttf"\n'
        '  post_script_name: "Karla-Regular"\n'
        '  full_name: "Karla Regular"\n'
        '  copyright: "Copyright 2019 The Karla Project Authors"\n'
        "}\n"
        'subsets: "latin"\n'
        'subsets: "latin-ext"\n'
        'subsets: "menu"\n'
        "source {\n"
        '  repository_url: "https://github.com/googlefonts/karla"\n'
        f'  commit: "{"c" * 40}"\n'
        "  files {\n"
        '    source_file: "fonts/Karla-Regular.ttf"\n'
        '    dest_file: "Karla-Regular.ttf"\n'
        "  }\n"
        "  files {\n"
        '    source_file: "OFL.txt"\n'
        '    dest_file: "OFL.txt"\n'
        "  }\n"
        '  branch: "main"\n'
        "}\n"
    )


def test_an_upgrade_keeps_what_people_decided() -> None:
    message = metadata.parse(composed(REGULAR, base=BASE))
    assert message.designer == "Jonny Pinhorn"
    assert list(message.category) == ["DISPLAY"]
    assert message.date_added == "2012-03-14"
    assert list(message.languages) == ["en_Latn"]
    assert message.sample_text.masthead_full == "KaRl"
    assert list(message.classifications) == ["DISPLAY"]
    assert dict(message.registry_default_overrides) == {"GRAD": 3.0}
    assert message.source.config_yaml == "sources/config.yaml"


def test_an_upgrade_refreshes_what_fonts_and_commit_tell() -> None:
    message = metadata.parse(composed(REGULAR, ITALIC, base=BASE))
    assert [font.filename for font in message.fonts] == ["Karla-Regular.ttf", "Karla-Italic.ttf"]
    assert list(message.subsets) == ["latin", "latin-ext", "menu", "vietnamese"]
    assert not message.axes
    assert message.source.commit == "c" * 40
    assert message.source.branch == "main"
    assert not message.source.HasField("archive_url")
    assert [file.dest_file for file in message.source.files] == ["Karla-Regular.ttf", "OFL.txt"]


def test_languages_are_called_by_name() -> None:
    assert b'languages: "en_Latn"  # English\n' in composed(REGULAR, base=BASE)


@pytest.mark.parametrize(
    ("source", "branch"),
    [
        (SOURCE, "main"),
        (replace(SOURCE, branch=""), "old"),
        (replace(SOURCE, branch="", repository="https://github.com/other/karla"), ""),
    ],
)
def test_a_tag_leaves_the_branch_unless_the_repository_moved(source: Source, branch: str) -> None:
    assert metadata.parse(composed(REGULAR, base=BASE, source=source)).source.branch == branch


def test_composing_again_changes_nothing() -> None:
    once = composed(REGULAR, ITALIC, BOLD, base=BASE)
    assert composed(BOLD, ITALIC, REGULAR, base=once) == once


def test_fonts_are_sorted_by_weight_then_slope() -> None:
    heavy = replace(ITALIC, file="Karla-BoldItalic.ttf")
    light = replace(REGULAR, file="Karla-ExtraLight.ttf")
    message = metadata.parse(composed(heavy, BOLD, ITALIC, REGULAR, light))
    assert [(font.weight, font.style) for font in message.fonts] == [
        (200, "normal"),
        (400, "normal"),
        (400, "italic"),
        (700, "normal"),
        (700, "italic"),
    ]


def test_another_script_than_latin_is_named() -> None:
    devanagari = replace(REGULAR, codepoints=frozenset({*range(0x905, 0x939), 0x41}))
    assert metadata.parse(composed(devanagari)).primary_script == "Deva"
    assert not metadata.parse(composed(REGULAR)).HasField("primary_script")


def test_a_font_that_cannot_be_read_is_listed_by_its_file_name() -> None:
    [font] = metadata.parse(composed(Font("Karla-BoldItalic.ttf", "cut off"))).fonts
    assert (font.weight, font.style, font.full_name) == (700, "italic", "Karla BoldItalic")


def test_names_cannot_break_out_of_their_line() -> None:
    names = {0: 'x"\ncategory: "EVIL', 1: "Karla"}
    message = metadata.parse(composed(replace(REGULAR, names=names)))
    assert message.fonts[0].copyright == 'x"\ncategory: "EVIL'
    assert list(message.category) == ["SANS_SERIF"]


@pytest.mark.parametrize("content", [b"name: ", b"\xff", b'nam: "Karla"', b"fonts { name: 3 }"])
def test_what_is_no_metadata_is_refused(content: bytes) -> None:
    with pytest.raises(metadata.Unreadable, match=r"METADATA.pb cannot be read"):
        composed(REGULAR, base=content)
