"""Files and directories by their path; a file written with a commit of its own."""

from __future__ import annotations

import base64
import binascii

from tests.github import commit, event, git_data, tree
from tests.github.call import Answer, Call, Trouble, not_found
from tests.github.plumbing import Entry, Person
from tests.github.sample import Shown, stamp

INLINE_LIMIT = 1024 * 1024
MOST = 1000


def get(call: Call) -> Answer:
    """GET …/contents/{path}: a file's content, or what a directory holds."""
    git, path = call.repository.git, call.params["path"].strip("/")
    sha = git.resolve(call.query.get("ref") or call.repository.default_branch)
    if sha is None:
        raise Trouble(404, f"No commit found for the ref {call.query.get('ref', '')}".strip())
    if not path:
        return Answer([_shown(call, sha, e) for e in git.entries(sha)])
    found = git.entries(sha, path)
    if not found:
        raise not_found()
    if found[0].type == "tree":
        inside = git.entries(found[0].sha)[:MOST]
        listed = [Entry(e.mode, e.type, e.sha, f"{path}/{e.path}", e.size) for e in inside]
        return Answer([_shown(call, sha, e) for e in listed])
    return Answer(_shown(call, sha, found[0]) | _content(call, found[0]))


def _content(call: Call, entry: Entry) -> Shown:
    size = entry.size or 0
    if size > 100 * INLINE_LIMIT:
        raise Trouble(403, "This API returns blobs up to 100 MB in size.")
    if size > INLINE_LIMIT:  # the content has to be asked for as a blob
        return {"encoding": "none", "content": ""}
    data = call.repository.git.content(entry.sha)
    return {"encoding": "base64", "content": base64.encodebytes(data).decode()}


def _shown(call: Call, ref: str, entry: Entry) -> Shown:
    kinds = {"tree": "dir", "blob": "file", "commit": "submodule"}
    web = f"{call.world.url}/{call.repository.full_name}"
    place = f"{call.api}/contents/{entry.path}?ref={ref}"
    blob = f"{call.api}/git/{entry.type}s/{entry.sha}"
    page = f"{web}/{'tree' if entry.type == 'tree' else 'blob'}/{ref}/{entry.path}"
    raw = f"{web}/raw/{ref}/{entry.path}" if entry.type == "blob" else None
    return {
        "type": kinds[entry.type],
        "name": entry.path.rpartition("/")[2],
        "path": entry.path,
        "sha": entry.sha,
        "size": entry.size or 0,
        "url": place,
        "git_url": blob,
        "html_url": page,
        "download_url": raw,
        "_links": {"self": place, "git": blob, "html": page},
    }


def put(call: Call) -> Answer:
    """PUT …/contents/{path}: `sha` names the content that is replaced."""
    git, body = call.repository.git, call.body
    path = call.params["path"].strip("/")
    branch = body.get("branch") or call.repository.default_branch
    tip = git.resolve(f"heads/{branch}")
    if tip is None:
        raise Trouble(404, f"Branch {branch} not found")
    there = git.entries(tip, path)
    if there and not body.get("sha"):
        raise Trouble(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if body.get("sha") and (not there or there[0].sha != body["sha"]):
        raise Trouble(409, f"{path} does not match {body['sha']}")
    try:
        blob = git.blob(base64.b64decode("".join(body["content"].split()), validate=True))
    except binascii.Error:
        raise Trouble(422, "content is not valid Base64") from None
    made = tree.make(git, [{"path": path, "mode": "100644", "sha": blob}], tip)
    sha = tree.commit(git, made, [tip], call.text("Commit", "message"), _people(call))
    git.set_ref(f"refs/heads/{branch}", sha)
    event.pushed(call.world, call.repository, branch, call.actor.who, tip)
    content = _shown(call, sha, git.entries(sha, path)[0])
    return Answer({"content": content, "commit": git_data.shown(call, sha)}, 200 if there else 201)


def _people(call: Call) -> tuple[Person, Person]:
    who = call.actor.who
    mail = who.email or f"{who.id}+{who.login}@users.noreply.github.com"
    own = {"name": who.login, "email": mail, "date": stamp(call.world.now()) or ""}
    author, committer = (own | (call.body.get(role) or {}) for role in ("author", "committer"))
    return Person(**author), Person(**committer)


def branches(call: Call) -> Answer:
    """GET …/branches."""
    listed = [
        {
            "name": name.removeprefix("refs/heads/"),
            "commit": {"sha": sha, "url": f"{call.api}/commits/{sha}"},
            "protected": False,
        }
        for name, _, sha in call.repository.git.refs("refs/heads/")
    ]
    return Answer(listed)


def branch(call: Call) -> Answer:
    """GET …/branches/{branch}."""
    name = call.params["branch"]
    refs = call.repository.git.refs(f"refs/heads/{name}")
    sha = next((sha for ref, _, sha in refs if ref == f"refs/heads/{name}"), None)
    if sha is None:
        raise Trouble(404, "Branch not found")
    place = f"{call.api}/branches/{name}"
    page = f"{call.world.url}/{call.repository.full_name}/tree/{name}"
    return Answer(
        {
            "name": name,
            "commit": commit.shown(call, sha),
            "_links": {"self": place, "html": page},
            "protected": False,
            "protection": {"enabled": False},
            "protection_url": f"{place}/protection",
        }
    )
