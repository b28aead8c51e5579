"""What engineers do on the embedded forge's pages, as maintainers do on GitHub's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from activities.adapters.forge.port import Author, NotFound
from activities.adapters.forge.port import Refused as ForgeRefused
from web.door.fault import Unreachable
from web.forge.reader import Hands
from web.page import as_json, wants_json
from web.person.auth import acting
from web.person.sender import SenderNow
from web.process.incoming import HandBody, body
from web.site import Site, SiteNow, Viewer
from workflows.domain.actor import ENGINEER
from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, Refused

CHANGES = {"merge": "Merge", "close": "Close", "reopen": "Open again"}
PUSHES = {
    "list-sandbox": "Put on the sandbox list",
    "push-sandbox": "Pushed to the sandbox: take off the list",
    "list-production": "Put on the production list",
    "push-production": "Pushed to production: take off the list",
}
WORDS = CHANGES | PUSHES


@dataclass(frozen=True)
class Done:
    """It was done; the page of the pull request."""

    url: str


async def offered(site: Site, who: Viewer, pull: Any) -> tuple[str, ...]:
    """What this person may do to a pull request now."""
    if site.hands is None or who.actor is None or ENGINEER not in who.actor.roles:
        return ()
    if pull.state != "merged":
        return ("merge", "close") if pull.state == "open" else ("reopen",)
    lists = (await site.hands.listed(pull.number)).items()
    return tuple(f"{'push' if listed else 'list'}-{name}" for name, listed in lists)


async def act(request: Request, site: SiteNow, who: SenderNow, number: int) -> Response:
    """Do it, and have the pull request looked at."""
    action = (await body(request, HandBody)).what
    if site.hands is None:
        raise HTTPException(404, "Pull requests are merged and closed at GitHub.")
    if action not in WORDS:
        raise Refused(f"There is no action {action[:80]!r}.", INVALID)
    if ENGINEER not in (await acting(site.people, who.actor, fresh=True)).roles:
        raise Refused("Engineers do this.", FORBIDDEN)
    await _act(site, site.hands, number, action, Author(who.actor.login, who.actor.id))
    url = f"/forge/pulls/{number}"
    return as_json(Done(url)) if wants_json(request) else RedirectResponse(url, 303)


async def _act(site: Site, hands: Hands, number: int, action: str, by: Author) -> None:
    try:
        if action in CHANGES:
            await hands.change(number, action, by)
        else:
            how, _, name = action.partition("-")
            await hands.push_list(number, name, how == "list", by)
    except ForgeRefused as said:
        raise Refused(str(said), CONFLICT) from None
    except NotFound as said:
        raise HTTPException(404, str(said)) from None
    for pull in await site.forge.pull_requests():
        if pull.number == number:
            with suppress(Unreachable):  # the slow look will see it
                await site.processes.hint(pull.branch)
