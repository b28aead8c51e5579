"""The site over the fake, served to a real Chromium."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from activities.adapters.settings import Settings
from tests.web.fake import FakeProcesses
from tests.web.trial import ToGitHub, make_app

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong

T = TypeVar("T")
EXPECTED = ("Failed to load resource", "sandboxed", "htmx:sse:error")
"""Refusals, blocked scripts in foreign reports, and a lost connection are told in the console."""


class Served:
    """A site that runs in a thread of its own."""

    def __init__(
        self,
        folder: Path,
        processes: FakeProcesses | None = None,
        port: int = 0,
        github: ToGitHub | None = None,
    ) -> None:
        self.processes = processes or FakeProcesses()
        self._loop = asyncio.new_event_loop()
        config = uvicorn.Config(
            make_app(self.processes, folder, github=github),
            port=port,
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        while not self._server.started:
            threading.Event().wait(0.02)
        self.folder = folder
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something to the processes, where they live."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(10)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        await self._server.serve()
        for connection in list(self._server.server_state.connections):
            if transport := getattr(connection, "transport", None):
                transport.abort()  # as the end of a process of its own would
        await asyncio.sleep(0)


@pytest.fixture
def site(own_state: Path) -> Iterator[Served]:
    served = Served(own_state)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ("background-networking", "component-update", "sync", "quic", "dev-shm-usage")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    return {
        **browser_type_launch_args,
        "executable_path": str(Settings().chromium),
        "args": arguments,
    }


@pytest.fixture
def people(browser: Browser, site: Served) -> Iterator[People]:
    found = People(browser, site)
    yield found
    found.close()


class People:
    """Persons, each with a browser window of their own."""

    def __init__(self, browser: Browser, site: Served) -> None:
        self.browser = browser
        self.site = site
        self.complaints: list[str] = []
        self.windows: list[BrowserContext] = []

    def open(self, login: str = "", path: str = "/", **options: Any) -> Page:
        """A window that shows that page, signed in under a login if one is given."""
        window = self.browser.new_context(base_url=self.site.url, **options)
        self.windows.append(window)
        page = window.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if login:
            page.goto("/sign-in")
            page.click(f"button[value={login}]")
        page.goto(path)
        return page

    def close(self) -> None:
        """Close all windows; none may have had errors."""
        for window in self.windows:
            window.close()
        assert self.complaints == []

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(e in message.text for e in EXPECTED):
            self.complaints.append(message.text)
