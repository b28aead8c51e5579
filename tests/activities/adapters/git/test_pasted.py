"""People paste what their browser or git shows them, and one thing is meant."""

from __future__ import annotations

import pytest

from activities.adapters import git
from activities.adapters.git.pasted import Pasted, pasted
from activities.adapters.github.setting import github_settings

KARLA = "https://github.com/googlefonts/karla"


@pytest.mark.parametrize(
    "written",
    [
        "googlefonts/karla",
        " googlefonts/karla.git ",
        KARLA,
        f"{KARLA}/",
        f"{KARLA}.git",
        f"{KARLA}?tab=readme-ov-file#karla",
        "http://github.com/googlefonts/karla",
        "https://www.GitHub.com/googlefonts/karla",
        "github.com/googlefonts/karla",
        "git@github.com:googlefonts/karla.git",
        "ssh://git@github.com/googlefonts/karla.git",
    ],
)
def test_a_repository_has_one_form_however_it_is_written(written: str) -> None:
    assert pasted(written, "main") == Pasted(KARLA, "main")
    assert git.allowed(pasted(written, "main").repository) == KARLA


@pytest.mark.parametrize(
    ("page", "ref"),
    [
        ("tree/v2.004", "v2.004"),
        ("tree/feature/wide/", "feature/wide"),
        ("tree/1.0%2Bdev?x=1", "1.0+dev"),
        ("commit/0123456789abcdef0123456789abcdef01234567", "0123456789abcdef" * 2 + "01234567"),
        ("releases/tag/v3#assets", "v3"),
    ],
)
def test_a_page_of_a_branch_tag_or_commit_names_it(page: str, ref: str) -> None:
    for typed in ("", "main", ref):
        assert pasted(f"{KARLA}/{page}", typed) == Pasted(KARLA, ref)


def test_a_page_and_a_field_that_contradict_each_other_are_told() -> None:
    meant = pasted(f"{KARLA}/tree/dev", "v2.004")
    assert meant.ref == "v2.004"
    assert "“dev”" in meant.complaint
    assert "“v2.004”" in meant.complaint


@pytest.mark.parametrize(
    "written",
    [
        f"{KARLA}/pulls",
        f"{KARLA}/../../etc",
        "https://gitlab.com/a/b",
        "https://github.com.evil.example/a/b",
        "https://github.com@evil.example/a/b",
        "https://user:secret@github.com/a/b",
        "ext::sh -c x",
        "-oProxyCommand=x/y",
        "../karla",
        "/srv/fonts/karla",
        "file:///srv/fonts/karla",
        "",
    ],
)
def test_what_is_no_repository_at_github_stays_as_it_is(written: str) -> None:
    assert pasted(written, "dev") == Pasted(written, "dev")


def test_a_github_of_ones_own_is_meant_where_the_settings_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_URL", "https://git.example.org/")
    github_settings.cache_clear()
    assert pasted("a/b", "").repository == "https://git.example.org/a/b"
    assert pasted("https://git.example.org/a/b/tree/x", "") == Pasted(
        "https://git.example.org/a/b", "x"
    )
    assert pasted(KARLA, "").repository == KARLA
