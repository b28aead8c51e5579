"""A separate set: beside any other, in a state folder and on ports of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTING = 120
"""Seconds that a set has to become ready."""


class DidNotStart(Exception):  # noqa: N818  reads as a sentence
    """The set ended before it was ready; the message is what it said."""


@dataclass(frozen=True)
class Separate:
    """Where a separate set is: its site, its state, its supervisor."""

    site: str
    state: Path
    supervisor: asyncio.subprocess.Process


@asynccontextmanager
async def separate_set(
    state: Path, ports: Mapping[str, str], told: Mapping[str, str] | None = None
) -> AsyncIterator[Separate]:
    """Start a set with a fresh state, and stop it at the end. Raises DidNotStart.

    `ports` maps SITE_PORT, TEMPORAL_PORT and TEMPORAL_WEB_PORT to free ports; `told` are more
    variables for its environment.
    """
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    async with existing_set(state, ports, told) as found:
        yield found


@asynccontextmanager
async def existing_set(
    state: Path, ports: Mapping[str, str], told: Mapping[str, str] | None = None
) -> AsyncIterator[Separate]:
    """Start a set on the state that is there, and stop it at the end. Raises DidNotStart."""
    site = f"http://127.0.0.1:{ports['SITE_PORT']}"
    own = {**ports, "STATE_DIR": str(state), "SITE_URL": site}
    environment = {**os.environ, **(told or {}), **own}
    log = state / "run.log"
    with log.open("ab") as output:
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "local.run", "--bare"),
            env=environment,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
    try:
        async with asyncio.timeout(STARTING):
            await until_answered(running, f"{site}/health", log)
        yield Separate(site, state, running)
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


async def until_answered(running: asyncio.subprocess.Process, url: str, log: Path) -> None:
    """Wait until a program answers there well. Raises DidNotStart where it ends before."""
    async with httpx.AsyncClient(trust_env=False) as http:
        while not await _answers(http, url):
            if running.returncode is not None:
                raise DidNotStart(log.read_text().strip()[-2000:])
            await asyncio.sleep(0.2)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).is_success
    except httpx.TransportError:
        return False
