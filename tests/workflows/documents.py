"""Stores the documents of recorded histories: `python -m tests.workflows.documents NAME`.

NAME is a folder of `histories/`. The files go to `documents/<format>/`, to be drawn for ever; a
stored file is never changed.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from temporalio.client import WorkflowHistory

from tests.workflows.recorder import HISTORIES
from workflows.reading.history import read
from workflows.reading.stored import FORMAT, dump

DOCUMENTS = Path(__file__).parent / "documents"


async def main(name: str) -> None:
    folder = DOCUMENTS / str(FORMAT)
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((HISTORIES / name).glob("*.json")):
        history = WorkflowHistory.from_json(f"family-pr/{path.stem}", path.read_text())
        with (folder / f"{name}-{path.stem}.json").open("xb") as file:
            file.write(dump(await read(history)) + b"\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
