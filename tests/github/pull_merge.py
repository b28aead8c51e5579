"""What a pull request changes, and its merge."""

from __future__ import annotations

from tests.github import event, tree
from tests.github.account import Account
from tests.github.call import Answer, Call, Trouble, not_found, paged
from tests.github.change import changes
from tests.github.commit import shown as shown_commit
from tests.github.plumbing import Person
from tests.github.pull import find
from tests.github.repository import Event, Issue, Repository
from tests.github.right import refused
from tests.github.sample import stamp
from tests.github.world import World


def files(call: Call) -> Answer:
    """GET …/pulls/{pull_number}/files: from where the two sides parted."""
    _, pull = find(call)
    found = changes(call, call.repository.git, f"{pull.base}...{pull.head}", pull.head)
    return paged(call, found)


def commits(call: Call) -> Answer:
    """GET …/pulls/{pull_number}/commits: oldest first."""
    _, pull = find(call)
    span = f"{pull.base}..{pull.head}"
    shas = call.repository.git.run("rev-list", "--reverse", span).split()
    return paged(call, [shown_commit(call, sha, "pulls/list-commits") for sha in shas])


def merged(call: Call) -> Answer:
    """GET …/pulls/{pull_number}/merge: 204 when it is merged."""
    _, pull = find(call)
    if pull.merged_at is None:
        raise not_found()
    return Answer(None, 204)


def put(call: Call) -> Answer:
    """PUT …/pulls/{pull_number}/merge: by those who may push."""
    issue, pull = find(call)
    if not call.actor.pushes(call.repository):
        raise refused(call.actor)
    if call.body.get("sha") not in {None, pull.head}:
        raise Trouble(409, "Head branch was modified. Review and try the merge again.")
    method = call.body.get("merge_method", "merge")
    sha = merge(call.world, call.repository, issue, call.actor.who, method)
    return Answer({"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def merge(world: World, home: Repository, issue: Issue, who: Account, method: str = "merge") -> str:
    """Merge or squash, close, tell of it; the merge commit."""
    pull, git = issue.pull, home.git
    assert pull
    if issue.state == "closed" or pull.draft:
        raise Trouble(405, "Pull Request is not mergeable")
    root = tree.merge(git, pull.base, pull.head)
    if root is None:
        raise Trouble(405, "Pull Request is not mergeable")
    parents = [pull.base] if method == "squash" else [pull.base, pull.head]
    mail = who.email or f"{who.id}+{who.login}@users.noreply.github.com"
    person = Person(who.name, mail, stamp(world.now()) or "")
    text = f"Merge pull request #{issue.number} from {pull.head_branch}\n\n{issue.title}\n"
    sha = tree.commit(git, root, parents, text, (person, person))
    pull.merge_commit, pull.merged_at, pull.merged_by = sha, world.now(), who
    issue.events.append(Event(world.next_id(), "merged", who, world.now()))
    event.close(world, home, issue, who)
    git.set_ref(f"refs/heads/{pull.base_branch}", sha)
    event.pushed(world, home, pull.base_branch, who, pull.base)
    return sha
