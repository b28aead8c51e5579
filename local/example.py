"""The example: what a newcomer finds on the board at the first start."""

from __future__ import annotations

from pathlib import Path

import httpx

from local.person import Person, SiteSaidNo

TAG = "v2.004"


async def begin_if_empty(site: str, state: Path) -> str:
    """Ask for the newer Karla where nothing was ever asked for; what to tell about it."""
    grace = Person(site, "grace")
    try:
        await grace.sign_in()
        if (await grace.get("/"))["counts"]["all"]:
            return ""
        return f"The board has an example: {site}{await begin(grace, state)}"
    except (SiteSaidNo, httpx.HTTPError) as fault:
        return f"The example could not be put on the board: {fault}"
    finally:
        await grace.close()


async def begin(person: Person, state: Path) -> str:
    """Ask for the newer Karla; the path of the process page."""
    return await person.begin(
        family="Karla",
        kind="upgrade",
        repository=str(state / "demo/karla.git"),
        ref=TAG,
        files="fonts/ttf/",
        note="The example: from 2.002 to 2.004.",
    )
