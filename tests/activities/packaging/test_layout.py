from __future__ import annotations

import pytest

from activities.adapters.git import Item
from activities.packaging.layout import DoesNotFit, arrange, directory, is_kept
from workflows.domain.request import UPGRADE, Request

FONTS = ["fonts/ttf/Karla-Bold.ttf", "fonts/ttf/Karla-Regular.ttf"]


def item(path: str, mode: str = "100644", size: int = 1000) -> Item:
    return Item(path, mode, "commit" if mode == "160000" else "blob", size, "a" * 40)


def arranged(files: str, *items: Item | str) -> dict[str, str]:
    """Path in the family's directory -> path upstream."""
    request = Request("Karla", UPGRADE, "https://github.com/a/b", "main", files)
    found = arrange(request, [item(i) if isinstance(i, str) else i for i in items])
    return {target: found_item.path for target, found_item in found.items()}


def test_a_folder_gives_its_fonts_and_what_belongs_to_them() -> None:
    others = [
        "README.md",
        "fonts/ttf/deep/Karla-Thin.ttf",
        "fonts/webfonts/Karla-Regular.woff2",
        "sources/Karla.glyphs",
    ]
    texts = ["OFL.txt", "documentation/DESCRIPTION.en_us.html"]
    assert arranged("fonts/ttf/", *FONTS, *others, *texts) == {
        "DESCRIPTION.en_us.html": "documentation/DESCRIPTION.en_us.html",
        "Karla-Bold.ttf": "fonts/ttf/Karla-Bold.ttf",
        "Karla-Regular.ttf": "fonts/ttf/Karla-Regular.ttf",
        "OFL.txt": "OFL.txt",
    }


def test_the_top_is_a_folder_too() -> None:
    assert arranged("./", "Karla[wght].ttf", "OFL.txt", "fonts/Other.ttf") == {
        "Karla[wght].ttf": "Karla[wght].ttf",
        "OFL.txt": "OFL.txt",
    }


def test_what_lies_beside_the_fonts_comes_first() -> None:
    found = arranged(
        "fonts/ttf/", *FONTS, "OFL.txt", "fonts/ttf/LICENSE.txt", "DESCRIPTION.en_us.html"
    )
    assert found["LICENSE.txt"] == "fonts/ttf/LICENSE.txt"
    assert "OFL.txt" not in found
    assert found["DESCRIPTION.en_us.html"] == "DESCRIPTION.en_us.html"


def test_an_article_brings_its_images_and_takes_the_descriptions_place() -> None:
    article = [f"documentation/article/{n}" for n in ("ARTICLE.en_us.html", "a.png", "notes.md")]
    found = arranged("fonts/ttf/", *FONTS, *article, "documentation/DESCRIPTION.en_us.html")
    assert [path for path in found if not path.endswith(".ttf")] == [
        "article/ARTICLE.en_us.html",
        "article/a.png",
    ]


def test_a_mapping_names_every_file() -> None:
    files = "fonts/ttf/Karla-Bold.ttf -> Karla-Bold.ttf\nLICENSE -> OFL.txt"
    assert arranged(files, *FONTS, "LICENSE") == {
        "Karla-Bold.ttf": "fonts/ttf/Karla-Bold.ttf",
        "OFL.txt": "LICENSE",
    }


