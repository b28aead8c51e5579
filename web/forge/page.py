"""The embedded forge, for readers: its pull requests and issues; with GitHub, the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from web.forge import hand as forge_hand
from web.forge.elsewhere import elsewhere
from web.page import page
from web.site import SiteNow, ViewerNow


@dataclass(frozen=True)
class ForgeList:
    """`kind` is pulls or issues."""

    kind: str
    items: list[Any]


@dataclass(frozen=True)
class ForgeItem:
    """A pull request with the files it touches, or an issue without any.

    `actions` are what the person who asks may do to it.
    """

    kind: str
    item: Any
    files: list[Any]
    actions: tuple[str, ...] = ()


async def pulls(request: Request, site: SiteNow) -> Response:
    """All pull requests."""
    if away := elsewhere("pulls"):
        return RedirectResponse(away, 303)
    made = ForgeList("pulls", await site.forge.pull_requests())
    return page(request, "forge_list.html", made)


async def issues(request: Request, site: SiteNow) -> Response:
    """All issues."""
    if away := elsewhere("issues"):
        return RedirectResponse(away, 303)
    return page(request, "forge_list.html", ForgeList("issues", await site.forge.issues()))


async def pull(request: Request, site: SiteNow, who: ViewerNow, number: int) -> Response:
    """One pull request with its changes."""
    if away := elsewhere("pulls", number):
        return RedirectResponse(away, 303)
    item = _find(await site.forge.pull_requests(), number, "pull request")
    actions = await forge_hand.offered(site, who, item)
    made = ForgeItem("pulls", item, await site.forge.diff(number), actions)
    return page(request, "forge_item.html", made, words=forge_hand.WORDS)


async def issue(request: Request, site: SiteNow, number: int) -> Response:
    """One issue."""
    if away := elsewhere("issues", number):
        return RedirectResponse(away, 303)
    item = _find(await site.forge.issues(), number, "issue")
    return page(request, "forge_item.html", ForgeItem("issues", item, []))


def _find(items: list[Any], number: int, what: str) -> Any:
    for item in items:
        if item.number == number:
            return item
    raise HTTPException(404, f"There is no {what} {number}.")
