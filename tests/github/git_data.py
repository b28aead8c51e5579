"""Git's objects one by one: blobs, trees, commits."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import Any

from tests.github import tree
from tests.github.call import Answer, Call, Trouble, invalid, not_found
from tests.github.plumbing import EMPTY_TREE, Entry, Person
from tests.github.sample import Shown, node, sample, stamp

SHA = re.compile(r"[0-9a-f]{40}")
BLOB_LIMIT = 100 * 1024 * 1024
IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>.*)> (?P<at>\d+) [+-]\d{4}")


def create_blob(call: Call) -> Answer:
    """POST …/git/blobs."""
    content = call.body["content"]
    encoding = call.body.get("encoding", "utf-8")
    if encoding == "base64":
        try:
            data = base64.b64decode("".join(content.split()), validate=True)
        except binascii.Error:
            raise Trouble(422, "content is not valid Base64") from None
    elif encoding == "utf-8":
        data = content.encode()
    else:
        raise Trouble(422, f"Unsupported encoding {encoding}")
    if len(data) > BLOB_LIMIT:
        raise Trouble(422, "Sorry, your input was too large to process.")
    sha = call.repository.git.blob(data)
    return Answer({"sha": sha, "url": f"{call.api}/git/blobs/{sha}"}, 201)


def get_blob(call: Call) -> Answer:
    """GET …/git/blobs/{file_sha}."""
    sha = _object(call, call.params["file_sha"], "blob")
    content = call.repository.git.content(sha)
    known = {
        "content": base64.encodebytes(content).decode(),
        "encoding": "base64",
        "url": f"{call.api}/git/blobs/{sha}",
        "sha": sha,
        "size": len(content),
        "node_id": node("B", sha),
    }
    return Answer(known)


def _object(call: Call, sha: str, kind: str) -> str:
    if not SHA.fullmatch(sha):
        raise Trouble(422, "The sha parameter must be exactly 40 characters and contain only hex.")
    if call.repository.git.type_of(sha) != kind:
        raise not_found()
    return sha


def create_tree(call: Call) -> Answer:
    """POST …/git/trees: entries over `base_tree`; sha null takes a file away."""
    git, base = call.repository.git, call.body.get("base_tree")
    if base is not None and (
        not SHA.fullmatch(base) or git.type_of(base) not in {"tree", "commit"}
    ):
        raise Trouble(422, "base_tree is not a valid tree oid")
    entries = [_entry(call, dict(entry)) for entry in call.body["tree"]]
    if not entries:
        raise Trouble(422, "Invalid tree info")
    if base is None and any(entry["sha"] is None for entry in entries):
        raise Trouble(422, "GitRPC::BadObjectState")
    for entry in entries:
        if entry["sha"] is None and not git.entries(base, entry["path"]):
            raise Trouble(422, "GitRPC::BadObjectState")
    made = tree.make(git, entries, base)
    return Answer(_tree(call, made, git.entries(made)), 201)


def _entry(call: Call, entry: dict[str, Any]) -> dict[str, Any]:
    path = entry.get("path") or ""
    parts = path.split("/")
    if not path or any(part in {"", ".", "..", ".git"} for part in parts):
        raise Trouble(422, "tree.path contains a malformed path component")
    if entry.get("mode") not in tree.MODES:
        raise Trouble(422, "Must supply a valid tree.mode")
    if "content" in entry and "sha" in entry:
        raise Trouble(422, "Must supply either tree.sha or tree.content")
    if "content" in entry:
        entry["sha"] = call.repository.git.blob(entry["content"].encode())
    elif "sha" not in entry:
        raise Trouble(422, "Must supply tree.sha or tree.content")
    sha, kind = entry["sha"], tree.MODES[entry["mode"]]
    if sha is not None and kind != "commit" and call.repository.git.type_of(sha) != kind:
        raise Trouble(422, f"tree.sha {sha} is not a valid {kind}")
    return entry


def _tree(call: Call, sha: str, entries: list[Entry]) -> Shown:
    return {
        "sha": sha,
        "url": f"{call.api}/git/trees/{sha}",
        "tree": [
            {"path": e.path, "mode": e.mode, "type": e.type, "sha": e.sha}
            | ({"size": e.size} if e.size is not None else {})
            | ({"url": f"{call.api}/git/{e.type}s/{e.sha}"} if e.type != "commit" else {})
            for e in entries
        ],
        "truncated": False,
    }


def get_tree(call: Call) -> Answer:
    """GET …/git/trees/{tree_sha}: also by branch or commit; `recursive`, whatever its value."""
    git, wanted = call.repository.git, call.params["tree_sha"]
    name, _, inside = wanted.partition(":")
    if SHA.fullmatch(name) and git.type_of(name) == "tree":
        root: str | None = name
    else:
        commit = git.resolve(name)
        root = git.run("rev-parse", f"{commit}^{{tree}}") if commit else None
    if root and inside:
        found = [e for e in git.entries(root, inside.rstrip("/")) if e.type == "tree"]
        root = found[0].sha if found else None
    if root is None:
        raise not_found()
    entries = [] if root == EMPTY_TREE else git.entries(root, recursive="recursive" in call.query)
    return Answer(_tree(call, root, entries))


def create_commit(call: Call) -> Answer:
    """POST …/git/commits: without an author it is the asker's, and then GitHub signs an App's."""
    git, world = call.repository.git, call.world
    root, parents = call.body["tree"], call.body.get("parents", [])
    if not SHA.fullmatch(root) or git.type_of(root) != "tree":
        raise Trouble(422, "Tree SHA does not exist")
    if any(not SHA.fullmatch(p) or git.type_of(p) != "commit" for p in parents):
        raise Trouble(422, "Parent SHA does not exist or is not a commit object")
    call.text("Commit", "message")
    who = call.actor.who
    mail = who.email or f"{who.id}+{who.login}@users.noreply.github.com"
    own = {"name": who.login, "email": mail, "date": stamp(world.now())}
    author = own | call.body.get("author", {})
    committer = author | call.body.get("committer", {})
    people = tuple(Person(p["name"], p["email"], str(p["date"])) for p in (author, committer))
    sha = tree.commit(git, root, parents, call.body["message"], (people[0], people[1]))
    return Answer(shown(call, sha), 201)


def get_commit(call: Call) -> Answer:
    """GET …/git/commits/{commit_sha}."""
    return Answer(shown(call, _object(call, call.params["commit_sha"], "commit")))


def shown(call: Call, sha: str) -> Shown:
    """A commit as git has it."""
    git = call.repository.git
    head, _, message = git.read("cat-file", "commit", sha).decode().partition("\n\n")
    lines = [line.partition(" ")[::2] for line in head.splitlines()]
    fields = {name: value for name, value in lines if name != "parent"}
    parents = [value for name, value in lines if name == "parent"]
    web = f"{call.world.url}/{call.repository.full_name}/commit"
    known = {
        "sha": sha,
        "node_id": node("C", sha),
        "url": f"{call.api}/git/commits/{sha}",
        "html_url": f"{web}/{sha}",
        "author": person(fields["author"]),
        "committer": person(fields["committer"]),
        "tree": {"sha": fields["tree"], "url": f"{call.api}/git/trees/{fields['tree']}"},
        "message": message.removesuffix("\n"),
        "parents": [
            {"sha": p, "url": f"{call.api}/git/commits/{p}", "html_url": f"{web}/{p}"}
            for p in parents
        ],
        "verification": _unsigned(),
    }
    return sample("git/create-commit", 201, call.world.url, known, call.repository.full_name)


def person(line: str) -> Shown:
    """An author's line of a commit."""
    match = IDENTITY.fullmatch(line)
    if match is None:
        raise invalid("Commit", "author", "invalid")
    at = datetime.fromtimestamp(int(match["at"]), UTC)
    return {"name": match["name"], "email": match["email"], "date": stamp(at)}


def _unsigned() -> Shown:
    empty = {"signature": None, "payload": None, "verified_at": None}
    return {"verified": False, "reason": "unsigned", **empty}
