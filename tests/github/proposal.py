"""Takes a pull request through the API step by step, as tests need one."""

from __future__ import annotations

import base64
from typing import Any

import httpx

FONTS = "/repos/google/fonts"


async def commit(
    client: httpx.AsyncClient, files: dict[str, bytes | None], home: str = FONTS
) -> str:
    """A commit on main's tip with these files; None takes one away. Its SHA."""
    tip = (await client.get(f"{home}/git/ref/heads/main")).json()["object"]["sha"]
    entries: list[dict[str, Any]] = []
    for path, content in files.items():
        sha = None
        if content is not None:
            body = {"content": base64.b64encode(content).decode(), "encoding": "base64"}
            sha = (await client.post(f"{home}/git/blobs", json=body)).json()["sha"]
        entries.append({"path": path, "mode": "100644", "type": "blob", "sha": sha})
    laid = {"base_tree": tip, "tree": entries}
    tree = (await client.post(f"{home}/git/trees", json=laid)).json()["sha"]
    made = {"message": "Karla: Version 2.004 added", "tree": tree, "parents": [tip]}
    answer = await client.post(f"{home}/git/commits", json=made)
    return str(answer.json()["sha"])


async def branch(
    client: httpx.AsyncClient, name: str, files: dict[str, bytes | None], home: str = FONTS
) -> httpx.Response:
    """A branch with such a commit."""
    sha = await commit(client, files, home)
    return await client.post(f"{home}/git/refs", json={"ref": f"refs/heads/{name}", "sha": sha})


async def pull(
    client: httpx.AsyncClient, name: str = "karla", home: str = FONTS, **more: Any
) -> httpx.Response:
    """A pull request from a branch to main."""
    body = {"title": "Karla: Version 2.004 added", "head": name, "base": "main", **more}
    return await client.post(f"{home}/pulls", json=body)
