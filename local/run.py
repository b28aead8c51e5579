"""Runs the whole set on one machine until Ctrl-C: `python -m local.run`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from pydantic import ValidationError

from activities.adapters.forge.choice import forge
from activities.adapters.forge.port import Refused
from activities.adapters.github.setting import github_settings
from activities.adapters.misset import misset
from activities.adapters.settings import settings
from local import example, namespace, server, upstream
from local.karla import NotInstalled
from local.lock import Held, hold
from local.port import Busy, Ports, check_free
from local.set import named_server, parts
from local.supervisor import NotStarted, Supervisor


def main() -> int:
    """Exit code 0 after a stop by a person, 1 if a part does not start, 2 if it must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bare", action="store_true", help="put no example on an empty board")
    bare = parser.parse_args().bare
    try:
        ports = Ports.chosen(os.environ)
        state = settings().state
        github_settings()  # what cannot be is told now
        with hold(state, ports.site.url):
            return run(state, ports, bare)
    except ValidationError as wrong:
        print(*misset(wrong), sep="\n", file=sys.stderr)
        return 2
    except (Busy, Held, NotInstalled, Refused, server.NoServer) as fault:
        print(fault, file=sys.stderr)
        return 2


def run(state: Path, ports: Ports, bare: bool) -> int:
    """The same, with the lock of the state folder in hand."""
    used = [ports.site] if named_server() else [ports.temporal, ports.console, ports.site]
    check_free(*used)
    if notice := server.set_aside_unusable(state):
        say(notice)
    forge()  # a TARGET that is none is told now, not by the first task
    upstream.build(state)
    say(f"Family PR starts. Its state is in {state}.")
    supervisor = Supervisor(parts(state, ports, os.environ), state / "logs", say)
    try:
        asyncio.run(_run(supervisor, ports, state, bare))
    except NotStarted as fault:
        print(fault, file=sys.stderr)
        return 1
    say("Family PR has stopped. `make run` goes on where it was.")
    return 0


async def _run(supervisor: Supervisor, ports: Ports, state: Path, bare: bool) -> None:
    if address := named_server():
        say(f"Temporal is the server at {address}, as the environment says.")
        for advice in await namespace.prepare(await namespace.connect()):
            say(advice)
    examples: list[asyncio.Task[None]] = []

    def ready() -> None:
        say(welcome(ports))
        if not bare and settings().target == settings().sign_in == "embedded":
            examples.append(asyncio.create_task(_example(ports.site.url, state)))

    await supervisor.run(ready)


async def _example(site: str, state: Path) -> None:
    if told := await example.begin_if_empty(site, state):
        say(told)


def welcome(ports: Ports) -> str:
    """What a newcomer needs to know."""
    console = settings().temporal_web_url if named_server() else ports.console.url
    return (
        f"\n  Family PR     {ports.site.url}\n  Temporal Web  {console}\n\n"
        "Stop it with Ctrl-C; the next start goes on where this one ended."
    )


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
