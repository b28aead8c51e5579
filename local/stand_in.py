"""Starts the strict stand-in for GitHub as a process of its own, and stops it at the end."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from local.github_there import GitHubThere
from local.separate import DidNotStart, until_answered

STARTING = 60
"""Seconds that it has to become ready."""


@asynccontextmanager
async def stand_in(state: Path, port: int, site: str) -> AsyncIterator[GitHubThere]:
    """A new one with its state in a folder of its own; it sends messages to the site.

    Raises DidNotStart.
    """
    shutil.rmtree(state / "github", ignore_errors=True)
    state.mkdir(parents=True, exist_ok=True)
    log, settings = state / "github.log", state / "github" / "settings.env"
    callback, messages = f"{site}/sign-in/callback", f"{site}/webhooks/github"
    with log.open("wb") as output:
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.github", "--port", str(port), "--state", str(state)),
            *("--callback", callback, "--webhook", messages),
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
    try:
        async with asyncio.timeout(STARTING):
            await until_answered(running, f"http://127.0.0.1:{port}/-/record", log)
        if not settings.exists():  # somebody else answers there, and ours has seen it
            raise DidNotStart(f"Port {port} is taken by another program. {log.read_text()}")
        yield GitHubThere(_settings(settings), True)
    except TimeoutError:
        raise DidNotStart(f"The stand-in does not answer; see {log}.") from None
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


def _settings(file: Path) -> dict[str, str]:
    """What it wrote for a shell, as variables; a private key has several lines."""
    words = [word for word in shlex.split(file.read_text()) if word != "export"]
    chosen = {name: os.environ[name] for name in ("SIGN_IN",) if os.environ.get(name)}
    return dict(word.split("=", 1) for word in words) | chosen
