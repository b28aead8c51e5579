"""Takes pictures of font families: starts the confined program and reads what it brings back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from activities.adapters import tool
from activities.adapters.chromium.job import Job, Result

PROGRAM = Path(__file__).with_name("shoot.py")
KINDS = 3
"""Every style is photographed as text, as a waterfall and as a grid of glyphs."""


class NoPictures(Exception):  # noqa: N818  reads as a sentence: there are no pictures
    """The camera did not work; the message says what it said."""


async def shoot(
    job: Job, folder: Path, on_progress: Callable[[int, int, str], None], limit: float = 3300
) -> Result:
    """Take all pictures of a job whose fonts lie in `folder`, where the pictures go too.

    `limit` is in seconds. Faults of single fonts are part of the result.
    """
    job_file, result_file = folder / "job.json", folder / "result.json"
    job_file.write_text(json.dumps(asdict(job)))
    command = [sys.executable, "-I", str(PROGRAM), str(job_file), str(result_file)]
    try:
        finished = await tool.run(
            command, folder, limit=limit, memory=0, on_line=lambda line: _tell(line, on_progress)
        )
    except tool.Stuck:
        raise NoPictures(f"the browser did not finish within {limit:.0f} seconds") from None
    content = tool.read(result_file)
    if finished.code != 0 or content is None:
        raise NoPictures(_last_words(finished.errors) or f"it ended with code {finished.code}")
    try:
        return Result.read(content.decode())
    except (ValueError, TypeError, KeyError) as wrong:
        raise NoPictures("its answer could not be read") from wrong


def _last_words(errors: str) -> str:
    """What Python raised, without the browser's own log that may follow it."""
    lines = [line.strip() for line in errors.splitlines() if line and not line[0].isspace()]
    raised = [line for line in lines if ": " in line and "Error" in line.split(": ")[0]]
    return (raised or lines or [""])[-1][:300]


def _tell(line: str, on_progress: Callable[[int, int, str], None]) -> None:
    try:
        told = json.loads(line)
        on_progress(int(told["done"]), int(told["total"]), str(told["text"]))
    except (ValueError, KeyError, TypeError):
        return  # a line that is no progress is no fault either
