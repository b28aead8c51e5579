"""A push list counts for the pull request that it names, or for the directory alone."""

from __future__ import annotations

import pytest

from activities.following.push_list import lists

URL = "https://github.com/google/fonts/pull/5"


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (f"# Upgrade\nofl/karla # {URL}\n", True),
        (f"# New\r\nofl/karla/ #{URL}/\r\n", True),
        ("# New\nofl/karla\n", True),
        ("# New\nofl/karla # https://github.com/google/fonts/pull/55\n", False),
        (f"# New\nofl/karlatamil # {URL}\n", False),
        (f"# Deleted: ofl/karla # {URL}\n", False),
        ("ofl/karla # https://github.com/google/fonts/pull/4\nofl/karla # " + URL, True),
        ("", False),
    ],
)
def test_a_line_counts_or_not(content: str, counts: bool) -> None:
    assert lists(content, "ofl/karla", URL) is counts
