"""Locks the shape of each process to its number: `python -m local.version`.

The lock beside the process has a line for each version: the number, and the digest of its shape.
Known numbers are never written anew, and a lower one than the last is refused.
"""

from __future__ import annotations

import sys
from pathlib import Path

import worker
from workflows.domain.canonical import digest
from workflows.domain.definition import Definition, StepDefinition

FOLDER = Path(worker.__file__).parent / "workflows"


def shape(definition: Definition) -> str:
    """The digest of all that makes a process what it is; time limits and queues do not."""
    steps = (definition.steps, definition.on_failure)
    return digest([[_step(step) for step in some] for some in steps])


def _step(step: StepDefinition) -> list[object]:
    return [
        step.title,
        [
            [t.key, t.title, t.needs, t.provides, t.answers, t.version, t.rerun_roles]
            for t in step.tasks
        ],
    ]


def lock(name: str) -> Path:
    """The lock file of a process."""
    return FOLDER / f"{name.replace('-', '_')}.lock"


def locked(path: Path) -> dict[int, str]:
    """The digest of each version, in order."""
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = [line.split() for line in lines if line]
    return {int(version): found for version, found in pairs}


def complaint(path: Path, definition: Definition) -> str:
    """What has to be done about a definition; empty when it is as it was locked."""
    known, version = locked(path), definition.version
    if known and version < max(known):
        return f"VERSION of {definition.kind} is {version}, lower than {max(known)}: raise it."
    if version not in known:
        return f"VERSION {version} of {definition.kind} is new: run `python -m local.version`."
    if known[version] != shape(definition):
        return (
            f"The shape of {definition.kind} has changed and its VERSION is still {version}. "
            f"Set VERSION to {version + 1}, then run `python -m local.version`."
        )
    return ""


def write(path: Path, definition: Definition) -> str:
    """Write the line of a new version; what is wrong otherwise."""
    if definition.version not in locked(path) and definition.version > max(locked(path), default=0):
        with path.open("a") as lines:
            lines.write(f"{definition.version} {shape(definition)}\n")
    return complaint(path, definition)


def main() -> int:
    """Lock every process; 1 where one cannot be."""
    faults = []
    for name, kind in worker.PROCESSES.items():
        faults.append(write(lock(name), worker.definition(name, kind)))
    for fault in filter(None, faults):
        print(fault, file=sys.stderr)
    return 1 if any(faults) else 0


if __name__ == "__main__":
    sys.exit(main())
