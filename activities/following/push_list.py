"""A push list of google/fonts: lines of a directory and, behind `#`, the pull request it is for."""

from __future__ import annotations


def lists(content: str, directory: str, url: str) -> bool:
    """Whether a directory is listed for that pull request, or without naming any.

    A line that names another pull request tells nothing about this one. Headings and deleted
    directories begin with `#`.
    """
    for line in content.splitlines():
        path, _, named = line.partition("#")
        if path.strip().strip("/") == directory:
            named = named.strip().rstrip("/")
            if not named or named.casefold() == url.rstrip("/").casefold():
                return True
    return False
