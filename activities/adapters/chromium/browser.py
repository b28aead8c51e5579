"""Chromium, shut in as far as this machine allows: no network, the same pixels every time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, sync_playwright

SAME_PIXELS = (
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
WIDTH = 1200


@dataclass(frozen=True)
class Studio:
    """An open browser, its version, and why it runs without its own sandbox (empty: it has it)."""

    context: BrowserContext
    version: str
    unconfined: str


@contextmanager
def open_studio(program: Path, folder: Path) -> Iterator[Studio]:
    """Start the browser; playwright's Error when it cannot be started at all."""
    with sync_playwright() as playwright:
        browser, unconfined = _launch(playwright.chromium, program, folder)
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 100},
            offline=True,
            locale="en-US",
            color_scheme="light",
            service_workers="block",
        )
        context.route("**/*", lambda route: route.abort())
        yield Studio(context, browser.version, unconfined)
        browser.close()


def _launch(chromium: BrowserType, program: Path, folder: Path) -> tuple[Browser, str]:
    confined = program
    if os.geteuid() == 0:
        confined = _without_root(program, folder)
    try:
        return _start(chromium, confined, sandbox=True), ""
    except Error:  # most likely the machine forbids it; if it is something else, it comes again
        return _start(chromium, program, sandbox=False), "this machine does not allow it"


def _start(chromium: BrowserType, program: Path, sandbox: bool) -> Browser:
    return chromium.launch(
        executable_path=program,
        args=list(SAME_PIXELS),
        chromium_sandbox=sandbox,
        timeout=60_000,
        # A socket's path may have 107 characters; a relative one is never too long.
        env={**os.environ, "TMPDIR": "."},
    )


def _without_root(program: Path, folder: Path) -> Path:
    """A starter that makes root an ordinary user first, as Chromium's sandbox refuses root."""
    unshare = shutil.which("unshare", path=os.defpath)
    if not unshare:
        return program
    starter = folder / "chromium-without-root"
    command = f'exec {unshare} --user --map-user=1000 --map-group=1000 "{program}" "$@"'
    starter.write_text(f"#!/bin/sh\n{command}\n")
    starter.chmod(0o700)
    return starter
