from __future__ import annotations

from pathlib import Path

import pytest

from activities.adapters import git
from activities.adapters.github.setting import github_settings
from activities.adapters.settings import settings
from tests.repository import Repository

ALLOWED = {
    "https://github.com/googlefonts/karla": "https://github.com/googlefonts/karla",
    "https://github.com/googlefonts/karla.git": "https://github.com/googlefonts/karla",
    "https://GitHub.com:443/googlefonts/karla/": "https://github.com/googlefonts/karla",
    " https://github.com/a-b/c.d_e ": "https://github.com/a-b/c.d_e",
}


@pytest.mark.parametrize("written", ALLOWED)
def test_an_allowed_address_has_one_form(written: str) -> None:
    assert git.allowed(written) == ALLOWED[written]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://github.com/a/b",
        "ssh://git@github.com/a/b",
        "git@github.com:a/b",
        "ext::sh -c touch% /tmp/x",
        "--upload-pack=touch",
        "-oProxyCommand=touch",
        "ssh://-oProxyCommand=touch/x",
        "https://github.com@evil.example/a/b",
        "https://user:secret@github.com/a/b",
        "https://github.com.evil.example/a/b",
        "https://github.com:444/a/b",
        "https://evil.example/https://github.com/a/b",
        "https://github.com/../evil/b",
        "https://github.com/a/..",
        "https://github.com/a/.git",
        "https://github.com/%2e%2e/b",
        "https://github.com/a/b?x=1",
        "https://github.com/a/b#c",
        "https://github.com\\@evil.example/a/b",
        "https://github.com/a/b\n--upload-pack=x",
        "https://github.com/a",
        "https://github.com/a/b/c",
        "https://github.com//a/b",
        "https://g\u0131thub.com/a/b",
        "file://evil.example/srv/x",
        "file:///etc",
        "/etc",
        "relative/folder",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(git.NotAllowed):
        git.allowed(address)


def test_the_refusal_says_what_is_allowed() -> None:
    with pytest.raises(git.NotAllowed, match=r"allowed upstreams: https://github\.com/"):
        git.allowed("https://gitlab.com/a/b")


def test_a_setting_allows_other_hosts_owners_and_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts" / "karla").mkdir(parents=True)
    words = f"https://github.com/ofl https://git.example:8443/fonts/ {tmp_path}/fonts"
    monkeypatch.setenv("UPSTREAM_ALLOW", words)
    settings.cache_clear()
    assert git.allowed("https://github.com/ofl/karla")
    assert git.allowed("https://git.example:8443/fonts/deep/karla.git").endswith("karla.git")
    assert git.allowed(f"{tmp_path}/fonts/karla") == f"file://{tmp_path}/fonts/karla"
    for address in (
        "https://github.com/oflevil/karla",
        "https://github.com/googlefonts/karla",
        "https://git.example/fonts/karla",
        "https://git.example:8443/fontsevil/karla",
        str(tmp_path),
    ):
        with pytest.raises(git.NotAllowed):
            git.allowed(address)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:4100", "http://127.0.0.1:4100/google/fonts"),
        ("https://git.example.org/", "https://git.example.org/google/fonts"),
    ],
)
def test_the_github_of_the_settings_is_allowed_and_nothing_beside_it(
    url: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_URL", url)
    github_settings.cache_clear()
    assert git.allowed(f"{address}.git/") == address
    assert git.github_name(address) == "google/fonts"
    assert git.github_name("https://github.com/google/fonts") == ""
    for refused in (
        f"{address}/more",
        address.replace("4100", "4101").replace("git.example", "git2.example"),
        address.replace("://", "://user@"),
        "http://127.0.0.1/google/fonts",
        "http://git.example.org/google/fonts",
        "http://localhost:4100/google/fonts",
    ):
        with pytest.raises(git.NotAllowed):
            git.allowed(refused)


@pytest.mark.parametrize("url", ["http://git.example.org", "http://10.0.0.1"])
def test_plain_http_stays_on_this_machine_whatever_the_settings_say(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_URL", url)
    monkeypatch.setenv("UPSTREAM_ALLOW", f"{url}/")
    github_settings.cache_clear()
    settings.cache_clear()
    with pytest.raises(git.NotAllowed):
        git.allowed(f"{url}/google/fonts")


def test_a_folder_has_to_lie_in_the_state_folder(own_state: Path, tmp_path: Path) -> None:
    repository = Repository(own_state / "upstream" / "karla")
    outside = Repository(tmp_path / "outside")
    (own_state / "link").symlink_to(outside.folder)
    (own_state / "inside").symlink_to(repository.folder)
    assert git.allowed(f"file://{repository.folder}") == f"file://{repository.folder}"
    assert git.allowed(str(own_state / "inside")) == f"file://{repository.folder}"
    for path in (
        outside.folder,
        own_state / "link",
        own_state,
        own_state / "nothing",
        f"{own_state}/upstream/../../outside",
        f"{own_state}2",
    ):
        with pytest.raises(git.NotAllowed):
            git.allowed(str(path))
