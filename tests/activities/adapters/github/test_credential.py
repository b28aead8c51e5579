"""What is wrong with our credentials is said, and never taken for something else."""

from __future__ import annotations

import pytest

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Refused
from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.credential import forget
from activities.adapters.github.fault import Denied, Missing, NotInstalled
from activities.adapters.github.setting import github_settings
from tests.github import hand
from tests.github.led import Led
from tests.github.seed import Seeded

FONTS = "google/fonts"


@pytest.mark.parametrize(
    "given",
    [
        "MIIEpAIBAAKCAQEAq7secretsecretsecret",  # the key without its first and last line
        "MIIE" + "secret" * 300,  # longer than any path
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "/nowhere/secret.pem",
        "",
    ],
)
async def test_a_key_that_cannot_be_used_is_named_and_never_quoted(
    given: str, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_APP_PRIVATE_KEY", given)
    github_settings.cache_clear()
    with pytest.raises(Denied, match="GITHUB_APP_PRIVATE_KEY is neither") as denied:
        await github.get(repo_path(FONTS))
    assert "MIIE" not in str(denied.value)
    assert "secret" not in str(denied.value)


async def test_a_target_without_our_app_is_not_one_without_the_family(world: Seeded) -> None:
    world.installed.repositories = {world.tracker.id}
    with pytest.raises(Refused, match="not installed for google/fonts"):
        await GitHubForge(Led(world)).find_family("Karla")


async def test_an_app_that_was_installed_anew_is_found_again(
    github: GitHub, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    await github.get(repo_path(FONTS))
    hand.installation(world, world.installed, "deleted")
    with pytest.raises((Denied, Missing)):
        await github.get(repo_path(FONTS))
    world.install(world.bot, world.google, world.fonts)
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS


async def test_a_repository_by_its_former_name_is_told_what_to_set(
    github: GitHub, world: Seeded
) -> None:
    """GitHub leads to its installation, but gives no token for a name that is gone."""
    world.rename(world.fonts, "families")
    with pytest.raises(NotInstalled, match="where it was renamed, set its new name"):
        await github.get("/repos/google/fonts")
    assert (await github.get("/repos/google/families"))["name"] == "families"


async def test_a_number_of_an_installation_that_has_gone_is_looked_up_again(
    github: GitHub, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    await github.get(repo_path(FONTS))
    hand.installation(world, world.installed, "deleted")
    world.install(world.bot, world.google, world.fonts)
    monkeypatch.setattr("activities.adapters.github.credential.EARLY", 7200.0)
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS


async def test_a_suspended_app_is_told_and_works_when_it_is_let_again(
    github: GitHub, world: Seeded
) -> None:
    hand.installation(world, world.installed, "suspend")
    with pytest.raises(Denied, match="suspended"):
        await github.get(repo_path(FONTS))
    hand.installation(world, world.installed, "unsuspend")
    forget()
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS
