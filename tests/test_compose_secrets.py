"""The team's set gives each secret to those who need it, and to nobody else."""

from __future__ import annotations

import re

from tests.test_compose import COMPOSE, FOR_THE_SITE, OURS, SERVICES

# Secrets that a team may do without: either a token or an App; messages from GitHub.
OPTIONAL = {"GITHUB_TOKEN", "GITHUB_WEBHOOK_SECRET"}


def test_only_who_speaks_to_github_gets_its_secrets() -> None:
    for name, service in SERVICES.items():
        given = {word for word in service.get("environment", {}) if word.startswith("GITHUB_")}
        speaks = name in {"site", "worker-dispatcher"}
        assert bool(given) == speaks, name
        assert service.get("secrets", []) == (["github-app"] if speaks else []), name
        assert not given & FOR_THE_SITE or name == "site"


def test_no_secret_has_a_default() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("SECRET|SIGNING|PASSWORD|PWD|TOKEN", variable):
                assert re.fullmatch(r"\$\{[A-Z_]+:(\?.+|-)\}", value), (name, variable)
                assert value.endswith(":-}") == (variable in OPTIONAL), (name, variable)


def test_the_apps_key_is_a_file_that_is_mounted_where_the_settings_say() -> None:
    (name, secret), *more = COMPOSE["secrets"].items()
    assert (more, set(secret)) == ([], {"file"})
    key = OURS["site"]["environment"]["GITHUB_APP_PRIVATE_KEY"]
    assert key == f"/run/secrets/{name}"
