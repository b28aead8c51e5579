"""The demo's repositories hold what a real upstream and google/fonts would hold."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from gfmetadata import FamilyProto, text_format

from local import upstream
from local.repository import Repository
from tests import karla


def content(repository: Path, name: str) -> bytes:
    return subprocess.run(
        ["git", "--git-dir", repository, "show", name], capture_output=True, check=True
    ).stdout


def tree(repository: Path, ref: str) -> list[str]:
    return Repository(repository).git("ls-tree", "-r", "--name-only", ref).splitlines()


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("state")
    upstream.build(state)
    return state


@pytest.mark.parametrize(
    ("tag", "font"), [(upstream.OLD, karla.old), (upstream.NEW, karla.new)], ids=["old", "new"]
)
def test_a_tag_holds_one_version_byte_for_byte(state: Path, tag: str, font: object) -> None:
    repository = upstream.upstream_path(state)
    assert callable(font)
    assert tree(repository, tag) == [
        "OFL.txt",
        "documentation/DESCRIPTION.en_us.html",
        "fonts/ttf/Karla-Bold.ttf",
        "fonts/ttf/Karla-BoldItalic.ttf",
        "fonts/ttf/Karla-Italic.ttf",
        "fonts/ttf/Karla-Regular.ttf",
    ]
    for style in karla.STYLES:
        assert content(repository, f"{tag}:{upstream.source_of(style)}") == font(style).read_bytes()
    assert content(repository, f"{tag}:OFL.txt").startswith(b"Copyright 2019 The Karla Project")


def test_the_target_has_the_older_version_and_names_its_commit(state: Path) -> None:
    target = upstream.target_path(state)
    family = FamilyProto()
    text_format.Parse(content(target, "main:ofl/karla/METADATA.pb").decode(), family)
    repository = Repository(upstream.upstream_path(state))
    assert family.source.commit == repository.resolve("v2.002")
    assert family.source.repository_url == repository.path.as_uri()
    for mapped in family.source.files:
        assert content(target, f"main:ofl/karla/{mapped.dest_file}") == content(
            repository.path, f"{upstream.OLD}:{mapped.source_file}"
        )
    assert tree(target, "main") == sorted(
        ["ofl/karla/METADATA.pb", *(f"ofl/karla/{f.dest_file}" for f in family.source.files)]
    )


def test_metadata_agrees_with_the_fonts(state: Path) -> None:
    family = FamilyProto()
    metadata = content(upstream.target_path(state), "main:ofl/karla/METADATA.pb").decode()
    text_format.Parse(metadata, family)
    assert [(font.filename, font.style, font.weight) for font in family.fonts] == [
        ("Karla-Regular.ttf", "normal", 400),
        ("Karla-Italic.ttf", "italic", 400),
        ("Karla-Bold.ttf", "normal", 700),
        ("Karla-BoldItalic.ttf", "italic", 700),
    ]
    for described, style in zip(family.fonts, karla.STYLES, strict=True):
        with TTFont(karla.old(style)) as font:
            assert described.post_script_name == font["name"].getDebugName(6)


def test_commits_are_the_same_everywhere_and_a_second_build_changes_nothing(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text("[commit]\n\tgpgsign = true\n[core]\n\tautocrlf = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    upstream.build(tmp_path)
    first, second = (Repository(upstream.upstream_path(s)) for s in (state, tmp_path))
    assert first.resolve("v2.004") == second.resolve("v2.004")
    extra = second.commit({"README": b"added by a person"}, "More", "2026-01-01T00:00:00+00:00")
    upstream.build(tmp_path)
    assert second.resolve("main") == extra


def test_a_build_that_breaks_off_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = karla.licence
    with monkeypatch.context() as broken:
        broken.setattr("local.karla.licence", lambda: tmp_path / "missing")
        with pytest.raises(FileNotFoundError):
            upstream.build(tmp_path)
    assert list((tmp_path / "demo").iterdir()) == []
    upstream.build(tmp_path)
    assert content(upstream.upstream_path(tmp_path), "v2.004:OFL.txt") == licence().read_bytes()
