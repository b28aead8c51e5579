"""Git for strangers' repositories: which ones, which commit, and its files without a checkout."""

from activities.adapters.git.address import NotAllowed, allowed, github_name
from activities.adapters.git.command import Faulty
from activities.adapters.git.repository import Commit, Item, fetch, read, resolve, tree

__all__ = [
    "Commit",
    "Faulty",
    "Item",
    "NotAllowed",
    "allowed",
    "fetch",
    "github_name",
    "read",
    "resolve",
    "tree",
]
