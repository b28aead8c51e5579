"""The shape of a process page such as `family_pr`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from activities.authoring import TaskModule

Steps = Mapping[str, tuple[TaskModule, ...]]


class Kind(Protocol):
    """A module that defines a kind of process: steps in order, their tasks in parallel."""

    @property
    def TITLE(self) -> str:  # noqa: N802  a constant  a literal of the module
        """The kind's name for people."""

    @property
    def VERSION(self) -> int:  # noqa: N802  a constant
        """Raised whenever the shape changes: it voids and restarts what is open."""

    @property
    def STEPS(self) -> Steps:  # noqa: N802  a constant
        """Title -> task modules."""

    @property
    def ON_FAILURE(self) -> Steps:  # noqa: N802  a constant
        """The steps after one that was closed as failed."""
