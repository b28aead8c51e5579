"""An upstream as GitHub knows it: whether it is there for everybody, and what its ref means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.credential import credential
from activities.adapters.github.fault import Missing, Unprocessable
from activities.adapters.github.setting import github_settings

_PART_OF_SHA = re.compile(r"[0-9a-f]{7,39}")


@dataclass(frozen=True)
class Seen:
    """`name` and `ref` as they are to be used; complaints by field; notes worth a look."""

    name: str
    ref: str
    complaints: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


async def look(github: GitHub, name: str, ref: str) -> Seen:
    """Look a repository `owner/name` and a branch, tag or commit of it up.

    With the credential for the target: an upstream need not have our App, and what only our App
    may see there is not public. Raises PassingFault and Denied.
    """
    held = await credential(github, *_target())
    try:
        found = await github.send("GET", repo_path(name), held)
    except Missing:
        return Seen(name, ref, {"repository": _absent(name)})
    if found["private"]:
        return Seen(name, ref, {"repository": _absent(name)})
    today = str(found["full_name"])
    try:
        commit = await github.send(
            "GET", repo_path(today, "commits", ref.removeprefix("refs/")), held
        )
    except (Missing, Unprocessable):
        return Seen(today, ref, {"ref": _no_ref(today, ref)}, _notes(found, name))
    return _seen(found, name, ref, str(commit["sha"]))


def _seen(found: Any, name: str, ref: str, sha: str) -> Seen:
    notes = _notes(found, name)
    if _PART_OF_SHA.fullmatch(ref.lower()) and sha.startswith(ref.lower()):
        return Seen(str(found["full_name"]), sha, {}, (*notes, f"“{ref}” is the commit {sha}."))
    return Seen(str(found["full_name"]), ref, {}, notes)


def _notes(found: Any, name: str) -> tuple[str, ...]:
    today = str(found["full_name"])
    notes = []
    if today.lower() != name.lower():
        notes.append(f"{name} is called {today} now; the new name is taken.")
    if found["archived"]:
        notes.append(f"{today} is archived: nothing can be mended there any more.")
    if found["fork"]:
        parent = (found.get("parent") or {}).get("full_name", "another repository")
        notes.append(f"{today} is a fork of {parent}. Is it the one that the family comes from?")
    return tuple(notes)


def _target() -> tuple[str, str]:
    owner, _, name = github_settings().repository.partition("/")
    return owner, name


def _absent(name: str) -> str:
    return (
        f"There is no public repository {name} on GitHub; if it is private, make it public first: "
        "everybody must be able to see where a family comes from."
    )


def _no_ref(name: str, ref: str) -> str:
    return (
        f"{name} has no branch, tag or commit “{ref}”. The address of a folder within a branch "
        "does not belong here: name the folder under Files."
    )
