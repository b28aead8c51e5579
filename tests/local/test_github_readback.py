"""What the demo reads back from GitHub must be right in every part, or the demo fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gfmetadata import FamilyProto, text_format

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.mark import marker
from activities.adapters.forge.port import GOOGLE_FONTS, Author, Message
from activities.adapters.github import credential, setting
from local import karla
from local.example import TAG
from local.github_readback import ReadBack
from local.github_there import GitHubThere
from local.readback import BYTE_FOR_BYTE, Wrong
from local.upstream import DESCRIPTION
from tests.activities.adapters.forge.target import commit_to_main
from tests.github.conftest import parts
from tests.github.seed import Seeded
from tests.github.serving import served

__all__ = ["parts"]

PAGE = "http://127.0.0.1:8010/processes/karla/1"
UPSTREAM = ("googlefonts/karla", TAG)
BODY = f"## PR Checklist:\n\n- [x] QA\n- [ ] Tags\n\nSigned off by ada.\n\nFull record: <{PAGE}>\n"
OK: dict[str, Any] = {"ended": {"status": "OK", "text": ""}}
FAILED: dict[str, Any] = {"ended": {"status": "FAILED", "text": ""}}
TITLE = "Karla: Version 2.004 added"
BRANCH = "family-pr/karla/1"
MARKER = marker("family-pr/karla", "1")
AUTHOR = Author("ada", 7)
AT = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """What is made; by default as it has to be."""

    files: tuple[tuple[str, bytes], ...] = ()
    without: str = ""


@pytest.fixture
def world(tmp_path: Path, parts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seeded]:
    made = Seeded(tmp_path / "github", parts=parts)
    with served(made):
        for name, value in made.settings().items():
            monkeypatch.setenv(name, value)
        setting.github_settings.cache_clear()
        credential.forget()
        yield made


@pytest.fixture
async def back(world: Seeded) -> AsyncIterator[ReadBack]:
    found = ReadBack(GitHubThere(world.settings(), True))
    yield found
    await found.close()


def family(world: Seeded) -> dict[str, bytes]:
    fonts = {f"Karla-{style}.ttf": karla.new(style).read_bytes() for style in karla.STYLES}
    metadata = FamilyProto(name="Karla")
    metadata.source.repository_url = f"{world.url}/{UPSTREAM[0]}"
    metadata.source.commit = world.karla.git.resolve(TAG) or ""
    files = {"OFL.txt": karla.licence().read_bytes(), "METADATA.pb": b""}
    files["DESCRIPTION.en_us.html"] = DESCRIPTION.encode()
    files["METADATA.pb"] = str(text_format.MessageToString(metadata)).encode()
    assert {*fonts, *files} == {*BYTE_FOR_BYTE.values(), "METADATA.pb"}
    return {**fonts, **files}


async def make(world: Seeded, made: Made) -> None:
    files = {**family(world), **dict(made.files)}
    files.pop(made.without, None)
    forge = GitHubForge()
    message = Message(TITLE, "family-pr/karla/1", AT, (AUTHOR,))
    listed = sorted(files.items())
    commit = await forge.branch_with("ofl/karla", listed, BRANCH, message)
    body = f"{BODY}\n{MARKER}\n"
    await forge.open_pull_request(BRANCH, TITLE, body, ["I Font Upgrade"], MARKER)
    await forge.set_status(commit, "success", "All steps are OK.", PAGE)


async def test_a_right_pull_request_is_right(world: Seeded, back: ReadBack) -> None:
    await make(world, Made())
    assert await back.pull_request(OK, PAGE, UPSTREAM) == f"{world.url}/google/fonts/pull/1"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (Made(files=(("Karla-Bold.ttf", b"other"), ("surplus.txt", b"x"))), "is not the upstream"),
        (Made(files=(("surplus.txt", b"x"),)), "more in the pull request"),
        (Made(files=(("METADATA.pb", b'name: "Karla"'),)), "METADATA.pb names"),
        (Made(without="OFL.txt"), "OFL.txt is not"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_whatever_is_wrong_with_the_files_is_noticed(
    world: Seeded, back: ReadBack, made: Made, why: str
) -> None:
    await make(world, made)
    with pytest.raises(Wrong, match=why):
        await back.pull_request(OK, PAGE, UPSTREAM)


async def test_whatever_is_wrong_with_the_words_is_noticed(world: Seeded, back: ReadBack) -> None:
    await make(world, Made())
    [issue], [status] = world.fonts.issues.values(), world.fonts.statuses
    label = issue.labels[0]
    changes: list[tuple[object, str, object, str]] = [
        (issue, "title", "Inter added", "title"),
        (issue, "state", "closed", "not open"),
        (issue, "body", BODY.replace("[x]", "[ ]"), "no box"),
        (issue, "body", BODY.replace("[ ]", "[x]"), "without evidence"),
        (issue, "body", BODY.replace("by ada", "by eve"), "who signed off"),
        (issue, "body", BODY.replace(PAGE, "http://x/"), "0 of what should be one"),
        (issue, "labels", [], "labels"),
        (issue, "labels", [label, replace(label, name="II Submission")], "labels"),
        (status, "state", "pending", "status is pending"),
        (status, "target_url", f"{PAGE}0", "status leads"),
        (status, "context", "other", "0 statuses of ours"),
    ]
    for what, name, value, why in changes:
        before = getattr(what, name)
        setattr(what, name, value)
        with pytest.raises(Wrong, match=why):
            await back.pull_request(OK, PAGE, UPSTREAM)
        setattr(what, name, before)
    await back.pull_request(OK, PAGE, UPSTREAM)


async def test_a_change_beside_the_family_is_noticed(world: Seeded, back: ReadBack) -> None:
    await make(world, Made())
    commit_to_main(world.fonts.git.path, {"ofl/other": [("Other.ttf", b"x")]}, BRANCH)
    [pull] = [issue.pull for issue in world.fonts.issues.values() if issue.pull]
    pull.head = world.fonts.git.resolve(BRANCH) or ""
    await GitHubForge().set_status(pull.head, "success", "All steps are OK.", PAGE)
    with pytest.raises(Wrong, match="beside the family was changed"):
        await back.pull_request(OK, PAGE, UPSTREAM)


async def test_a_process_that_failed_has_an_issue_and_no_pull_request(
    world: Seeded, back: ReadBack
) -> None:
    text = f"The italics lean too far.\n\nFull record: <{PAGE}>\n\n{MARKER}"
    await GitHubForge().open_issue(GOOGLE_FONTS, "Karla: no", text, MARKER)
    assert await back.issue(FAILED, PAGE) == f"{world.url}/google/fonts/issues/1"
    with pytest.raises(Wrong, match="ended"):
        await back.issue(OK, PAGE)
    await make(world, Made())
    with pytest.raises(Wrong, match="a pull request was opened"):
        await back.issue(FAILED, PAGE)
