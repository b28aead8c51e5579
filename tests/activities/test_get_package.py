from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from activities.adapters import metadata, store
from activities.authoring import Outcome, Status
from activities.package import Package
from tests import karla, repository
from tests.activities import upgrade
from tests.activities.upgrade import METADATA, TARGET, got
from tests.repository import Repository
from workflows.domain.request import NEW


@pytest.fixture
def upstream(own_state: Path) -> Repository:
    return upgrade.upstream(own_state)


@pytest.fixture(autouse=True)
def target(own_state: Path, tmp_path: Path) -> str:
    return upgrade.target(own_state, tmp_path)


def contents(package: Package) -> dict[str, bytes]:
    return {packaged.path: store.get(packaged.file.digest) for packaged in package.files}


def states(outcome: Outcome) -> dict[str, str]:
    [changes] = [e.data["changes"] for e in outcome.evidence if e.kind == "file_diff"]
    return {change["path"]: change["state"] for change in changes}


def source(outcome: Outcome) -> dict[str, Any]:
    [rows] = [e.data["rows"] for e in outcome.evidence if e.title == "Source"]
    return dict(rows)


async def test_an_upgrade_is_the_upstream_files_byte_for_byte(upstream: Repository) -> None:
    outcome = await got(upstream)
    assert outcome.status is Status.OK, outcome.text
    package = outcome.names["package"]
    assert (package.family, package.directory) == ("Karla", "ofl/karla")
    assert package.commit == upstream.git("rev-parse", "v2.004")
    assert package.repository == f"file://{upstream.folder}"
    found = contents(package)
    del found["METADATA.pb"]
    assert found == {
        **repository.fonts(),
        "OFL.txt": karla.licence().read_bytes(),
        "DESCRIPTION.en_us.html": b"<p>Karla is a grotesque.</p>",
        "upstream.yaml": b"branch: main\n",
    }


async def test_metadata_names_the_commit_and_keeps_what_people_decided(
    upstream: Repository,
) -> None:
    package = (await got(upstream)).names["package"]
    message = metadata.parse(contents(package)["METADATA.pb"])
    assert message.source.commit == package.commit
    assert message.source.repository_url == package.repository
    assert not message.source.branch, "a tag is no branch"
    assert (message.designer, message.date_added) == ("Jonny Pinhorn", "2012-03-14")
    assert len(message.fonts) == 2
    named = {file.dest_file: file.source_file for file in message.source.files}
    assert named["Karla-Bold.ttf"] == "fonts/ttf/Karla-Bold.ttf"
    assert named["DESCRIPTION.en_us.html"] == "documentation/DESCRIPTION.en_us.html"
    assert "upstream.yaml" not in named


async def test_the_state_before_is_the_targets(upstream: Repository, target: str) -> None:
    outcome = await got(upstream)
    before = outcome.names["before"]
    assert (before.directory, before.commit) == ("ofl/karla", target)
    assert contents(before) == {
        **{p.removeprefix("ofl/karla/"): c for p, c in TARGET.items() if "karla" in p},
        **repository.fonts("old"),
    }
    assert outcome.data == {
        "commit": outcome.names["package"].commit,
        "package": outcome.names["package"].digest,
        "before": before.digest,
        "before_commit": target,
    }


async def test_people_see_what_happens_to_each_file(upstream: Repository) -> None:
    outcome = await got(upstream)
    assert states(outcome) == {
        "DESCRIPTION.en_us.html": "same",
        "Karla-Bold.ttf": "changed",
        "Karla-Regular.ttf": "changed",
        "Karla-Thin.ttf": "removed",
        "METADATA.pb": "changed",
        "OFL.txt": "changed",
        "upstream.yaml": "same",
    }
    assert source(outcome)["Commit"] == outcome.names["package"].commit
    assert source(outcome)["Named by"] in ("refs/heads/main", "refs/tags/v2.004")
    assert source(outcome)["Licence"] == "OFL"


async def test_a_new_family_has_no_state_before(upstream: Repository) -> None:
    outcome = await got(upstream, family="Karla Neue", kind=NEW, ref="main")
    assert outcome.status is Status.OK, outcome.text
    package = outcome.names["package"]
    assert package.directory == "ofl/karlaneue"
    assert outcome.names["before"] == Package("Karla Neue", "ofl/karlaneue")
    assert set(states(outcome).values()) == {"added"}
    message = metadata.parse(contents(package)["METADATA.pb"])
    assert (message.designer, message.source.branch) == ("Jonathan Pinhorn", "main")
    assert "guesses; please check them" in outcome.text


async def test_a_mapping_can_bring_its_own_metadata(upstream: Repository) -> None:
    upstream.commit({"gf/METADATA.pb": METADATA.replace(b"SANS_SERIF", b"DISPLAY")})
    files = "\n".join(
        [
            "fonts/ttf/Karla-Bold.ttf -> Karla-Bold.ttf",
            "OFL.txt -> OFL.txt",
            "gf/METADATA.pb -> METADATA.pb",
        ]
    )
    package = (await got(upstream, ref="main", files=files)).names["package"]
    message = metadata.parse(contents(package)["METADATA.pb"])
    assert list(message.category) == ["DISPLAY"]
    assert [font.filename for font in message.fonts] == ["Karla-Bold.ttf"]
    assert message.source.commit == package.commit
    assert [f.dest_file for f in message.source.files] == ["Karla-Bold.ttf", "OFL.txt"]


async def test_the_tag_is_taken_although_the_branch_went_on(upstream: Repository) -> None:
    newer = upstream.commit({"fonts/ttf/Karla-Bold.ttf": b"later"})
    package = (await got(upstream)).names["package"]
    assert contents(package)["Karla-Bold.ttf"] == karla.new("Bold").read_bytes()
    assert (await got(upstream, ref="main")).names["package"].commit == newer


async def test_a_commit_without_a_name_is_taken_with_a_warning(upstream: Repository) -> None:
    lost = upstream.commit({"README.md": b"x"})
    upstream.commit()
    assert "No branch or tag points at this commit" in (await got(upstream, ref=lost)).text
    assert "No branch or tag" not in (await got(upstream)).text


async def test_a_moved_licence_moves_the_directory(upstream: Repository) -> None:
    upstream.commit({"LICENSE.txt": b"Apache License"}, without="OFL.txt")
    outcome = await got(upstream, ref="main")
    assert outcome.names["package"].directory == "apache/karla"
    assert outcome.names["before"].directory == "ofl/karla"
    assert states(outcome)["OFL.txt"] == "removed"


async def test_a_font_that_cannot_be_read_is_left_to_the_next_step(upstream: Repository) -> None:
    upstream.commit({"fonts/ttf/Karla-Bold.ttf": karla.new("Bold").read_bytes()[:9000]})
    outcome = await got(upstream, ref="main")
    assert outcome.status is Status.OK
    assert states(outcome)["Karla-Bold.ttf"] == "changed"
