"""An upstream at GitHub is looked up when it is asked for: by API, and never for long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.adapters import git, settings, upstream
from activities.adapters.github import credential, setting
from tests.github.conftest import parts
from tests.github.seed import Seeded
from tests.github.serving import served

__all__ = ["parts"]

REPLY = {
    "family": "Karla",
    "kind": "upgrade",
    "repository": "googlefonts/karla",
    "ref": "v2.004",
    "files": "fonts/ttf/",
}


@pytest.fixture
def world(tmp_path: Path, parts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seeded]:
    """A GitHub that is served, and is the one of our settings."""
    made = Seeded(tmp_path / "github", parts=parts)
    with served(made):
        for name, value in made.settings().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(upstream, "PATIENCE", 60)  # a busy machine is slow, not wrong
        forget()
        yield made
    assert not made.record.violations


def forget() -> None:
    setting.github_settings.cache_clear()
    settings.settings.cache_clear()
    credential.forget()


async def checked(**changes: str) -> upstream.Checked:
    return await upstream.check({**REPLY, **changes})


async def test_what_is_public_needs_no_word(world: Seeded) -> None:
    for ref in ("v2.004", "main", "heads/main", "refs/tags/v2.004"):
        found = await checked(ref=ref)
        assert found == upstream.Checked(
            {**REPLY, "repository": f"{world.url}/googlefonts/karla", "ref": ref}
        )


async def test_what_is_missing_or_private_is_told_beside_the_field(world: Seeded) -> None:
    world.repository("google/hidden", private=True)
    world.fonts.private = True  # ours, so that our App sees it; others do not
    for name in ("googlefonts/nothing", "google/hidden", "google/fonts"):
        found = await checked(repository=name)
        assert list(found.complaints) == ["repository"]
        assert f"There is no public repository {name} on GitHub" in found.complaints["repository"]
        assert found.reply["repository"] == f"{world.url}/{name}"


async def test_a_ref_that_is_not_there_is_told_beside_its_field(world: Seeded) -> None:
    for page in ("", "/tree/main/fonts/ttf"):
        ref = "main" if page else "v9"
        found = await checked(repository=f"{world.url}/googlefonts/karla{page}", ref=ref)
        assert list(found.complaints) == ["ref"]
        assert "has no branch, tag or commit" in found.complaints["ref"]


async def test_a_short_commit_becomes_the_full_one(world: Seeded) -> None:
    sha = world.karla.git.resolve("v2.004")
    assert sha
    found = await checked(ref=sha[:9])
    assert found.reply["ref"] == sha
    assert found.notes == (f"“{sha[:9]}” is the commit {sha}.",)
    assert (await checked(ref=sha)).notes == ()


async def test_a_repository_that_was_renamed_is_taken_by_its_new_name(world: Seeded) -> None:
    world.rename(world.karla, "karla-sans")
    found = await checked()
    assert found.reply["repository"] == f"{world.url}/googlefonts/karla-sans"
    assert "googlefonts/karla is called googlefonts/karla-sans now" in found.notes[0]


async def test_a_new_name_has_to_be_allowed_too(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.rename(world.karla, "karla-sans")

    def only_the_old(repository: str) -> str:
        if "sans" in repository:
            raise git.NotAllowed("Not this one.")
        return git.allowed(repository)

    monkeypatch.setattr(upstream, "allowed", only_the_old)
    found = await checked()
    assert "karla-sans now. Not this one." in found.complaints["repository"]


async def test_an_archive_and_a_fork_are_worth_a_note(world: Seeded) -> None:
    world.karla.archived = True
    assert "is archived" in (await checked()).notes[0]
    fork = world.fork()
    found = await checked(repository=fork.full_name, ref="main")
    assert f"{fork.full_name} is a fork of google/fonts" in found.notes[0]
    assert not found.complaints


async def test_a_request_is_taken_when_github_has_a_bad_day(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upstream, "PATIENCE", 0.5)  # an answer that is waited for leaves no note
    for kind in ("before", "cut", "secondary", "slow"):
        world.faults.add(kind, "GET", "/repos/googlefonts/karla$", seconds=4)
        found = await checked()
        assert not found.complaints
        assert "could not be looked up now" in found.notes[0]
        assert "ghs_" not in found.notes[0]


async def test_an_app_that_was_taken_away_stops_no_request(world: Seeded) -> None:
    del world.installations[world.installed.id]
    found = await checked()
    assert not found.complaints
    assert "could not be looked up now" in found.notes[0]


@pytest.mark.parametrize("unset", ["TARGET SIGN_IN", "GITHUB_APP_ID"])
async def test_nobody_is_asked_where_github_is_not_used(
    world: Seeded, unset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in unset.split():
        monkeypatch.delenv(name)
    forget()
    before = world.record.operations.total()
    found = await checked(repository="googlefonts/nothing")
    assert (found.complaints, found.notes) == ({}, ())
    assert world.record.operations.total() == before


async def test_what_the_words_tell_is_told_without_a_look(world: Seeded) -> None:
    before = world.record.operations.total()
    found = await checked(repository="https://evil.example/a/b", family="karla", more="x")
    assert set(found.complaints) == {"repository", "family", "more"}
    assert set((await checked(ref="a..b")).complaints) == {"ref"}
    assert world.record.operations.total() == before


async def test_git_fetches_from_the_served_one(world: Seeded, tmp_path: Path) -> None:
    address = git.allowed((await checked()).reply["repository"])
    commit = await git.resolve(address, "v2.004")
    assert commit.sha == world.karla.git.resolve("v2.004")
    await git.fetch(address, commit.sha, tmp_path / "copy")
    names = [item.path for item in await git.tree(tmp_path / "copy", commit.sha)]
    assert "fonts/ttf/Karla-Regular.ttf" in names


async def test_git_gets_a_clear_answer_for_what_is_private(world: Seeded) -> None:
    world.karla.private = True
    with pytest.raises(git.Faulty, match="no such repository, or it is not public"):
        await git.resolve(git.allowed(f"{world.url}/googlefonts/karla"), "main")
