"""What people write or paste as an upstream at GitHub, in its one form: an address and a ref."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from activities.adapters.github.setting import github_settings

USUAL = ("", "main")
"""What the field for the ref holds where nobody has written into it."""

_NAME = r"(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]*)/(?P<name>[A-Za-z0-9._-]+?)"
_PAGE = r"(?:/(?:tree|commit|commits|releases/tag)/(?P<ref>[^?#]+?))?"
_REST = r"(?:\.git)?" + _PAGE + r"/?(?:[?#].*)?"


@dataclass(frozen=True)
class Pasted:
    """Address and ref as they are meant; `complaint` where the two contradict each other."""

    repository: str
    ref: str
    complaint: str = ""


def pasted(repository: str, ref: str) -> Pasted:
    """`owner/name`, an address for git or a page in the browser -> an address that git can use.

    A page of a branch, tag or commit names the ref too. What does not look like GitHub's stays
    as it is. This allows nothing: `allowed` still has to look at it.
    """
    repository, ref = repository.strip(), ref.strip()
    home = github_settings().url.rstrip("/")
    match = re.fullmatch(rf"(?:{_begin(home)})?{_NAME}{_REST}", repository, re.IGNORECASE)
    if match is None:
        return Pasted(repository, ref)
    address = f"{home}/{match['owner']}/{match['name']}"
    named = unquote(match["ref"] or "")
    if not named or ref in (named, *USUAL):
        return Pasted(address, named or ref)
    told = f"The repository's address names “{named}”, and this field “{ref}”. Write one of them."
    return Pasted(address, ref, told)


def _begin(home: str) -> str:
    """All that an address at this GitHub begins with, for browsers and for git."""
    scheme, _, host = home.partition("://")
    host = re.escape(host)
    web = "https?" if scheme == "https" else "http"
    return rf"(?:{web}://)?(?:www\.)?{host}/|(?:ssh://)?git@{host}[:/]"
