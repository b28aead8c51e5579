"""Git's own names can be told without git, so that another tree than the judged one is noticed."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from activities.adapters.forge.github.objects import Entry, blob_sha, family_sha, tree_sha
from tests.repository import Repository

from .target import run

NAMES = st.text("ab.-[]é", min_size=1, max_size=4).filter(lambda name: name not in {".", ".."})


def test_a_directory_is_named_as_git_names_it(tmp_path: Path) -> None:
    files = {
        "Karla[wght].ttf": b"\0\1",
        "article/ARTICLE.en_us.html": b"<p>",
        "article.txt": b"",  # sorts before the folder, although it is longer
        "a/b/c/d": b"deep",
        "Žluťoučký.txt": b"x",
    }
    made = Repository(tmp_path / "made")
    made.commit(files)
    wanted = run(made.folder, "rev-parse", "HEAD^{tree}")
    assert family_sha((path, blob_sha(content)) for path, content in files.items()) == wanted


@given(st.dictionaries(NAMES, st.booleans(), min_size=2))
def test_the_order_of_what_is_in_it_does_not_matter(entries: dict[str, bool]) -> None:
    kinds = {True: Entry("040000", "1" * 40), False: Entry("100644", "2" * 40)}
    made = {name: kinds[folder] for name, folder in entries.items()}
    assert tree_sha(made) == tree_sha(dict(reversed(made.items())))


def test_an_empty_directory_has_no_name() -> None:
    assert tree_sha({}) == ""
