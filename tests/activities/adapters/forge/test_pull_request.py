"""A forge has one pull request per branch, shows its diff, and refuses what GitHub would."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import CommitStatus, Forge, NotFound, PullRequest, Refused

from .conftest import INTER, KARLA, MESSAGE, Tried
from .target import commit_to_main
from .test_branch import BRANCH

MARKER = "<!-- family-pr:process=family-pr/karla/run-1 -->"
OTHER = "<!-- family-pr:process=family-pr/inter/run-1 -->"
BODY = f"Taken from upstream.\n\n{MARKER}\n"
NEWER = [("Karla-Regular.ttf", b"\0\1\0\0newer"), ("OFL.txt", b"The licence\nsays more\n")]


async def opened(forge: Forge, title: str = "Karla added", body: str = BODY) -> PullRequest:
    await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    return await forge.open_pull_request(BRANCH, title, body, ["I Font Upgrade"], MARKER)


async def test_a_pull_request_is_there_once_it_is_opened(forge: Forge) -> None:
    pull = await opened(forge)
    assert await forge.pull_request(pull.number) == pull
    assert (pull.title, pull.body, pull.labels) == ("Karla added", BODY, ("I Font Upgrade",))
    assert (pull.branch, pull.base, pull.state) == (BRANCH, "main", "open")


async def test_its_page_is_part_of_the_site(embedded: EmbeddedForge) -> None:
    assert (await opened(embedded)).url == "https://site.example/forge/pulls/1"


@pytest.mark.parametrize(("branch", "marker"), [(BRANCH, "<!-- other -->"), ("other", MARKER)])
async def test_it_is_found_by_branch_and_by_marker(forge: Forge, branch: str, marker: str) -> None:
    assert await forge.find_pull_request(branch, marker) is None
    pull = await opened(forge)
    assert await forge.find_pull_request(branch, marker) == pull
    assert await forge.find_pull_request("other", "<!-- other -->") is None


async def test_opening_it_again_changes_nothing(forge: Forge) -> None:
    assert await opened(forge) == await opened(forge)
    assert len(await forge.pull_requests()) == 1


async def test_a_new_text_replaces_the_old_one_and_says_so(forge: Forge) -> None:
    await opened(forge)
    pull = await opened(forge, "Karla: Version 2.004 added")
    assert pull.title == "Karla: Version 2.004 added"
    assert [comment.text for comment in pull.comments] == [
        "Title or description was brought up to date."
    ]
    assert await forge.pull_request(pull.number) == pull


async def test_a_text_that_comes_back_unchanged_says_nothing(forge: Forge) -> None:
    await opened(forge)
    assert (await opened(forge)).comments == ()


async def test_labels_that_people_gave_stay(forge: Forge) -> None:
    await opened(forge)
    pull = await forge.open_pull_request(BRANCH, "Karla added", BODY, ["II Submission"], MARKER)
    assert pull.labels == ("I Font Upgrade", "II Submission")
    assert pull.comments == ()


async def test_a_status_is_the_last_that_was_said(forge: Forge) -> None:
    pull = await opened(forge)
    commit, _ = await forge.family_files("ofl/karla", BRANCH)
    for state, text in (("pending", "Wait."), ("success", "Judged.")):
        await forge.set_status(commit, state, text, "https://site.example/p")
    found = (await forge.pull_request(pull.number)).status
    assert found == CommitStatus(commit, "success", "Judged.", "https://site.example/p")


async def test_a_status_of_what_is_no_commit_here_is_refused(forge: Forge) -> None:
    await opened(forge)
    with pytest.raises((NotFound, Refused)):
        await forge.set_status("0" * 40, "success", "Judged.", "https://site.example/p")


async def test_a_status_that_is_too_long_is_cut(forge: Forge) -> None:
    pull = await opened(forge)
    commit, _ = await forge.family_files("ofl/karla", BRANCH)
    await forge.set_status(commit, "success", "x" * 500, "https://site.example/p")
    found = (await forge.pull_request(pull.number)).status
    assert found
    assert found.text == "x" * 140


async def test_another_process_cannot_take_over_the_branch(forge: Forge) -> None:
    await opened(forge)
    with pytest.raises(Refused, match="belongs to another process"):
        await forge.open_pull_request(BRANCH, "Mine", OTHER, [], OTHER)


async def test_a_branch_that_is_not_there_has_no_pull_request(forge: Forge) -> None:
    with pytest.raises(NotFound):
        await forge.open_pull_request("family-pr/x/y", "X", BODY, [], MARKER)


async def test_a_number_that_was_never_given_is_not_found(forge: Forge) -> None:
    with pytest.raises(NotFound, match="no pull request 7"):
        await forge.pull_request(7)


async def test_the_newest_comes_first(forge: Forge) -> None:
    first = await opened(forge)
    await forge.branch_with("ofl/inter", NEWER, "family-pr/inter/1", MESSAGE)
    second = await forge.open_pull_request("family-pr/inter/1", "Inter", OTHER, [], OTHER)
    assert [pull.number for pull in await forge.pull_requests()] == [second.number, first.number]


async def test_the_diff_shows_text_and_sizes(forge: Forge) -> None:
    font, licence = await forge.diff((await opened(forge)).number)
    assert (font.path, font.state, font.text) == ("ofl/karla/Karla-Regular.ttf", "changed", "")
    assert (font.before_size, font.after_size) == (7, 9)
    assert licence.text == (
        "--- ofl/karla/OFL.txt\n+++ ofl/karla/OFL.txt\n@@ -1 +1,2 @@\n The licence\n+says more\n"
    )


async def test_the_diff_tells_added_from_removed(forge: Forge) -> None:
    files = [("OFL.txt", b"The licence\n"), ("article/ARTICLE.en_us.html", b"<p>New</p>\n")]
    await forge.branch_with("ofl/karla", files, BRANCH, MESSAGE)
    pull = await forge.open_pull_request(BRANCH, "Karla", BODY, [], MARKER)
    removed, added = await forge.diff(pull.number)
    assert (removed.path, removed.state) == ("ofl/karla/Karla-Regular.ttf", "removed")
    assert (added.state, added.before_size, added.after_size) == ("added", None, 11)
    assert added.text.startswith("--- /dev/null\n+++ ofl/karla/article/ARTICLE.en_us.html\n@@")


async def test_the_diff_is_about_this_branch_only(tried: Tried) -> None:
    pull = await opened(tried.forge)
    commit_to_main(tried.target, {"ofl/inter": KARLA, "ofl/karla": INTER})
    paths = [change.path for change in await tried.forge.diff(pull.number)]
    assert paths == ["ofl/karla/Karla-Regular.ttf", "ofl/karla/OFL.txt"]


async def test_a_very_long_diff_is_cut_and_says_so(forge: Forge) -> None:
    files = [("OFL.txt", b"a line of the licence\n" * 20_000)]
    await forge.branch_with("ofl/karla", files, BRANCH, MESSAGE)
    pull = await forge.open_pull_request(BRANCH, "Karla", BODY, [], MARKER)
    licence = (await forge.diff(pull.number))[-1]
    assert licence.cut
    assert len(licence.text) == 100_000


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", BODY),
        ("two\nlines", BODY),
        ("x" * 300, BODY),
        ("Karla", "no marker"),
        ("Karla", BODY * 2),
        ("Karla", BODY + "x" * 65_536),
    ],
    ids=["no title", "two lines", "long title", "no marker", "two markers", "long body"],
)
async def test_what_a_forge_cannot_hold_is_refused(forge: Forge, title: str, body: str) -> None:
    with pytest.raises(Refused):
        await opened(forge, title, body)
    assert await forge.pull_requests() == []
