"""A request: which family, from where; and the key that keeps a family's process single."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from workflows.domain.form import Field

NEW = "new family"
UPGRADE = "upgrade"
FAMILY = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?: [A-Z0-9][A-Za-z0-9]*)*")
SUFFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}")
PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+,\[\]-]*(?:/[A-Za-z0-9][A-Za-z0-9._+,\[\]-]*)*")

FIELDS = (
    Field("family", label="Family name", help="As people read it: Karla, IBM Plex Sans."),
    Field(
        "suffix",
        label="Suffix",
        required=False,
        help="Only for parallel work on one family: lower-case letters, digits, hyphens.",
    ),
    Field("kind", "choice", "What is it?", (NEW, UPGRADE)),
    Field(
        "repository",
        label="Upstream repository",
        help="owner/name at GitHub, or an address: of its page, or that git can fetch from.",
    ),
    Field("ref", label="Branch, tag or commit", value="main"),
    Field(
        "files",
        "text",
        "Files",
        help="One per line: path in the upstream repository -> path in the family's directory. "
        "Or one folder, ending in a slash: all its TTF files, and licence and description "
        "from the folder or the top of the repository.",
        value="fonts/ttf/",
    ),
    Field("note", "text", "Note", required=False),
)
"""What is asked for; the same fields serve the site's form and the engineer who edits."""


@dataclass(frozen=True)
class Request:
    """A request that was looked at and accepted."""

    family: str
    kind: str
    repository: str
    ref: str
    files: str
    suffix: str = ""
    note: str = ""

    @classmethod
    def of(cls, reply: dict[str, str]) -> Request:
        """A request from a reply to FIELDS that `complaints` has nothing to say about."""
        return cls(**{f.name: reply.get(f.name, "").strip() for f in FIELDS})

    @property
    def key(self) -> str:
        """The family key: at most one process per key is open."""
        return family_key(self.family, self.suffix)

    @property
    def mapping(self) -> dict[str, str]:
        """Upstream path -> path in the family's directory; empty when a folder is named."""
        lines = [line.partition("->") for line in self.files.splitlines() if "->" in line]
        return {source.strip(): target.strip() for source, _, target in lines}

    @property
    def folder(self) -> str:
        """The upstream folder whose files are taken, ending in a slash; empty with a mapping."""
        return "" if self.mapping else self.files.strip()


def family_key(family: str, suffix: str = "") -> str:
    """`IBM Plex Sans`, `beta` -> `ibmplexsans~beta`: equal for names that differ in writing."""
    plain = unicodedata.normalize("NFKC", family).casefold()
    name = "".join(character for character in plain if character.isalnum())
    return f"{name}~{suffix}" if suffix else name


def complaints(reply: dict[str, str]) -> dict[str, str]:
    """Say per field what is wrong with a request; empty when nothing is.

    Whether the repository's host is allowed is a setting, and checked where settings are known.
    """
    found = {field.name: said for field in FIELDS if (said := field.complaint(reply))}
    found |= {name: "This form has no such field." for name in reply if name not in _NAMES}
    checks = {"family": _family, "suffix": _suffix, "ref": _ref, "files": _files}
    for name, complaint in checks.items():
        value = reply.get(name, "").strip()
        if name not in found and value and (said := complaint(value)):
            found[name] = said
    return found


_NAMES = {field.name for field in FIELDS}


def _family(value: str) -> str:
    if FAMILY.fullmatch(value) and len(value) <= 60:
        return ""
    return "A family name is words of letters and digits, each with a capital or digit first."


def _suffix(value: str) -> str:
    return "" if SUFFIX.fullmatch(value) else "Use up to 30 of: a-z, 0-9 and hyphens."


def _ref(value: str) -> str:
    if REF.fullmatch(value) and ".." not in value and not value.endswith((".lock", "/", ".")):
        return ""
    return "This is not the name of a branch, tag or commit."


def _files(value: str) -> str:
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    if len(lines) == 1 and lines[0].endswith("/") and "->" not in lines[0]:
        return "" if lines[0] == "./" or _is_path(lines[0][:-1]) else f"{lines[0]} is no folder."
    if len(lines) > 500:
        return "More than 500 files."
    sources, targets = set(), set()
    for line in lines:
        source, arrow, target = (part.strip() for part in line.partition("->"))
        if not (arrow and _is_path(source) and _is_path(target)):
            return f"Cannot read “{line[:120]}”; write: fonts/Karla.ttf -> Karla.ttf"
        if target.casefold() in targets:
            return f"{target} is named twice."
        if source in sources:
            return f"{source} is named twice."
        targets.add(target.casefold())
        sources.add(source)
    return ""


def _is_path(value: str) -> bool:
    return bool(PATH.fullmatch(value)) and ".." not in PurePosixPath(value).parts
