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
async def separate_set(state: Path, ports: Mapping[str, str]) -> AsyncIterator[Separate]:
    """Start a set with a fresh state, and stop it at the end. Raises DidNotStart.

    `ports` maps SITE_PORT, TEMPORAL_PORT and TEMPORAL_WEB_PORT to free ports.
    """
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    async with existing_set(state, ports) as found:
        yield found


@asynccontextmanager
async def existing_set(state: Path, ports: Mapping[str, str]) -> AsyncIterator[Separate]:
    """Start a set on the state that is there, and stop it at the end. Raises DidNotStart."""
    site = f"http://127.0.0.1:{ports['SITE_PORT']}"
    environment = {**os.environ, **ports, "STATE_DIR": str(state), "SITE_URL": site}
    log = state / "run.log"
    with log.open("ab") as output:
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "local.run", "--bare"),
            env=environment,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
    try:
        await _until_ready(running, site, log)
        yield Separate(site, state, running)
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


async def _until_ready(running: asyncio.subprocess.Process, site: str, log: Path) -> None:
    async with asyncio.timeout(STARTING), httpx.AsyncClient() as http:
        while not await _answers(http, f"{site}/health"):
            if running.returncode is not None:
                raise DidNotStart(log.read_text().strip()[-2000:])
            await asyncio.sleep(0.2)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).is_success
    except httpx.TransportError:
        return False
