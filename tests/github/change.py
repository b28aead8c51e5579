"""The files that differ between two commits."""

from __future__ import annotations

from tests.github.call import Call
from tests.github.plumbing import Plumbing
from tests.github.sample import Shown

WORDS = {"A": "added", "M": "modified", "D": "removed", "T": "changed"}


def changes(call: Call, git: Plumbing, span: str, head: str) -> list[Shown]:
    """The files that differ, as GitHub lists them; text files with their patch."""
    raw = git.read("diff", "--raw", "-z", "--no-abbrev", "--no-renames", span).decode()
    parts = raw.split("\0")[:-1]
    counts = git.read("diff", "--numstat", "-z", "--no-renames", span).decode().split("\0")
    lines = {path: (a, d) for a, d, path in (c.split("\t") for c in counts if c)}
    found = []
    for info, path in zip(parts[::2], parts[1::2], strict=True):
        _, _, old, new, letter = info.split()
        added, deleted = (int(n) if n != "-" else 0 for n in lines.get(path, ("0", "0")))
        web = f"{call.world.url}/{call.repository.full_name}"
        one: Shown = {
            "sha": old if letter == "D" else new,
            "filename": path,
            "status": WORDS[letter[0]],
            "additions": added,
            "deletions": deleted,
            "changes": added + deleted,
            "blob_url": f"{web}/blob/{head}/{path}",
            "raw_url": f"{web}/raw/{head}/{path}",
            "contents_url": f"{call.api}/contents/{path}?ref={head}",
        }
        if lines.get(path, ("-",))[0] != "-":
            patch = git.run("diff", "--no-renames", span, "--", f":(literal){path}")
            one["patch"] = "@@" + patch.partition("\n@@")[2] if "\n@@" in patch else ""
        found.append(one)
    return found
