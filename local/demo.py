"""The whole main job, unattended: from a request to a pull request, or to an issue.

`python -m local.demo [--verdict FAILED] [--target github]` ends with 0 only if the end state was
read back and is right. It starts a set of its own, so it can run beside any other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

from local import github_demo, readback
from local.example import TAG, begin
from local.github_there import Violated
from local.judging import judge
from local.person import Person, SiteSaidNo
from local.separate import DidNotStart, Separate, separate_set

PORTS = {"SITE_PORT": "8010", "TEMPORAL_PORT": "7243", "TEMPORAL_WEB_PORT": "8243"}
GITHUB_PORT = "4110"
BEGUN = time.monotonic()


def say(text: str) -> None:
    """Tell what happens, with the seconds since the start."""
    print(f"[{time.monotonic() - BEGUN:6.1f} s] {text}", flush=True)


async def demo(verdict: str, target: str, state: Path, ports: dict[str, str]) -> int:
    """Do it all; the exit code."""
    try:
        if target == "github":
            port = os.environ.get("DEMO_GITHUB_PORT", GITHUB_PORT)
            await github_demo.play(verdict, state, {**ports, "GITHUB_PORT": port}, say)
        else:
            async with separate_set(state, ports) as found:
                say(f"The set is running: {found.site}")
                await _play(found, verdict)
    except (DidNotStart, SiteSaidNo, readback.Wrong, TimeoutError, Violated) as error:
        say(f"FAILED: {error or type(error).__name__}")
        say(f"See {state / 'run.log'} and {state / 'logs'}.")
        return 1
    say(f"Look at it again with: make run STATE_DIR={state.name}")
    return 0


async def _play(found: Separate, verdict: str) -> None:
    grace, ada = Person(found.site, "grace"), Person(found.site, "ada")
    try:
        await grace.sign_in()
        await ada.sign_in()
        url = await begin(grace, found.state)
        say(f"grace asks for Karla {TAG}: {found.site}{url}")
        process = await judge(ada, url, verdict, say)
        say(f"{process['ended']['status']}: {process['ended']['text']}")
        if verdict == "OK":
            page = await readback.pull_request(ada, process, found.state)
        else:
            page = await readback.issue(ada, process)
    finally:
        await grace.close()
        await ada.close()
    what = "The pull request" if verdict == "OK" else "The issue"
    say(f"{what} was read back and is right: {found.site}{page}")


def main() -> int:
    """Read the command line and the environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    choices = {"verdict": ("OK", "FAILED"), "target": ("embedded", "github")}
    for name, words in choices.items():
        asked = os.environ.get(name.upper(), words[0])
        parser.add_argument(f"--{name}", choices=words, default=asked)
    chosen = vars(parser.parse_args())
    for name, words in choices.items():
        if chosen[name] not in words:  # argparse does not look at defaults
            parser.error(f"{name.upper()} is {' or '.join(words)}, not {chosen[name]!r}")
    state = Path(os.environ.get("DEMO_STATE_DIR", ".state-demo")).absolute()
    ports = {name: os.environ.get(f"DEMO_{name}", port) for name, port in PORTS.items()}
    return asyncio.run(demo(chosen["verdict"], chosen["target"], state, ports))


if __name__ == "__main__":
    sys.exit(main())
