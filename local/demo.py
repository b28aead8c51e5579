"""The whole main job, unattended: from a request to a pull request, or to an issue.

`python -m local.demo [--verdict FAILED]` starts a set of its own, beside any other, in a state
folder and on ports of its own, and ends with 0 only if the end state was read back and is right.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

import httpx

from local import readback
from local.judging import judge
from local.person import Person, SiteSaidNo

PORTS = {"SITE_PORT": "8010", "TEMPORAL_PORT": "7243", "TEMPORAL_WEB_PORT": "8243"}
BEGUN = time.monotonic()


def say(text: str) -> None:
    """Tell what happens, with the seconds since the start."""
    print(f"[{time.monotonic() - BEGUN:6.1f} s] {text}", flush=True)


async def main() -> int:
    """Do it all; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verdict", choices=["OK", "FAILED"], default="OK")
    verdict = parser.parse_args().verdict
    state = Path(os.environ.get("DEMO_STATE_DIR", ".state-demo")).absolute()
    ports = {name: os.environ.get(f"DEMO_{name}", port) for name, port in PORTS.items()}
    site = f"http://127.0.0.1:{ports['SITE_PORT']}"
    environment = {**os.environ, **ports, "STATE_DIR": str(state), "SITE_URL": site}
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    log = state / "run.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "local.run"]
        running = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=output, stderr=asyncio.subprocess.STDOUT
        )
    try:
        return await _play(running, site, state, verdict)
    except (readback.Wrong, SiteSaidNo, TimeoutError, RuntimeError) as error:
        say(f"FAILED: {error or type(error).__name__}. See {log} and {state / 'logs'}.")
        return 1
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


async def _play(running: asyncio.subprocess.Process, site: str, state: Path, verdict: str) -> int:
    await _until_ready(running, site, state)
    say(f"The set is running: {site}")
    grace, ada = Person(site, "grace"), Person(site, "ada")
    try:
        await grace.sign_in()
        await ada.sign_in()
        url = await grace.begin(
            family="Karla",
            kind="upgrade",
            repository=str(state / "demo/karla.git"),
            ref=readback.TAG,
            files="fonts/ttf/",
            note="The demo: Karla 2.002 to 2.004.",
        )
        say(f"grace asks for Karla {readback.TAG}: {site}{url}")
        process = await judge(ada, url, verdict, say)
        say(f"{process['ended']['status']}: {process['ended']['text']}")
        if verdict == "OK":
            found = await readback.pull_request(ada, process, state)
        else:
            found = await readback.issue(ada, process)
    finally:
        await grace.close()
        await ada.close()
    what = "The pull request" if verdict == "OK" else "The issue"
    say(f"{what} was read back and is right: {site}{found}")
    say(f"Look at it again with: make run STATE_DIR={state.name}")
    return 0


async def _until_ready(running: asyncio.subprocess.Process, site: str, state: Path) -> None:
    async with asyncio.timeout(120), httpx.AsyncClient() as http:
        while True:
            if running.returncode is not None:
                raise RuntimeError((state / "run.log").read_text().strip()[-2000:])
            try:
                if (await http.get(f"{site}/health")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
