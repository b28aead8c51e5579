"""Issues on GitHub: one per process and repository, found by its marker before it is filed."""

from __future__ import annotations

import re
from datetime import datetime

from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.mark import MARKER
from activities.adapters.forge.port import (
    DISPATCHER,
    GOOGLE_FONTS,
    UPSTREAM,
    Issue,
    NotFound,
    Refused,
)
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing, NotInstalled
from activities.adapters.github.setting import github_settings


class Issues:
    """Issues at upstream repositories, the target, and our own tracker."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def open(self, target: str, title: str, body: str, marker: str, repository: str) -> Issue:
        """File it, or find the one with that marker."""
        place = self._place(target, repository)
        try:
            async for raw in self.connection.ours(place):
                if "pull_request" not in raw and marker in (raw["body"] or ""):
                    return shown(raw, target, repository)
            path = repo_path(place, "issues")
            would = {"number": 0, "title": title, "body": body, "state": "open", "html_url": ""}
            would["created_at"] = "2008-04-10T00:00:00Z"
            raw = await self.connection.write("POST", path, would, title=title, body=body)
        except (Missing, NotInstalled) as said:
            raise Refused(
                f"No issue can be filed at {place}: it has no issues, or our App is not "
                f"installed there. Choose another place. {said}"
            ) from None
        return shown(raw, target, repository)

    async def get(self, number: int, target: str, repository: str) -> Issue:
        """One issue of one of the places."""
        path = repo_path(self._place(target, repository), "issues", number)
        try:
            return shown(await self.connection.github.get(path), target, repository)
        except Missing:
            raise NotFound(f"There is no issue {number}.") from None

    async def all(self) -> list[Issue]:
        """Those at the target and at our own tracker that bear a marker, newest first."""
        tracker = github_settings().dispatcher_repository
        places = {GOOGLE_FONTS: self.connection.target} | ({DISPATCHER: tracker} if tracker else {})
        found = [
            shown(raw, target, "")
            for target, place in places.items()
            async for raw in self.connection.ours(place)
            if "pull_request" not in raw and MARKER.search(raw["body"] or "")
        ]
        return sorted(found, key=lambda issue: (issue.at, issue.number), reverse=True)

    def _place(self, target: str, repository: str) -> str:
        """`owner/name` of where an issue goes."""
        if target == GOOGLE_FONTS:
            return self.connection.target
        if target == UPSTREAM:
            return _name(repository)
        if tracker := github_settings().dispatcher_repository:
            return tracker
        raise Refused("There is no tracker of our own: GITHUB_DISPATCHER_REPOSITORY is not set.")


def _name(repository: str) -> str:
    """`owner/name` of an upstream's address; Refused where it is not on this GitHub."""
    home = re.escape(github_settings().url.rstrip("/"))
    found = re.fullmatch(rf"{home}/([\w.-]+/[\w.-]+?)(?:\.git)?/?", repository, re.IGNORECASE)
    if not found:
        raise Refused(
            f"{repository[:200]} is not on {github_settings().url}. Choose another place."
        )
    return found[1]


def shown(raw: Json, target: str, repository: str) -> Issue:
    """An issue as GitHub tells it."""
    body = raw["body"] or ""
    marker = MARKER.search(body)
    return Issue(
        raw["number"],
        target,
        repository,
        raw["title"],
        body,
        marker[0] if marker else "",
        raw["state"],
        raw["html_url"],
        datetime.fromisoformat(raw["created_at"]),
    )
