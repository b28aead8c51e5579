from __future__ import annotations

import os
from pathlib import Path

import pytest

from activities.adapters import git
from activities.adapters.git import command
from activities.adapters.settings import settings
from tests.repository import Repository

FILES = {"fonts/Karla.ttf": b"\0\1\0\0\n\0", "OFL.txt": b"free\r\n"}


@pytest.fixture
def repository(own_state: Path) -> Repository:
    return Repository(own_state / "upstream" / "karla")


@pytest.fixture
def url(repository: Repository) -> str:
    return git.allowed(str(repository.folder))


async def test_a_branch_a_tag_and_a_commit_are_found(repository: Repository, url: str) -> None:
    first = repository.commit(FILES)
    repository.git("tag", "v1")
    repository.git("tag", "--annotate", "--message=x", "v1-signed")
    second = repository.commit({"OFL.txt": b"freer"})
    assert await git.resolve(url, "main") == git.Commit(second, "refs/heads/main")
    assert await git.resolve(url, "v1") == git.Commit(first, "refs/tags/v1")
    assert await git.resolve(url, "v1-signed") == git.Commit(first, "refs/tags/v1-signed")
    assert await git.resolve(url, "refs/tags/v1") == git.Commit(first, "refs/tags/v1")
    assert await git.resolve(url, second.upper()) == git.Commit(second, "refs/heads/main")


async def test_a_commit_without_a_name_is_known_as_such(repository: Repository, url: str) -> None:
    first = repository.commit(FILES)
    repository.commit()
    assert await git.resolve(url, first) == git.Commit(first, "")


async def test_a_name_of_a_branch_and_of_a_tag_has_to_be_told_apart(
    repository: Repository, url: str
) -> None:
    repository.commit(FILES)
    repository.git("tag", "next")
    second = repository.commit()
    repository.git("branch", "next")
    with pytest.raises(git.Faulty, match="refs/heads/next or refs/tags/next"):
        await git.resolve(url, "next")
    assert (await git.resolve(url, "refs/heads/next")).sha == second


@pytest.mark.parametrize("ref", ["gone", "ain", "abcdef1", "-x", "--upload-pack=x", "a..b", "*"])
async def test_other_names_are_not_found(repository: Repository, url: str, ref: str) -> None:
    repository.commit(FILES)
    with pytest.raises(git.Faulty):
        await git.resolve(url, ref)


async def test_files_are_read_byte_for_byte_without_a_checkout(
    repository: Repository, url: str, tmp_path: Path
) -> None:
    repository.commit(FILES)
    sha = repository.commit({".gitattributes": b"* text=auto eol=crlf ident filter=lfs"})
    await git.fetch(url, sha, tmp_path / "copy")
    items = {item.path: item for item in await git.tree(tmp_path / "copy", sha)}
    assert set(items) == {".gitattributes", *FILES}
    for path, content in FILES.items():
        assert items[path].is_file
        assert items[path].size == len(content)
        assert await git.read(tmp_path / "copy", items[path]) == content
    assert not (tmp_path / "copy" / "OFL.txt").exists()


async def test_only_the_one_commit_is_fetched(
    repository: Repository, url: str, tmp_path: Path
) -> None:
    first = repository.commit(FILES)
    second = repository.commit({"OFL.txt": b"freer"})
    await git.fetch(url, second, tmp_path / "copy")
    with pytest.raises(git.Faulty):
        await git.tree(tmp_path / "copy", first)


async def test_links_and_submodules_are_no_files(
    repository: Repository, url: str, tmp_path: Path
) -> None:
    repository.link("fonts/Karla.ttf", "/etc/passwd")
    sha = repository.submodule("module")
    await git.fetch(url, sha, tmp_path / "copy")
    for item in await git.tree(tmp_path / "copy", sha):
        assert not item.is_file
        with pytest.raises(git.Faulty, match="no ordinary file"):
            await git.read(tmp_path / "copy", item)


async def test_no_hook_and_no_setting_of_a_repository_acts(
    repository: Repository, url: str, tmp_path: Path
) -> None:
    sign = tmp_path / "sign"
    for name in ("post-checkout", "reference-transaction", "post-upload-pack", "fsmonitor"):
        hook = repository.folder / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {sign}\n")
        hook.chmod(0o755)
    repository.commit(FILES)
    sign.unlink(missing_ok=True)
    repository.git("config", "uploadpack.packObjectsHook", f"touch {sign};")
    repository.git("config", "core.fsmonitor", f"touch {sign}")
    sha = (await git.resolve(url, "main")).sha
    await git.fetch(url, sha, tmp_path / "copy")
    assert await git.tree(tmp_path / "copy", sha)
    assert not sign.exists()


async def test_git_itself_refuses_what_the_address_check_might_miss(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    for address in (f"ext::touch {sign}", f"--upload-pack=touch {sign}", "file:///etc"):
        with pytest.raises(git.Faulty):
            await command.git("ls-remote", "--", address, url="https://github.com/a/b")
    assert not sign.exists()


async def test_a_commit_that_is_not_there_is_named_so(
    repository: Repository, url: str, tmp_path: Path
) -> None:
    repository.commit(FILES)
    with pytest.raises(git.Faulty, match="no such commit"):
        await git.fetch(url, "0" * 40, tmp_path / "copy")


async def test_a_tree_is_no_commit(repository: Repository, url: str, tmp_path: Path) -> None:
    repository.commit(FILES)
    tree = repository.git("rev-parse", "HEAD^{tree}")
    with pytest.raises(git.Faulty):
        await git.fetch(url, tree, tmp_path / "copy")


async def test_a_folder_without_a_repository_is_named_so(own_state: Path) -> None:
    (own_state / "empty").mkdir(parents=True)
    with pytest.raises(git.Faulty, match="not a git repository"):
        await git.resolve(git.allowed(str(own_state / "empty")), "main")


async def test_big_files_and_endless_output_are_refused(
    repository: Repository, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = repository.commit({"big": os.urandom(200_000)})
    await git.fetch(url, sha, tmp_path / "copy")
    [item] = await git.tree(tmp_path / "copy", sha)
    monkeypatch.setattr(command, "LONGEST_OUTPUT", 100_000)
    with pytest.raises(git.Faulty, match="too big"):
        await git.read(tmp_path / "copy", item)
    monkeypatch.setattr("activities.adapters.git.repository.LARGEST_ITEM", 100_000)
    with pytest.raises(git.Faulty, match="big is too big"):
        await git.read(tmp_path / "copy", item)


async def test_a_pack_beyond_the_limit_is_not_written(
    repository: Repository, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = repository.commit({"big": os.urandom(200_000)})
    monkeypatch.setattr(command, "LARGEST_FILE", 100_000)
    with pytest.raises(git.Faulty):
        await git.fetch(url, sha, tmp_path / "copy")


async def test_a_host_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTREAM_ALLOW", "https://localhost/")
    settings.cache_clear()
    with pytest.raises(git.Faulty, match="not public"):
        await git.resolve(git.allowed("https://localhost/a/b"), "main")
