"""Where pull requests and issues are read when they live on GitHub: there, and not here.

The target has thousands of others; a search shows ours, and costs none of our requests.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from activities.adapters.github.setting import github_settings
from activities.adapters.settings import settings

BRANCHES = "is:pr head:family-pr/"
"""GitHub's search takes the beginning of a branch's name."""


def elsewhere(kind: str, number: int = 0) -> str:
    """The address on GitHub of our pulls or issues, or of one; empty where this site has them."""
    if settings().target != "github":
        return ""
    chosen = github_settings()
    home = chosen.url.rstrip("/")
    if kind == "pulls":
        place = f"{home}/{quote(chosen.repository)}"
        return f"{place}/pull/{number}" if number else f"{place}/pulls?{urlencode({'q': BRANCHES})}"
    if number and chosen.dispatcher_repository:
        return f"{home}/{quote(chosen.dispatcher_repository)}/issues/{number}"
    # They are at upstream repositories, too; each has a link to its process.
    words = f'is:issue in:body "{settings().site_url.rstrip("/")}/processes/"'
    return f"{home}/search?{urlencode({'type': 'issues', 'q': words})}"
