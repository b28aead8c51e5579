"""The main job against GitHub: people sign in there, and what was made is read back from there."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from local import leak, namespace
from local.example import TAG
from local.github_person import GitHubPerson
from local.github_readback import ReadBack
from local.github_there import GitHubThere
from local.judging import judge
from local.person import Person
from local.readback import demand
from local.separate import Separate, separate_set
from local.stand_in import stand_in

UPSTREAM = "googlefonts/karla"
"""As a person would write it; DEMO_UPSTREAM names another one on another server."""

Say = Callable[[str], None]


async def play(verdict: str, state: Path, ports: Mapping[str, str], say: Say) -> None:
    """Do it all; raises what `local.demo` knows, and Violated."""
    site = f"http://127.0.0.1:{ports['SITE_PORT']}"
    async with github(state, int(ports["GITHUB_PORT"]), site) as there:
        say(f"GitHub is {there.url}")
        own = {name: port for name, port in ports.items() if name != "GITHUB_PORT"}
        async with separate_set(state, own, there.settings) as found:
            say(f"The set is running: {found.site}")
            ada = person(there, found, "ada")
            try:
                await _work(there, found, ada, verdict, say)
                await _look_for_secrets(there, found, ada, ports["TEMPORAL_PORT"], say)
            finally:
                await ada.close()
        for line in await there.record():
            say(line)


@asynccontextmanager
async def github(state: Path, port: int, site: str) -> AsyncIterator[GitHubThere]:
    """The one that the environment names, else a stand-in beside the set's state."""
    if os.environ.get("GITHUB_API_URL"):
        yield GitHubThere.named()
        return
    async with stand_in(state.with_name(f"{state.name}-github"), port, site) as there:
        yield there


def person(there: GitHubThere, found: Separate, login: str) -> Person:
    """Somebody who signs in as that GitHub wants it."""
    return (GitHubPerson if there.signs_in else Person)(found.site, login)


async def _work(there: GitHubThere, found: Separate, ada: Person, verdict: str, say: Say) -> None:
    grace, back = person(there, found, "grace"), ReadBack(there)
    try:
        await grace.sign_in()
        await ada.sign_in()
        say("grace and ada have signed in at GitHub." if there.signs_in else "They signed in.")
        url = await ask(grace)
        say(f"grace asks for Karla {TAG} from {upstream()}: {found.site}{url}")
        process = await judge(ada, url, verdict, say)
        say(f"{process['ended']['status']}: {process['ended']['text']}")
        page = found.site + url
        if verdict == "OK":
            made = await back.pull_request(process, page, (upstream(), TAG))
        else:
            made = await back.issue(process, page)
    finally:
        await grace.close()
        await back.close()
    what = "The pull request" if verdict == "OK" else "The issue"
    say(f"{what} was read back from GitHub and is right: {made}")


def upstream() -> str:
    """The upstream repository, `owner/name`."""
    return os.environ.get("DEMO_UPSTREAM", UPSTREAM)


async def ask(grace: Person) -> str:
    """Ask for the newer Karla as it is at GitHub; the path of the process page."""
    return await grace.begin(
        family="Karla",
        kind="upgrade",
        repository=upstream(),
        ref=TAG,
        files="fonts/ttf/",
        note="The example: from 2.002 to 2.004.",
    )


async def _look_for_secrets(
    there: GitHubThere, found: Separate, ada: Person, temporal: str, say: Say
) -> None:
    needles = leak.Needles(await there.secrets())
    client = await namespace.connect("" if _named() else f"127.0.0.1:{temporal}")
    number, leaking = 0, list[str]()
    for places in (leak.histories(client), leak.pages(ada), leak.files(found.state)):
        looked, hits = await leak.leaks(needles, places)
        demand(looked > 0, "there was nothing to look for secrets in")
        number, leaking = number + looked, leaking + hits
    demand(not leaking, f"secrets are in: {', '.join(leaking[:20])}")
    say(f"None of {needles.number} secrets is in any of {number} events, pages and files.")


def _named() -> bool:
    return bool(os.environ.get("TEMPORAL_ADDRESS"))
