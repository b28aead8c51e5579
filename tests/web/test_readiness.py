"""The site says in one line why it cannot serve, before it does."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from activities.adapters.github.setting import github_settings
from activities.adapters.misset import misset
from activities.adapters.settings import settings
from web.readiness import complaint

GOOD = {
    "SIGN_IN": "github",
    "SITE_HOST": "0.0.0.0",  # noqa: S104  a proxy is in front of it
    "SITE_URL": "https://fonts.example",
    "ALLOWED_HOSTS": "fonts.example",
    "GITHUB_CLIENT_ID": "Iv23",
    "GITHUB_CLIENT_SECRET": "secret",
    "GITHUB_TOKEN": "github_pat_x",
    "GITHUB_ENGINEERS_TEAM": "google/engineers",
}


def told(monkeypatch: pytest.MonkeyPatch, **changes: str) -> str:
    for name, value in {**GOOD, **changes}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    github_settings.cache_clear()
    return complaint()


def test_a_whole_set_of_settings_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch) == ""
    assert told(monkeypatch, GITHUB_ENGINEERS_TEAM="", ENGINEERS="octocat") == ""
    loopback = {"SITE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1"}
    assert told(monkeypatch, **loopback, TRUST_PROXY="10.0.0.0/8 ::1") == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"GITHUB_CLIENT_ID": ""}, "GITHUB_CLIENT_ID"),
        ({"GITHUB_CLIENT_SECRET": ""}, "GITHUB_CLIENT_SECRET"),
        ({"GITHUB_TOKEN": ""}, "GITHUB_APP_ID"),
        ({"GITHUB_TOKEN": "", "GITHUB_APP_ID": "1"}, "GITHUB_APP_PRIVATE_KEY"),
        (
            {"GITHUB_TOKEN": "", "GITHUB_APP_ID": "1", "GITHUB_APP_PRIVATE_KEY": "/nowhere.pem"},
            "GITHUB_APP_PRIVATE_KEY",
        ),
        ({"GITHUB_ENGINEERS_TEAM": ""}, "Nobody would be an engineer"),
        (
            {"GITHUB_APP_ID": "1", "GITHUB_APP_PRIVATE_KEY": "MIIEsecret"},
            "GITHUB_APP_PRIVATE_KEY",
        ),
        ({"SITE_URL": "http://fonts.example"}, "https"),
        ({"SITE_URL": "fonts.example"}, "no address"),
        ({"ALLOWED_HOSTS": "127.0.0.1"}, "ALLOWED_HOSTS"),
        ({"TRUST_PROXY": "proxy"}, "TRUST_PROXY"),
        ({"SIGN_IN": "embedded"}, "lets anyone be anyone"),
    ],
)
def test_what_is_missing_or_contradicts_is_named(
    changes: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(monkeypatch, **changes)
    assert said in found
    assert "\n" not in found
    assert "secret" not in found.replace("GITHUB_CLIENT_SECRET", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_ENGINEERS_TEAM", "engineers"),
        ("GITHUB_REPOSITORY", "fonts"),
        ("GITHUB_HEAD_REPOSITORY", "https://github.com/ada/fonts"),
        ("GITHUB_API_URL", "api.github.com"),
        ("GITHUB_URL", "https://ada:pass@github.com"),
        ("GITHUB_DRY_RUN", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_is_one_line_with_the_variables_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError) as wrong:
        told(monkeypatch, **{name: value})
    [line] = misset(wrong.value)
    assert line.startswith(f"{name}={value.replace('ada:pass', '…')}: ")
    assert "\n" not in line
