"""The GitHub that a demo works against: a strict stand-in, or the one that the settings name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

_SECRET = re.compile(r"GITHUB_\w*(SECRET|TOKEN|PRIVATE_KEY)")


class Violated(Exception):  # noqa: N818  reads as a sentence: the description is violated
    """Something was asked or answered that GitHub does not describe."""


@dataclass(frozen=True)
class GitHubThere:
    """A GitHub that is up. `settings` are all that a set is told about it."""

    settings: Mapping[str, str]
    is_stand_in: bool

    @classmethod
    def named(cls) -> GitHubThere:
        """The one that the environment names."""
        names = ("SIGN_IN", "ENGINEERS", "DESIGNERS", "UPSTREAM_ALLOW")
        told = {n: v for n, v in os.environ.items() if n.startswith("GITHUB_") or n in names}
        return cls({**told, "TARGET": "github"}, False)

    @property
    def api(self) -> str:
        """Where programs find it."""
        return self.settings.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")

    @property
    def url(self) -> str:
        """Where people and git find it."""
        return self.settings.get("GITHUB_URL", "https://github.com").rstrip("/")

    @property
    def target(self) -> str:
        """The repository that pull requests go to."""
        return self.settings.get("GITHUB_REPOSITORY", "google/fonts")

    @property
    def head(self) -> str:
        """The repository that branches are written to."""
        return self.settings.get("GITHUB_HEAD_REPOSITORY") or self.target

    @property
    def signs_in(self) -> bool:
        """Whether people sign in there, instead of choosing who they are."""
        return self.settings.get("SIGN_IN") == "github"

    async def secrets(self) -> list[str]:
        """Every secret and token that it has handed out; of a real one, those given to us."""
        given = [value for name, value in self.settings.items() if _SECRET.fullmatch(name)]
        return [*given, *(await self._desk("secrets") if self.is_stand_in else [])]

    async def record(self) -> list[str]:
        """One line per operation that was used, where there is a record. Raises Violated."""
        if not self.is_stand_in:
            return []
        record = await self._desk("record")
        if record["violations"]:
            raise Violated("Not as GitHub describes it: " + " ".join(record["violations"]))
        return list(record["operations"])

    async def _desk(self, name: str) -> Any:
        async with httpx.AsyncClient(trust_env=False) as http:
            return (await http.get(f"{self.url}/-/{name}")).raise_for_status().json()
