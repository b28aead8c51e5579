"""Two commits held against each other: which is ahead, and where they parted."""

from __future__ import annotations

from tests.github.call import Answer, Call, not_found
from tests.github.change import changes
from tests.github.commit import shown


def get(call: Call) -> Answer:
    """GET …/compare/{base}...{head}: the files are on the first page only."""
    git, (base, dots, head) = call.repository.git, call.params["basehead"].partition("...")
    older, newer = git.resolve(base), git.resolve(head)
    if not dots or older is None or newer is None:
        raise not_found()
    parted = git.run("merge-base", older, newer)
    ahead, behind = (
        git.run("rev-list", span).split() for span in (f"{older}..{newer}", f"{newer}..{older}")
    )
    size, page = int(call.query.get("per_page", 250)), int(call.query.get("page", 1))
    listed = list(reversed(ahead))[(page - 1) * size : page * size]
    web = f"{call.world.url}/{call.repository.full_name}/compare/{base}...{head}"
    known = {
        "url": f"{call.api}/compare/{base}...{head}",
        "html_url": web,
        "permalink_url": web,
        "diff_url": f"{web}.diff",
        "patch_url": f"{web}.patch",
        "base_commit": shown(call, older),
        "merge_base_commit": shown(call, parted),
        "status": _status(len(ahead), len(behind)),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": [shown(call, sha, "repos/list-commits") for sha in listed],
    }
    if page == 1:
        known["files"] = changes(call, git, f"{older}...{newer}", newer)
    return Answer(known)


def _status(ahead: int, behind: int) -> str:
    if ahead and behind:
        return "diverged"
    return "ahead" if ahead else "behind" if behind else "identical"
