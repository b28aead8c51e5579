"""Makes trees as GitHub does: entries laid over a base tree, at any depth."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.github.plumbing import GitFault, Person, Plumbing

MODES = {"100644": "blob", "100755": "blob", "120000": "blob", "040000": "tree", "160000": "commit"}


def make(git: Plumbing, entries: Sequence[Mapping[str, Any]], base: str | None) -> str:
    """The SHA of a tree with `entries` (path, mode, sha; sha None removes) over `base`."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        git.run("read-tree", *([base] if base else ["--empty"]), environment=index)
        for entry in entries:
            path, sha = entry["path"], entry["sha"]
            if sha is None or entry["mode"] == "040000":
                _remove(git, path, index)
            if sha is not None and entry["mode"] == "040000":
                git.run("read-tree", f"--prefix={path}/", sha, environment=index)
            elif sha is not None:
                _feed(git, [f"{entry['mode']} {sha}\t{path}"], index)
        return git.run("write-tree", environment=index)


def _remove(git: Plumbing, path: str, index: dict[str, str]) -> None:
    held = git.read("ls-files", "-z", "--", f":(literal){path}", environment=index)
    _feed(git, [f"0 {'0' * 40}\t{line}" for line in held.decode().split("\0")[:-1]], index)


def _feed(git: Plumbing, lines: Sequence[str], index: dict[str, str]) -> None:
    text = "".join(f"{line}\0" for line in lines)
    git.run(
        "update-index", "--replace", "-z", "--index-info", feed=text.encode(), environment=index
    )


def commit(
    git: Plumbing, tree: str, parents: Sequence[str], message: str, people: tuple[Person, Person]
) -> str:
    """The SHA of a new commit; `people` are its author and its committer."""
    who: dict[str, str] = {}
    for role, person in zip(("AUTHOR", "COMMITTER"), people, strict=True):
        who |= {f"GIT_{role}_NAME": person.name, f"GIT_{role}_EMAIL": person.email}
        who |= {f"GIT_{role}_DATE": person.date}
    flags = [flag for parent in parents for flag in ("-p", parent)]
    return git.run("commit-tree", tree, *flags, feed=message.encode(), environment=who)


def merge(git: Plumbing, base: str, head: str) -> str | None:
    """The tree of both merged; None where they conflict."""
    try:
        return git.run("merge-tree", "--write-tree", base, head).splitlines()[0]
    except GitFault:
        return None
