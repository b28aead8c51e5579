"""Real git speaks to it: clone, fetch, push, with the tokens of the API."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.github import token
from tests.github.proposal import branch, pull
from tests.github.seed import Seeded
from tests.github.serving import served


@pytest.fixture
def address(world: Seeded) -> Iterator[str]:
    with served(world) as url:
        yield url


async def git(folder: Path, *arguments: str, secret: str = "") -> tuple[int, str]:
    """git's exit code and all it said."""
    environment = {"PATH": os.environ["PATH"], "GIT_TERMINAL_PROMPT": "0", "HOME": str(folder)}
    if secret:
        basic = base64.b64encode(f"x-access-token:{secret}".encode()).decode()
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
        }
    person = ["-c", "user.name=kim", "-c", "user.email=kim@example.com"]
    process = await asyncio.create_subprocess_exec(
        "git",
        *person,
        *arguments,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def test_a_public_repository_is_cloned_by_anyone(address: str, tmp_path: Path) -> None:
    flags = ["--quiet", "--depth=1", "--filter=blob:none", "--branch=v2.004"]
    code, output = await git(tmp_path, "clone", *flags, f"{address}/googlefonts/karla.git", "k")
    assert code == 0, output
    assert (tmp_path / "k/fonts/ttf/Karla-Regular.ttf").stat().st_size > 10_000


async def test_one_commit_is_fetched_by_its_number(
    world: Seeded, address: str, tmp_path: Path
) -> None:
    sha = world.karla.git.resolve("v2.002")
    assert sha
    await git(tmp_path, "init", "--quiet", "k")
    place = f"{address}/googlefonts/karla"
    code, output = await git(tmp_path / "k", "fetch", "--quiet", "--depth=1", place, sha)
    assert code == 0, output


async def test_a_private_repository_wants_a_token_that_may(
    world: Seeded, address: str, tmp_path: Path
) -> None:
    world.karla.private = True
    place = f"{address}/googlefonts/karla.git"
    assert (await git(tmp_path, "ls-remote", place))[0] != 0
    assert (await git(tmp_path, "ls-remote", place, secret=world.token(world.eve)))[0] != 0
    able = world.token(world.kim, contents="read")
    code, output = await git(tmp_path, "ls-remote", place, secret=able)
    assert (code, "refs/tags/v2.004" in output) == (0, True)
    installed, _ = token.mint(world, world.installed_upstream)
    assert (await git(tmp_path, "ls-remote", place, secret=installed))[0] == 0


async def test_a_push_moves_the_pull_request(
    world: Seeded, address: str, tmp_path: Path, bot: httpx.AsyncClient
) -> None:
    await branch(bot, "karla", {"a": b"a"})
    before = (await pull(bot)).json()["head"]["sha"]
    await git(tmp_path, "clone", "--quiet", "--branch=karla", f"{address}/google/fonts.git", "f")
    work = tmp_path / "f"
    (work / "big").write_bytes(os.urandom(1_500_000))  # git sends that in pieces
    await git(work, "add", "--all")
    await git(work, "commit", "--quiet", "--message=more")
    assert (await git(work, "push", "origin", "karla"))[0] != 0
    reader = world.token(world.eve, contents="write")
    code, output = await git(work, "push", "origin", "karla", secret=reader)
    assert (code != 0, "403" in output) == (True, True)
    writer = world.token(world.grace, contents="write")
    code, output = await git(work, "push", "origin", "karla", secret=writer)
    assert code == 0, output
    after = (await bot.get("/repos/google/fonts/pulls/1")).json()["head"]["sha"]
    assert after != before
    assert after == (await git(work, "rev-parse", "HEAD"))[1].strip()
