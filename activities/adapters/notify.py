"""Telling people what happened to their process; for now a line in the log."""

from __future__ import annotations

import logging

log = logging.getLogger("notify")


def tell(login: str, about: str, text: str) -> None:
    """Tell a person something about a process; `about` is its address on the site."""
    log.info("to %s, about %s: %s", login, about, text)
