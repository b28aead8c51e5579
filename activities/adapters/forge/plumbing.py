"""Plumbing: git's low-level commands on one bare repository, shielded from this machine's setup."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from activities.authoring import PassingFault

TIMEOUT = 60.0  # seconds; these commands are local

SHIELD = (
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "core.fsmonitor=false",
    "core.quotePath=false",
    "core.fsync=objects,reference",  # what was confirmed survives a power cut
    "gc.auto=0",
    "submodule.recurse=false",
    "safe.bareRepository=explicit",
)


class GitRefused(Exception):  # noqa: N818  git's own word for it
    """Git said no; the message is what it wrote, `code` its exit code."""

    def __init__(self, why: str, code: int) -> None:
        super().__init__(why)
        self.code = code


def git(
    repository: Path, *arguments: str, content: bytes = b"", extra: Mapping[str, str] | None = None
) -> bytes:
    """Run one git command on a bare repository; what it wrote, GitRefused where it fails."""
    options = [word for setting in SHIELD for word in ("-c", setting)]
    command = ["git", f"--git-dir={repository}", *options, *arguments]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            env=_environment() | dict(extra or {}),
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PassingFault(f"git {arguments[0]} took longer than {TIMEOUT:.0f} seconds.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise GitRefused(f"git {arguments[0]}: {said}", done.returncode)
    return done.stdout


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "GIT_ALLOW_PROTOCOL": "",  # no command here may reach another repository
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }
