"""Telling people what happened to their process; for now a line in the log."""

from __future__ import annotations

import logging

log = logging.getLogger("notify")


def tell(login: str, about: str, text: str, id: str) -> None:
    """Tell a person something about a process; `about` is its address on the site.

    Whoever is killed while telling tells again with the same `id`: a channel drops the second.
    """
    log.info("to %s, about %s: %s [%s]", login, about, text, id)
