from __future__ import annotations

from pathlib import Path

import pytest

from activities.authoring import PassingFault, Status
from tests.activities import upgrade
from tests.activities.upgrade import got
from tests.repository import Repository
from workflows.domain.request import NEW


@pytest.fixture
def upstream(own_state: Path) -> Repository:
    return upgrade.upstream(own_state)


@pytest.fixture(autouse=True)
def target(own_state: Path, tmp_path: Path) -> str:
    return upgrade.target(own_state, tmp_path)


async def refused(upstream: Repository, **changes: str) -> str:
    """What is said of a request that gives no package."""
    outcome = await got(upstream, **changes)
    assert outcome.status is Status.FAILED
    assert not outcome.names
    return outcome.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ref": "v9"}, "no branch or tag “v9”"),
        ({"ref": "-x"}, "not the name of a branch"),
        ({"ref": "0" * 40}, "no such commit"),
        ({"files": "fonts/otf/"}, "no file fonts/otf"),
        ({"files": "documentation/"}, "no TTF file in documentation/"),
        ({"files": "a.ttf -> Karla-Bold.ttf"}, "no file a.ttf"),
        ({"files": "README.md -> a.ttf"}, "licence file is missing"),
        ({"family": "Rubik Mono"}, "no family “Rubik Mono” to upgrade"),
        ({"kind": NEW}, "has ofl/karla already"),
        ({"repository": "/etc"}, "does not lie in a folder"),
        ({"repository": "ext::sh -c x"}, "not among the allowed"),
    ],
)
async def test_what_is_wrong_is_named(
    upstream: Repository, changes: dict[str, str], said: str
) -> None:
    assert said in await refused(upstream, **changes)


async def test_a_missing_licence_is_named(upstream: Repository) -> None:
    upstream.commit(without="OFL.txt")
    assert "OFL.txt" in await refused(upstream, ref="main")


async def test_links_and_submodules_among_the_files_are_refused(upstream: Repository) -> None:
    upstream.link("fonts/ttf/Karla-Evil.ttf", "/etc/passwd")
    assert "Karla-Evil.ttf is a symbolic link" in await refused(upstream, ref="main")
    upstream.commit(without="fonts/ttf/Karla-Evil.ttf")
    upstream.submodule("fonts/module")
    assert "fonts/module is a submodule" in await refused(
        upstream, ref="main", files="fonts/module/"
    )


async def test_unreadable_metadata_of_the_request_is_named(upstream: Repository) -> None:
    upstream.commit({"METADATA.pb": b"{"})
    files = "\n".join(
        f"{path} -> {path.rpartition('/')[2]}"
        for path in ("fonts/ttf/Karla-Bold.ttf", "OFL.txt", "METADATA.pb")
    )
    said = await refused(upstream, ref="main", files=files)
    assert "METADATA.pb cannot be read" in said


async def test_a_server_that_does_not_answer_is_tried_again(upstream: Repository) -> None:
    with pytest.raises(PassingFault):
        await got(upstream, repository="https://github.com/googlefonts/karla")
