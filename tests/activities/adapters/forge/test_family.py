"""What a forge tells about the families it has."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import Forge, NotFound, Refused

from .conftest import INTER, KARLA, Tried
from .target import commit_to_main, run


async def test_a_family_is_found_by_the_name_that_people_read(forge: Forge) -> None:
    assert await forge.find_family("Karla") == "ofl/karla"


async def test_a_new_family_has_no_directory(forge: Forge) -> None:
    assert await forge.find_family("Karla Mono") is None


async def test_a_family_under_two_licences_is_refused(tried: Tried) -> None:
    commit_to_main(tried.target, {"apache/karla": KARLA})
    with pytest.raises(Refused, match="twice: ofl/karla and apache/karla"):
        await tried.forge.find_family("Karla")


async def test_the_files_of_a_family_come_with_the_commit_they_were_read_at(tried: Tried) -> None:
    commit, files = await tried.forge.family_files("ofl/karla")
    assert files == KARLA
    assert commit == run(tried.target, "rev-parse", "main")


async def test_an_older_commit_can_be_read(tried: Tried) -> None:
    older, _ = await tried.forge.family_files("ofl/karla")
    commit_to_main(tried.target, {"ofl/karla": INTER})
    assert await tried.forge.family_files("ofl/karla", older) == (older, KARLA)


async def test_sub_directories_are_kept(tried: Tried) -> None:
    files = [("Karla.ttf", b"a"), ("article/ARTICLE.en_us.html", b"b"), ("static/x/K.ttf", b"")]
    commit_to_main(tried.target, {"ofl/karla": files})
    assert (await tried.forge.family_files("ofl/karla"))[1] == files


@pytest.mark.parametrize("directory", ["ofl/nothing", "ofl/karla/OFL.txt"])
async def test_a_directory_that_is_not_there_is_not_found(forge: Forge, directory: str) -> None:
    with pytest.raises((NotFound, Refused)):
        await forge.family_files(directory)


@pytest.mark.parametrize("directory", ["../etc", "ofl/../x", "ofl", "ofl/Karla", "--all", "x/y"])
async def test_what_is_no_family_directory_is_refused(forge: Forge, directory: str) -> None:
    with pytest.raises(Refused, match="no family directory"):
        await forge.family_files(directory)


async def test_a_link_in_a_family_directory_is_refused(tried: Tried) -> None:
    commit_to_main(tried.target, {}, links={"ofl/karla/x.ttf": "/etc/passwd"})
    with pytest.raises(Refused, match=r"x\.ttf is no plain file"):
        await tried.forge.family_files("ofl/karla")


async def test_a_forge_that_was_never_used_begins_empty(empty: EmbeddedForge) -> None:
    assert await empty.find_family("Karla") is None
    assert await empty.pull_requests() == []
