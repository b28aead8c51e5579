"""Each part is killed in the middle of the work; the process goes on, and nothing is lost.

Takes minutes: run it with `make chaos`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from local import readback
from local.example import begin
from local.judging import judge
from local.person import Json, Person
from local.separate import Separate, separate_set


async def test_every_part_is_killed_once_and_one_right_pull_request_is_there(
    tmp_path: Path,
) -> None:
    async with separate_set(tmp_path / "state", free_ports()) as found:
        grace, ada = Person(found.site, "grace"), Person(found.site, "ada")
        await grace.sign_in()
        await ada.sign_in()
        url = await begin(grace, found.state)
        judging = asyncio.create_task(patiently(lambda: judge(ada, url, "OK", print)))
        await until_running(ada, url, "font_bakery")
        for part in ("--queue font-bakery", "temporal server", "-m web", "--queue dispatcher"):
            before = time.monotonic()
            kill(found, part)
            await until_healthy(found)
            print(f"{part}: back after {time.monotonic() - before:.1f} s")
            await asyncio.sleep(1)
        process = await judging
        await readback.pull_request(ada, process, found.state)
        await grace.close()
        await ada.close()
    attempts = {t["attempt"] for step in process["steps"] for t in step["tasks"]}
    assert attempts == {1}, "a killed worker must not cost an attempt"


async def patiently(work: Callable[[], object]) -> Json:
    """Go on judging whatever part is away at the moment."""
    while True:
        with suppress(httpx.TransportError, Exception):
            result = await work()  # type: ignore[misc]  # a coroutine each time
            return dict(result)
        await asyncio.sleep(1)


async def until_running(person: Person, url: str, task: str) -> None:
    async with asyncio.timeout(180):
        while True:
            page = await person.get(url)
            running = page["document"]["running"]
            if any(one["task"] == task and one["done"] for one in running):
                return
            await asyncio.sleep(0.2)


async def until_healthy(found: Separate) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            await asyncio.sleep(0.5)
            with suppress(httpx.TransportError):
                if (await http.get(f"{found.site}/", timeout=5)).is_success:
                    return


def kill(found: Separate, part: str) -> None:
    """SIGKILL for the child of the supervisor whose command contains `part`."""
    victims = [pid for pid, command in commands(found.state) if part in command]
    assert victims, f"no {part} is running"
    for pid in victims:
        os.kill(pid, signal.SIGKILL)


def commands(state: Path) -> list[tuple[int, str]]:
    """Processes that belong to a state folder, by their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if f"STATE_DIR={state}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found.append((int(folder.name), command))
    return found


def free_ports() -> dict[str, str]:
    ports = {}
    for name in ("SITE_PORT", "TEMPORAL_PORT", "TEMPORAL_WEB_PORT"):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            ports[name] = str(one.getsockname()[1])
    return ports
