"""What we said in a description, so that what people have changed in it since is never replaced."""

from __future__ import annotations

import hashlib
import re
from html import escape

MARK = re.compile(r"\s*<!-- family-pr:said=([0-9a-f]{16}) -->\s*\Z")
MOST = 60_000
"""Characters of a description that fit into a comment with some words around them."""

KEPT = "Somebody has changed the title or the description, so both stay as they are."


def marked(title: str, body: str) -> str:
    """A description with a line that readers do not see: what it said when it was written."""
    return f"{body.rstrip()}\n\n<!-- family-pr:said={digest(title, body)} -->\n"


def unmarked(title: str, text: str) -> tuple[str, bool]:
    """A description without that line, and whether it or the title was changed since."""
    found = MARK.search(text)
    body = text[: found.start()] + "\n" if found else text
    return body, found is None or found[1] != digest(title, body)


def instead(title: str, body: str) -> str:
    """A comment that says what is not written over people's words."""
    own = re.sub(r"\s*<!--.*?-->\s*", "\n", body).strip()[:MOST]
    summary = f"<summary>{escape(title)}: what we would say now</summary>"
    return f"{KEPT}\n\n<details>{summary}\n\n{own}\n\n</details>"


def digest(title: str, body: str) -> str:
    """Of a text, whatever became of its line ends on the way."""
    return hashlib.sha256(f"{title}\n{plain(body)}".encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """A text as it is compared."""
    return text.replace("\r\n", "\n").strip()
