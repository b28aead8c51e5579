"""Serves the site: `python -m web`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvicorn
from pydantic import ValidationError

from activities.adapters.forge.choice import forge
from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.hand import Hand
from activities.adapters.github.setting import github_settings
from activities.adapters.misset import misset
from activities.adapters.people.choice import people
from activities.adapters.secret import site_secret
from activities.adapters.settings import settings
from activities.adapters.temporal import connect
from activities.adapters.upstream import check
from web.app import create_app
from web.door.archive import Archive
from web.door.processes import Processes
from web.door.remembered import Remembered
from web.github.delivery import Deliveries, Hook
from web.github.redelivery import at_start
from web.github.sign_in import provider
from web.person.session import STRICT_IDLE, STRICT_LONGEST, Sessions
from web.process.live import Hub
from web.readiness import complaint
from web.site import Site


def hook(file: Path) -> Hook | None:
    """What takes GitHub's messages, where there is a secret that they are signed with."""
    chosen = github_settings()
    secret = chosen.webhook_secret.get_secret_value()
    return Hook(secret, Deliveries(file), chosen.repository) if secret else None


async def ask_again(server: uvicorn.Server, hook: Hook) -> None:
    """Once the site can be reached, ask for what GitHub sent while it could not be."""
    while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
        await asyncio.sleep(0.1)
    await at_start(hook)


def sessions(file: Path) -> Sessions:
    """Those of whoever vouches for the accounts; where that is GitHub, they are shorter."""
    if settings().sign_in == "embedded":
        return Sessions(file)
    return Sessions(file, idle=STRICT_IDLE, longest=STRICT_LONGEST, realm=github_settings().url)


def put_together(folder: Path, processes: Processes) -> Site:
    """The site's parts; what it keeps for itself lies in `folder`."""
    door = Remembered(processes, Archive())
    used = forge()
    return Site(
        door,
        Hub(processes, door),
        sessions(folder / "sessions.sqlite3"),
        site_secret(),
        check,
        used,
        people(),
        hook(folder / "deliveries.sqlite3"),
        provider() if settings().sign_in == "github" else None,
        Hand(used) if isinstance(used, EmbeddedForge) else None,
    )


async def serve() -> None:
    """Connect to Temporal and answer until told to stop."""
    chosen = settings()
    processes = Processes(await connect(lazy=True))  # pages say when Temporal is away
    site = put_together(chosen.state / "site", processes)
    config = uvicorn.Config(
        create_app(site),
        host=chosen.site_host,
        port=chosen.site_port,
        timeout_graceful_shutdown=2,  # open streams would hold it up for ever
        proxy_headers=False,
        server_header=False,
        log_level="warning",
    )
    server = uvicorn.Server(config)
    asking = asyncio.create_task(ask_again(server, site.hook)) if site.hook else None
    try:
        await server.serve()
    finally:
        if asking:
            asking.cancel()
        site.sessions.close()
        if site.hook:
            site.hook.deliveries.close()


def main() -> int:
    """The exit code: 2 where the settings do not let it serve."""
    try:
        why = complaint()
    except ValidationError as wrong:
        why = "\n".join(misset(wrong))
    if why:
        print(why, file=sys.stderr)
        return 2
    asyncio.run(serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
