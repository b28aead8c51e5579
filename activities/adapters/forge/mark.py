"""A process's marks on the forge: its branch's name, and the line by which its texts are found."""

from __future__ import annotations

import re

MARKER = re.compile(r"<!-- family-pr:process=[A-Za-z0-9~/._-]+ -->")
"""How a marker is recognised in somebody's text."""


def branch_name(key: str, run: str) -> str:
    """`karla~beta` and a run id make `family-pr/karla-beta/3f0a9c1b2d4e`: one branch per run."""
    return f"family-pr/{_plain(key)}/{_plain(run)[-12:].strip('-')}"


def marker(process: str, run: str) -> str:
    """A line that readers do not see and by which the forge is searched."""
    return f"<!-- family-pr:process={_bare(process)}/{_bare(run)} -->"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _bare(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9~/._-]+", "-", text)
