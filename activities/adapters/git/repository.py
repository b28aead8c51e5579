"""A repository's commits and files: names to a commit, a commit to files, never a checkout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from activities.adapters.git.command import Faulty, git, git_dir
from workflows.domain.request import REF

MOST_ITEMS = 200_000
LARGEST_ITEM = 48 * 2**20  # bytes
FETCH_LIMIT = 600.0  # seconds

_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Commit:
    """A commit by its full SHA; `ref` is the full name of a branch or tag that points at it."""

    sha: str
    ref: str = ""


@dataclass(frozen=True)
class Item:
    """An entry of a commit's tree. `mode` is 100644 or 100755 for files, 120000 for a symbolic
    link, 160000 for a submodule; `size` is in bytes, 0 for a submodule."""

    path: str
    mode: str
    type: str
    size: int
    oid: str

    @property
    def is_file(self) -> bool:
        """Whether this is an ordinary file, no link and no submodule."""
        return self.type == "blob" and self.mode in ("100644", "100755", "100664")


async def resolve(repository: str, ref: str) -> Commit:
    """Find the commit that a branch, a tag or a full SHA names now.

    `repository` is an address from `allowed`. Faulty where there is no such name or two.
    """
    if not REF.fullmatch(ref) or ".." in ref:
        raise Faulty(f"“{ref[:80]}” is not the name of a branch, tag or commit.")
    if _SHA.fullmatch(ref.lower()):
        refs = await _refs(repository)
        return Commit(ref.lower(), next((n for n, sha in refs.items() if sha == ref.lower()), ""))
    names = [ref] if ref.startswith("refs/") else [f"refs/heads/{ref}", f"refs/tags/{ref}"]
    refs = await _refs(repository, *names)
    found = {name: refs[name] for name in names if name in refs}
    if len(set(found.values())) > 1:
        raise Faulty(f"“{ref}” is both a branch and a tag; write {' or '.join(found)}.")
    for name, sha in found.items():
        return Commit(sha, name)
    raise Faulty(
        f"The repository has no branch or tag “{ref}”. A commit is named by all its 40 characters."
    )


async def _refs(repository: str, *names: str) -> dict[str, str]:
    """Branches and tags and the commits they point at; all where no names are given."""
    wanted = [pattern for name in names for pattern in (name, f"{name}^{{}}")]
    which = () if names else ("--heads", "--tags")
    lines = await git("ls-remote", *which, "--", repository, *wanted, url=repository)
    refs: dict[str, str] = {}
    for line in lines.decode(errors="replace").splitlines():
        sha, _, name = line.partition("\t")
        if _SHA.fullmatch(sha):
            # The line of an annotated tag is followed by one for the commit it stands for.
            refs[name.removesuffix("^{}")] = sha
    return refs


async def fetch(repository: str, sha: str, folder: Path) -> None:
    """Get exactly one commit into a new bare repository at `folder`, an absolute path."""
    await git("init", "--quiet", "--bare", "--template=", "--", str(folder))
    await git(
        *git_dir(folder),
        *("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules"),
        *("--no-write-fetch-head", "--no-auto-maintenance", "--", repository, sha),
        url=repository,
        limit=FETCH_LIMIT,
    )
    kind = (await git(*git_dir(folder), "cat-file", "-t", sha)).decode().strip()
    if kind != "commit":
        raise Faulty(f"{sha} is no commit but a {kind}.")


async def tree(folder: Path, sha: str) -> list[Item]:
    """All files, links and submodules of a commit, in git's order."""
    listed = await git(*git_dir(folder), "ls-tree", "-r", "-z", "--long", "--full-tree", sha, "--")
    lines = listed.split(b"\0")[:-1]
    if len(lines) > MOST_ITEMS:
        raise Faulty(f"The repository has more than {MOST_ITEMS} files.")
    return [_item(line.decode(errors="backslashreplace")) for line in lines]


def _item(line: str) -> Item:
    facts, _, path = line.partition("\t")
    mode, kind, oid, size = facts.split()
    return Item(path, mode, kind, int(size) if size.isdigit() else 0, oid)


async def read(folder: Path, item: Item) -> bytes:
    """The content of one file. Faulty where it is no ordinary file or too big."""
    if not item.is_file or not _SHA.fullmatch(item.oid):
        raise Faulty(f"{item.path} is no ordinary file.")
    if item.size > LARGEST_ITEM:
        raise Faulty(f"{item.path} is too big: {item.size >> 20} of {LARGEST_ITEM >> 20} MB.")
    answer = await git(*git_dir(folder), "cat-file", "--batch", given=f"{item.oid}\n".encode())
    header, _, content = answer.partition(b"\n")
    if header.split() != [item.oid.encode(), b"blob", str(item.size).encode()]:
        raise Faulty(f"{item.path} could not be read: {header.decode(errors='replace')[:80]}")
    return content[: item.size]
