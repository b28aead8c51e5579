"""Quotation: other people's words inside Markdown that we sign, without any effect of their own.

Mentions, references to issues, HTML, links and fences in the words are shown, never acted upon.
"""

from __future__ import annotations

import re
import unicodedata

BREAK = "\u200b"
"""An invisible character that keeps a forge from reading `@ada` or `#1` as more than text."""

_URL = re.compile(r"(?:(?:https?|ftps?|mailto|xmpp):|www\.)[^\s`<>]+", re.IGNORECASE)
_COMMIT = re.compile(r"(?<![\w.])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![\w.])")
"""What GitHub would take for a commit and make a reference of; a mere number or word is none."""

_ITEM = re.compile(r"/(?:issues|pull|pulls|discussions)/\d")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
_SHOWN = re.compile(f"{_URL.pattern}|{_COMMIT.pattern}", re.IGNORECASE)
_MENTION = re.compile(r"@(?=\w)")
_REFERENCE = re.compile(r"#(?=\d)|\b(?<=GH)-(?=\d)", re.IGNORECASE)
_BEGINNING = re.compile(r"^(\s*)(?:([-+=#:])|(\d{1,9})([.)]))")
_JOINERS = f"{BREAK}\u200c\u200d"  # our own, and what some scripts cannot be written without


def plain(text: str, limit: int = 10_000) -> str:
    """Printable text and line breaks only, at most `limit` characters; says where it is cut."""
    start = text[: 4 * limit].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in start if c == "\n" or c in _JOINERS or not _is_invisible(c))
    whole = len(text) <= 4 * limit and len(kept) <= limit
    return kept if whole else f"{kept[: limit - 1]}…"


def one_line(text: str, limit: int = 250) -> str:
    """Plain text for a title: a single line that mentions nobody and refers to nothing."""
    return _inert(" ".join(plain(text, 10 * limit).split()))[:limit]


def inline(text: str, limit: int = 300) -> str:
    """Words for the middle of a Markdown line or a table cell."""
    return _escaped(" ".join(plain(text, limit).split()))


def quoted(text: str, limit: int = 2_000) -> str:
    """A Markdown block quote; its words keep their lines."""
    lines = plain(text, limit).strip().split("\n")
    return "\n".join(f"> {_escaped(line.strip())}".rstrip() for line in lines)


def linked(url: str) -> str:
    """A web address as it is, if it is an ordinary one; else, or of an issue, only shown."""
    if not _ITEM.search(url) and re.fullmatch(
        r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~/@%+-]*)?", url
    ):
        return url
    return _code(plain(url, 500).replace("\n", " "))


def revised(text: str, limit: int) -> str:
    """Markdown that a person wrote and signs: their own, but without comments and mentions."""
    return _MENTION.sub(f"@{BREAK}", _without_comments(plain(text, limit)))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _without_comments(text: str) -> str:
    return text.replace("<!", f"<{BREAK}!").replace("-->", f"--{BREAK}>")


def _inert(text: str) -> str:
    text = _MENTION.sub(f"@{BREAK}", _without_comments(text))
    return _REFERENCE.sub(lambda found: f"{found[0]}{BREAK}", text)


def _escaped(line: str) -> str:
    """One line: addresses and commits become code, everything else is text."""
    parts, end = [], 0
    for found in _SHOWN.finditer(line):
        parts += [_literal(line[end : found.start()]), _code(found[0])]
        end = found.end()
    escaped = "".join([*parts, _literal(line[end:])])
    return _BEGINNING.sub(_escape_beginning, escaped)


def _literal(text: str) -> str:
    text = _MENTION.sub(f"@{BREAK}", _SPECIAL.sub(r"\\\1", text))
    return _REFERENCE.sub(lambda found: f"{found[0]}{BREAK}", text)


def _escape_beginning(found: re.Match[str]) -> str:
    space, sign, number, dot = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def _code(text: str) -> str:
    """Code that a table cell can hold too."""
    return f"`{text.replace('`', '').replace('|', '%7C')}`"
