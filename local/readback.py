"""Reading back: whether what the demo has done is really there, and right."""

from __future__ import annotations

import subprocess
from pathlib import Path

from gfmetadata import FamilyProto, text_format

from local.example import TAG
from local.person import Json, Person

DIRECTORY = "ofl/karla"
BYTE_FOR_BYTE = {
    "fonts/ttf/Karla-Regular.ttf": "Karla-Regular.ttf",
    "fonts/ttf/Karla-Italic.ttf": "Karla-Italic.ttf",
    "fonts/ttf/Karla-Bold.ttf": "Karla-Bold.ttf",
    "fonts/ttf/Karla-BoldItalic.ttf": "Karla-BoldItalic.ttf",
    "OFL.txt": "OFL.txt",
    "documentation/DESCRIPTION.en_us.html": "DESCRIPTION.en_us.html",
}


class Wrong(Exception):  # noqa: N818  reads as a sentence
    """Something is not as it has to be."""


def demand(is_so: bool, otherwise: str) -> None:
    """Go on only if something is so."""
    if not is_so:
        raise Wrong(otherwise)


async def pull_request(person: Person, process: Json, state: Path) -> str:
    """Check the pull request of a process that ended OK; its page."""
    demand(process["ended"]["status"] == "OK", f"the process ended {process['ended']}")
    listed = (await person.get("/forge/pulls"))["items"]
    demand(len(listed) == 1, f"there are {len(listed)} pull requests, not one")
    pull = (await person.get(f"/forge/pulls/{listed[0]['number']}"))["item"]
    demand("Karla" in pull["title"], f"the title is {pull['title']!r}")
    demand(pull["labels"] == ["I Font Upgrade"], f"the labels are {pull['labels']}")
    demand("- [x]" in pull["body"], "no box of the checklist is ticked")
    _same_tree(state, pull["branch"])
    return f"/forge/pulls/{pull['number']}"


def _same_tree(state: Path, branch: str) -> None:
    forge, upstream = state / "forge/google-fonts.git", state / "demo/karla.git"
    for source, target in BYTE_FOR_BYTE.items():
        same = _show(upstream, TAG, source) == _show(forge, branch, f"{DIRECTORY}/{target}")
        demand(same, f"{target} is not the upstream file")
    listed = _git(forge, "ls-tree", "-r", "--name-only", branch, f"{DIRECTORY}/").decode().split()
    surplus = {Path(name).name for name in listed} - {*BYTE_FOR_BYTE.values(), "METADATA.pb"}
    demand(not surplus, f"there is more in the pull request: {surplus}")
    metadata = text_format.Parse(_show(forge, branch, f"{DIRECTORY}/METADATA.pb"), FamilyProto())
    commit = _git(upstream, "rev-parse", f"{TAG}^{{commit}}").decode().strip()
    demand(metadata.source.commit == commit, f"METADATA.pb names {metadata.source.commit}")
    changed = _git(forge, "diff", "--name-only", "main", branch).decode().split()
    demand(
        all(name.startswith(f"{DIRECTORY}/") for name in changed),
        f"files outside of the family were changed: {changed}",
    )


async def issue(person: Person, process: Json) -> str:
    """Check the issue of a process that ended FAILED; its page."""
    demand(process["ended"]["status"] == "FAILED", f"the process ended {process['ended']}")
    demand(not (await person.get("/forge/pulls"))["items"], "a pull request was opened")
    listed = (await person.get("/forge/issues"))["items"]
    demand(len(listed) == 1, f"there are {len(listed)} issues, not one")
    found = (await person.get(f"/forge/issues/{listed[0]['number']}"))["item"]
    demand("Karla" in found["title"], f"the title is {found['title']!r}")
    demand("lean too far" in found["body"], "the reason is not in the issue")
    demand("Traceback" not in found["body"], "a stack trace is in the issue")
    return f"/forge/issues/{found['number']}"


def _show(repository: Path, ref: str, path: str) -> bytes:
    return _git(repository, "show", f"{ref}:{path}")


def _git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
