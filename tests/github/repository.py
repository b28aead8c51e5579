"""A repository on GitHub: who may do what with it, its issues, pull requests and statuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tests.github.account import Account
from tests.github.plumbing import Plumbing

ROLES = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(eq=False)
class Comment:
    """A remark on an issue or pull request."""

    id: int
    author: Account
    body: str
    at: datetime
    changed: datetime
    by_app: int | None = None


@dataclass(frozen=True)
class Event:
    """Something that was done to an issue: closed, reopened, merged."""

    id: int
    name: str
    actor: Account
    at: datetime


@dataclass(eq=False)
class Label:
    """A label that a repository has."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(eq=False)
class Pull:
    """What makes an issue a pull request. `head` and `base` are commits, kept at its end."""

    head_repository: Repository
    head_branch: str
    base_branch: str
    draft: bool = False
    head: str = ""
    base: str = ""
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit: str | None = None


@dataclass(eq=False)
class Issue:
    """An issue; with `pull` it is a pull request. Both count from the same numbers."""

    id: int
    number: int
    author: Account
    title: str
    body: str | None
    at: datetime
    changed: datetime
    state: str = "open"
    reason: str | None = None
    closed_at: datetime | None = None
    closed_by: Account | None = None
    labels: list[Label] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    assignees: list[Account] = field(default_factory=list)
    pull: Pull | None = None
    by_app: int | None = None


@dataclass(eq=False)
class Status:
    """The state that somebody reported about a commit."""

    id: int
    sha: str
    state: str
    context: str
    description: str | None
    target_url: str | None
    creator: Account
    at: datetime


@dataclass(eq=False)
class Repository:
    """A repository; `roles` maps an account's id to one of ROLES."""

    id: int
    owner: Account
    name: str
    git: Plumbing
    at: datetime
    private: bool = False
    archived: bool = False
    default_branch: str = "main"
    parent: Repository | None = None
    roles: dict[int, str] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)  # by lower-cased name
    issues: dict[int, Issue] = field(default_factory=dict)
    statuses: list[Status] = field(default_factory=list)
    has_issues: bool = True

    @property
    def full_name(self) -> str:
        """`owner/name`, as GitHub writes it."""
        return f"{self.owner.login}/{self.name}"

    @property
    def network(self) -> Repository:
        """The repository that this one and its siblings were forked from."""
        return self.parent.network if self.parent else self

    def role(self, account: Account | None) -> str:
        """What an account may do here; everybody may read what is public."""
        if account and (account is self.owner or account.id in self.owner.owners):
            return "admin"
        given = self.roles.get(account.id, "none") if account else "none"
        return "read" if given == "none" and not self.private else given

    def may(self, account: Account | None, role: str) -> bool:
        """Whether the account has that role or a higher one."""
        return ROLES.index(self.role(account)) >= ROLES.index(role)
