"""A commit's signature: one neutral identity, the people named, dates that a repeat gives again."""

from __future__ import annotations

import re
from datetime import datetime

from activities.adapters.forge.port import Author, Message

TRAILER = "Family-PR-Process"
NAME = "Family PR"
ADDRESS = "noreply@family-pr.invalid"


def identity(at: datetime) -> dict[str, str]:
    """Author, committer and their dates, as git takes them from its environment."""
    date = f"{int(at.timestamp())} +0000"
    values = {"NAME": NAME, "EMAIL": ADDRESS, "DATE": date}
    return {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in values.items()}


def message_text(message: Message) -> str:
    """The commit message with its trailers."""
    authors = [f"Co-authored-by: {_address(author)}" for author in message.authors]
    trailers = [f"{TRAILER}: {_plain(message.process)}", *dict.fromkeys(authors)]
    return f"{_plain(message.subject)}\n\n" + "\n".join(trailers) + "\n"


def process_of(message: str) -> str:
    """The process that a commit message names among its trailers; empty where none."""
    last = message.strip().rpartition("\n\n")[2].splitlines()
    named = [line.partition(": ")[2] for line in last if line.startswith(f"{TRAILER}: ")]
    return named[-1].strip() if named else ""


def _address(author: Author) -> str:
    login = _plain(author.login)
    if author.id:
        return f"{login} <{author.id}+{login}@users.noreply.github.com>"
    return f"{login} <{ADDRESS}>"


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x20\x7f<>]+", " ", text).strip()[:200]