@pytest.mark.parametrize(
    ("files", "items", "said"),
    [
        ("fonts/", [*FONTS], "no TTF file in fonts/"),
        ("font/", [*FONTS], "no file font"),
        ("fonts/ttf/", [item("fonts", "120000")], "fonts is a symbolic link"),
        ("fonts/ttf/", [item("fonts/ttf", "160000")], "fonts/ttf is a submodule"),
        ("fonts/ttf/", [item(FONTS[0], "120000")], "Karla-Bold.ttf is a symbolic link"),
        ("fonts/ttf/", [*FONTS, item("OFL.txt", "120000")], "OFL.txt is a symbolic link"),
        ("fonts/ttf/", ["fonts/ttf/My Font.ttf"], "My Font.ttf has a name"),
        ("fonts/ttf/", ["fonts/ttf/-x.ttf"], "-x.ttf has a name"),
        ("fonts/ttf/", ["fonts/ttf/\\udcff.ttf"], "has a name"),
        ("fonts/ttf/", [*FONTS, "fonts/ttf/Karla-Thin.TTF"], "Karla-Thin.TTF is no TTF"),
        ("fonts/ttf/", ["fonts/ttf/a.ttf", "fonts/ttf/A.ttf"], "A.ttf and a.ttf differ only"),
        ("fonts/ttf/", [item(FONTS[0], size=41 << 20)], "Karla-Bold.ttf is too big: 41 MB"),
        ("fonts/ttf/", [item(f"fonts/ttf/{n}.ttf", size=39 << 20) for n in "abcdefghijk"], "400"),
        ("fonts/ttf/", [f"fonts/ttf/{n}.ttf" for n in range(301)], "301 files"),
        ("gone.ttf -> Karla.ttf", [*FONTS], "no file gone.ttf"),
        ("fonts -> Karla.ttf", [*FONTS], "no file fonts"),
        ("a/b.ttf -> Karla.ttf", [item("a", "120000")], "a is a symbolic link"),
        ("a/b.ttf -> Karla.ttf", [item("a/b.ttf", "120000")], "a/b.ttf is a symbolic link"),
        ("a/b.ttf -> Karla.ttf", [item("a", "160000")], "a is a submodule"),
        ("a.ttf -> ../Karla.ttf", ["a.ttf"], "has a name"),
        ("a.ttf -> K.ttf\nb.ttf -> K.ttf", ["a.ttf", "b.ttf"], "one target twice"),
        ("a.otf -> Karla.otf\nb.ttf -> b.ttf", ["a.otf", "b.ttf"], "Karla.otf is no TTF"),
        ("OFL.txt -> OFL.txt", ["OFL.txt"], "names no TTF"),
        ("a.ttf -> a.ttf\nb -> x\nc -> x/c", ["a.ttf", "b", "c"], "x is a file, and x/c needs"),
    ],
)
def test_what_does_not_fit_is_named(files: str, items: list[Item | str], said: str) -> None:
    with pytest.raises(DoesNotFit) as refusal:
        arranged(files, *items)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("licence", "place"),
    [("OFL.txt", "ofl"), ("LICENSE.txt", "apache"), ("UFL.txt", "ufl")],
)
def test_the_licence_decides_the_directory(licence: str, place: str) -> None:
    assert directory("IBM Plex Sans", [licence, "a.ttf"]) == f"{place}/ibmplexsans"


def test_no_licence_and_two_licences_are_refused() -> None:
    with pytest.raises(DoesNotFit, match="licence file is missing"):
        directory("Karla", ["a.ttf"])
    with pytest.raises(DoesNotFit, match=r"OFL.txt and UFL.txt"):
        directory("Karla", ["OFL.txt", "UFL.txt"])


@pytest.mark.parametrize(
    ("path", "package", "kept"),
    [
        ("Karla-Thin.ttf", [], False),
        ("static/Karla-Thin.ttf", [], False),
        ("OFL.txt", ["LICENSE.txt"], False),
        ("METADATA.pb", [], False),
        ("DESCRIPTION.en_us.html", [], True),
        ("DESCRIPTION.en_us.html", ["DESCRIPTION.en_us.html"], False),
        ("DESCRIPTION.en_us.html", ["article/ARTICLE.en_us.html"], False),
        ("article/ARTICLE.en_us.html", ["DESCRIPTION.en_us.html"], True),
        ("article/a.png", [], True),
        ("upstream.yaml", [], True),
    ],
)
def test_of_the_targets_files_only_texts_and_images_stay(
    path: str, package: list[str], kept: bool
) -> None:
    assert is_kept(path, package) is kept
