"""The shapes of what a forge holds, the same for every forge; `port` offers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Author:
    """A person who answers for a commit: login, and the forge's numeric id where it is known."""

    login: str
    id: int = 0


@dataclass(frozen=True)
class Message:
    """What a commit says. `at` makes a repeated commit the same commit; it carries a zone."""

    subject: str
    process: str  # `<workflow id>/<run>`: whose branch this is
    at: datetime
    authors: tuple[Author, ...] = ()


@dataclass(frozen=True)
class Comment:
    """A remark on a pull request or issue."""

    text: str
    at: datetime


@dataclass(frozen=True)
class CommitStatus:
    """What was said of a commit. `state` is success, pending, failure or error."""

    commit: str
    state: str
    text: str
    url: str


@dataclass(frozen=True)
class Turn:
    """Somebody closed a pull request or opened it again; `number` grows from turn to turn."""

    number: int
    state: str  # closed or open
    by: Author | None
    at: datetime


@dataclass(frozen=True)
class PullRequest:
    """A pull request into `base`. `branch` holds the proposal, `marker` names its process.

    `comments` are our own. Lists and searches may leave out comments, status and turns.
    `edited`: people have changed title or body since we wrote them, so they are not replaced.
    """

    number: int
    title: str
    body: str
    labels: tuple[str, ...]
    branch: str
    base: str
    marker: str
    state: str  # open, closed or merged
    url: str
    at: datetime
    comments: tuple[Comment, ...] = field(default=())
    ended_by: Author | None = None
    ended_at: datetime | None = None
    status: CommitStatus | None = None
    turns: tuple[Turn, ...] = ()
    edited: bool = False


@dataclass(frozen=True)
class Fate:
    """What became of a pull request: `head` is the newest commit of its branch.

    `by` and `at` tell who merged or closed it and when, where the forge knows; `turns` are all
    closings and reopenings, oldest first, without the one that a merge is.
    """

    state: str  # open, closed or merged
    head: str
    by: Author | None = None
    at: datetime | None = None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Issue:
    """An issue. `target` is one of TARGETS, `repository` the upstream's URL where it is one."""

    number: int
    target: str
    repository: str
    title: str
    body: str
    marker: str
    state: str  # open or closed
    url: str
    at: datetime


@dataclass(frozen=True)
class FileDiff:
    """A file that a pull request touches.

    `state` is added, changed or removed; `text` a unified diff, empty for binary files and cut
    where `cut` says so; sizes are bytes, None where there is no such side.
    """

    path: str
    state: str
    text: str = ""
    cut: bool = False
    before_size: int | None = None
    after_size: int | None = None


@dataclass(frozen=True)
class Write:
    """A change that a dry run did not send: method, address, JSON body.

    Of a file's content the body tells size and digest only.
    """

    method: str
    path: str
    body: str
