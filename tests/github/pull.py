"""Pull requests: opened, listed, read, changed."""

from __future__ import annotations

from tests.github import event
from tests.github.call import Answer, Call, Trouble, invalid, not_found, paged
from tests.github.issue import make, text_limits
from tests.github.repository import Issue, Pull, Repository
from tests.github.right import refused
from tests.github.view_pull import pull as shown


def find(call: Call) -> tuple[Issue, Pull]:
    """The pull request in the address."""
    number = call.params["pull_number"]
    issue = call.repository.issues.get(int(number) if number.isdecimal() else 0)
    if issue is None or issue.pull is None:
        raise not_found()
    return issue, issue.pull


def _custom(message: str) -> Trouble:
    error = {"resource": "PullRequest", "code": "custom", "message": message}
    return Trouble(422, "Validation Failed", [error])


def _head(call: Call) -> tuple[Repository, str]:
    """Where `head` is: `branch`, or `owner:branch` in a fork."""
    owner, _, branch = call.text("PullRequest", "head").rpartition(":")
    home = call.repository
    wanted = call.body.get("head_repo")
    if not owner or (owner.lower() == home.owner.login.lower() and wanted in {None, home.name}):
        return home, branch
    for other in call.world.repositories.values():
        mine = other.owner.login.lower() == owner.lower() and call.actor.sees(other)
        if mine and other.network is home.network and wanted in {None, other.name}:
            return other, branch
    raise invalid("PullRequest", "head", "invalid")


def create(call: Call) -> Answer:
    """POST …/pulls, with every refusal that GitHub has for it."""
    home, world = call.repository, call.world
    title = call.text("PullRequest", "title")
    text_limits(call, "PullRequest")
    head_repository, head_branch = _head(call)
    base_branch = call.text("PullRequest", "base")
    base = home.git.resolve(f"heads/{base_branch}")
    head = head_repository.git.resolve(f"heads/{head_branch}")
    if base is None:
        raise invalid("PullRequest", "base", "invalid")
    if head is None:
        raise invalid("PullRequest", "head", "invalid")
    if not _may_offer(call, head_repository):
        raise refused(call.actor)
    _check_new(home, head_repository, head_branch, base_branch)
    home.git.fetch(head_repository.git, head)
    if home.git.run("rev-list", "--count", f"{base}..{head}") == "0":
        label = f"{head_repository.owner.login}:{head_branch}"
        side = head_branch if head_repository is home else label
        raise _custom(f"No commits between {base_branch} and {side}")
    issue = make(call, title, call.body.get("body"))
    draft = bool(call.body.get("draft"))
    issue.pull = Pull(head_repository, head_branch, base_branch, draft, head, base)
    home.git.set_ref(f"refs/pull/{issue.number}/head", head)
    event.pull_request(world, "opened", home, issue, call.actor.who)
    place = f"{call.api}/pulls/{issue.number}"
    return Answer(shown(world, home, issue, "pulls/create"), 201, {"Location": place})


def _may_offer(call: Call, source: Repository) -> bool:
    """Whether who asks may offer what is in there; an App needs an installation there, too."""
    actor = call.actor
    if actor.kind == "installation" and actor.app:
        return call.world.installation_for(actor.app, source) is not None
    return actor.pushes(source) or call.repository.may(actor.account, "write")


def _check_new(home: Repository, source: Repository, branch: str, base: str) -> None:
    """One open pull request for a head and a base: GitHub's real lock against doubles."""
    for issue in home.issues.values():
        found = issue.pull
        if not found or issue.state != "open" or found.head_repository is not source:
            continue
        if (found.head_branch, found.base_branch) == (branch, base):
            raise _custom(f"A pull request already exists for {source.owner.login}:{branch}.")


def get_list(call: Call) -> Answer:
    """GET …/pulls: by state, head (`owner:branch`) and base; newest first."""
    query, home = call.query, call.repository
    wanted = query.get("state", "open")
    pulls = [i for i in home.issues.values() if i.pull and wanted in {"all", i.state}]
    if base := query.get("base"):
        pulls = [i for i in pulls if i.pull and i.pull.base_branch == base]
    owner, colon, branch = query.get("head", "").partition(":")
    if colon:  # without an owner GitHub takes no notice of it
        pulls = [i for i in pulls if i.pull and _label(i.pull) == f"{owner.lower()}:{branch}"]
    key = query.get("sort", "created")
    order = (lambda i: (i.changed, i.number)) if key == "updated" else (lambda i: (i.at, i.number))
    usual = "desc" if "sort" not in query or key == "created" else "asc"
    pulls.sort(key=order, reverse=query.get("direction", usual) == "desc")
    return paged(call, [shown(call.world, home, issue, "pulls/list") for issue in pulls])


def _label(pull: Pull) -> str:
    return f"{pull.head_repository.owner.login.lower()}:{pull.head_branch}"


def get(call: Call) -> Answer:
    """GET …/pulls/{pull_number}."""
    issue, _ = find(call)
    return Answer(shown(call.world, call.repository, issue, "pulls/get"))


def update(call: Call) -> Answer:
    """PATCH …/pulls/{pull_number}: by its author or by those who may push."""
    issue, pull = find(call)
    home, who = call.repository, call.actor.who
    if not (call.actor.pushes(home) or issue.author is who):
        raise refused(call.actor)
    text_limits(call, "PullRequest")
    if "title" in call.body:
        issue.title = call.text("PullRequest", "title")
    if "body" in call.body:
        issue.body = call.body["body"]
    if "base" in call.body:
        tip = home.git.resolve(f"heads/{call.body['base']}")
        if tip is None:
            raise invalid("PullRequest", "base", "invalid")
        pull.base_branch, pull.base = call.body["base"], tip
    issue.changed = call.world.now()
    _change_state(call, issue, pull)
    return Answer(shown(call.world, home, issue, "pulls/update"))


def _change_state(call: Call, issue: Issue, pull: Pull) -> None:
    state, home, who = call.body.get("state"), call.repository, call.actor.who
    if state == "closed":
        event.close(call.world, home, issue, who)
    elif state == "open" and issue.state == "closed":
        tip = pull.head_repository.git.resolve(f"heads/{pull.head_branch}")
        if pull.merged_at or tip is None:
            raise invalid("PullRequest", "state", "invalid", "state cannot be changed.")
        _check_new(home, pull.head_repository, pull.head_branch, pull.base_branch)
        home.git.fetch(pull.head_repository.git, tip)
        pull.head = tip
        event.reopen(call.world, home, issue, who)
