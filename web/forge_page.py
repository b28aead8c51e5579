"""The embedded forge, for readers: its pull requests and issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from web.page import page
from web.site import SiteNow


@dataclass(frozen=True)
class ForgeList:
    """`kind` is pulls or issues."""

    kind: str
    items: list[Any]


@dataclass(frozen=True)
class ForgeItem:
    """A pull request with the files it touches, or an issue without any."""

    kind: str
    item: Any
    files: list[Any]


async def pulls(request: Request, site: SiteNow) -> Response:
    """All pull requests."""
    made = ForgeList("pulls", await site.forge.pull_requests())
    return page(request, "forge_list.html", made)


async def issues(request: Request, site: SiteNow) -> Response:
    """All issues."""
    return page(request, "forge_list.html", ForgeList("issues", await site.forge.issues()))


async def pull(request: Request, site: SiteNow, number: int) -> Response:
    """One pull request with its changes."""
    item = _find(await site.forge.pull_requests(), number, "pull request")
    made = ForgeItem("pulls", item, await site.forge.diff(number))
    return page(request, "forge_item.html", made)


async def issue(request: Request, site: SiteNow, number: int) -> Response:
    """One issue."""
    item = _find(await site.forge.issues(), number, "issue")
    return page(request, "forge_item.html", ForgeItem("issues", item, []))


def _find(items: list[Any], number: int, what: str) -> Any:
    for item in items:
        if item.number == number:
            return item
    raise HTTPException(404, f"There is no {what} {number}.")
