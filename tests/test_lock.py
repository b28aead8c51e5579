"""The lock file installs what pyproject.toml asks for, from anywhere, and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text()
NPM_LOCK = (ROOT / "web" / "package-lock.json").read_text()
PINNED = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.M)
}


def asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(r) for r in [*project["dependencies"], *(r for e in extras for r in e)]]


def test_every_requirement_is_met_by_the_lock() -> None:
    for requirement in asked_for():
        version = PINNED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), (
            f"{requirement} is not {version}; run `make lock`"
        )


def test_every_package_has_hashes() -> None:
    blocks = re.findall(r"^[\w.-]+==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+$", LOCK, re.M)
    assert len(blocks) == len(PINNED) > 50


def test_locks_name_no_host_and_no_path() -> None:
    assert not re.search(r"https?:|file:|--index|--find-links|/", LOCK.partition("\n")[2])
    assert '"resolved"' not in NPM_LOCK
    assert NPM_LOCK.count('"integrity"') == NPM_LOCK.count('"node_modules/')


def test_httpx2_is_not_there() -> None:
    """Authlib and Starlette would switch to it at once; this project stays with httpx."""
    assert "httpx2" not in PINNED
