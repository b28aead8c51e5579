"""Reading back from GitHub itself, by its API and without our client: what the demo has done."""

from __future__ import annotations

import base64
from typing import Any

import httpx
from gfmetadata import FamilyProto, text_format

from local.github_there import GitHubThere
from local.person import Json
from local.readback import BYTE_FOR_BYTE, DIRECTORY, demand

LABEL = "I Font Upgrade"


class ReadBack:
    """Asks GitHub as anybody may, or with GITHUB_TOKEN where that is set."""

    def __init__(self, there: GitHubThere) -> None:
        token = there.settings.get("GITHUB_TOKEN", "")
        headers = {"X-GitHub-Api-Version": "2022-11-28", "User-Agent": "family-pr-demo"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        self.there = there
        self._http = httpx.AsyncClient(headers=headers, timeout=60, follow_redirects=True)

    async def pull_request(self, process: Json, page: str, upstream: tuple[str, str]) -> str:
        """Check the pull request of a process that ended OK; its address.

        `page` is the process page, `upstream` the repository and its tag.
        """
        demand(process["ended"]["status"] == "OK", f"the process ended {process['ended']}")
        [pull] = _one(await self._list(self.there.target, "pulls"), "pull request", page)
        demand(pull["state"] == "open" and not pull["draft"], "the pull request is not open")
        demand("Karla" in pull["title"], f"the title is {pull['title']!r}")
        labels = [label["name"] for label in pull["labels"]]
        demand(labels == [LABEL], f"the labels are {labels}")
        _body(pull["body"], page)
        demand(pull["head"]["repo"]["full_name"] == self.there.head, "the branch is elsewhere")
        branch = await self._get(self.there.head, f"branches/{pull['head']['ref']}")
        demand(branch["commit"]["sha"] == pull["head"]["sha"], "the branch has moved")
        await self._status(pull["head"]["sha"], page)
        await self._tree(pull, upstream)
        return str(pull["html_url"])

    async def issue(self, process: Json, page: str) -> str:
        """Check the issue of a process that ended FAILED; its address."""
        demand(process["ended"]["status"] == "FAILED", f"the process ended {process['ended']}")
        found = await self._list(self.there.target, "issues")
        demand(not any("pull_request" in issue for issue in found), "a pull request was opened")
        [issue] = _one(found, "issue", page)
        demand("Karla" in issue["title"], f"the title is {issue['title']!r}")
        demand("lean too far" in issue["body"], "the reason is not in the issue")
        demand("Traceback" not in issue["body"], "a stack trace is in the issue")
        return str(issue["html_url"])

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()

    async def _status(self, commit: str, page: str) -> None:
        """The state that stands beside the newest commit."""
        found = (await self._get(self.there.target, f"commits/{commit}/status"))["statuses"]
        ours = [status for status in found if status["context"] == "family-pr"]
        demand(len(ours) == 1, f"there are {len(ours)} statuses of ours on {commit}")
        demand(ours[0]["state"] == "success", f"the status is {ours[0]['state']}")
        demand(ours[0]["target_url"] == page, f"the status leads to {ours[0]['target_url']}")

    async def _tree(self, pull: Json, upstream: tuple[str, str]) -> None:
        """The family is exactly the upstream's files, and nothing beside it is changed."""
        base, head = pull["base"]["sha"], pull["head"]["sha"]
        ours, theirs = (
            await self._family(self.there.head, head),
            await self._family(self.there.target, base),
        )
        demand(ours[0] == theirs[0], "something beside the family was changed")
        family = ours[1]
        repository, tag = upstream
        commit = await self._get(repository, f"commits/{tag}")
        source = await self._blobs(repository, commit["commit"]["tree"]["sha"])
        for path, name in BYTE_FOR_BYTE.items():
            demand(source[path] == family.get(name), f"{name} is not the upstream file")
        surplus = set(family) - {*BYTE_FOR_BYTE.values(), "METADATA.pb"}
        demand(not surplus, f"there is more in the pull request: {surplus}")
        await self._metadata(family["METADATA.pb"], repository, str(commit["sha"]))

    async def _family(self, repository: str, commit: str) -> tuple[object, dict[str, str]]:
        """All that is beside the family, level by level, and the blobs of the family."""
        sha = (await self._get(repository, f"git/commits/{commit}"))["tree"]["sha"]
        beside = []
        for name in DIRECTORY.split("/"):
            entries = (await self._get(repository, f"git/trees/{sha}"))["tree"]
            level = {entry["path"]: (entry["mode"], entry["sha"]) for entry in entries}
            demand(name in level, f"{DIRECTORY} is not there")
            sha = level.pop(name)[1]
            beside.append(level)
        return beside, await self._blobs(repository, sha)

    async def _blobs(self, repository: str, tree: str) -> dict[str, str]:
        """Path -> SHA of the content, which is the content for all that matters here."""
        found = await self._get(repository, f"git/trees/{tree}", recursive="1")
        demand(not found["truncated"], f"the tree of {repository} is too big to be read back")
        return {entry["path"]: entry["sha"] for entry in found["tree"] if entry["type"] == "blob"}

    async def _metadata(self, sha: str, repository: str, commit: str) -> None:
        blob = await self._get(self.there.head, f"git/blobs/{sha}")
        text = base64.b64decode(blob["content"]).decode()
        source = text_format.Parse(text, FamilyProto()).source
        demand(source.commit == commit, f"METADATA.pb names the commit {source.commit}")
        address = f"{self.there.url}/{repository}"
        demand(source.repository_url == address, f"METADATA.pb names {source.repository_url}")

    async def _list(self, repository: str, what: str) -> list[Json]:
        found = await self._get(repository, what, state="all", per_page="100", sort="created")
        return list(found)

    async def _get(self, repository: str, path: str, **query: str) -> Any:
        url = f"{self.there.api}/repos/{repository}/{path}"
        response = await self._http.get(url, params=query)
        demand(response.is_success, f"GitHub answers {response.status_code} to {url}")
        return response.json()


def _one(found: list[Json], what: str, page: str) -> list[Json]:
    """The only one that tells of this process page."""
    ours = [item for item in found if page in (item["body"] or "")]
    demand(len(ours) == 1, f"there are {len(ours)} of what should be one {what}")
    return ours


def _body(body: str, page: str) -> None:
    demand(f"<{page}>" in body, "the body does not lead to the record")
    demand("## PR Checklist:" in body, "there is no checklist")
    demand("- [x]" in body, "no box of the checklist is ticked")
    demand("- [ ]" in body, "boxes without evidence are ticked")
    demand("Signed off by ada" in body, "who signed off is not told")
