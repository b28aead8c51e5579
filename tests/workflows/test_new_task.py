"""A new human task: the file from the manual, one word in a process, and it runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from temporalio.client import Client

from activities.authoring import TaskModule
from tests.stage import KIM, Play, Stage, find
from workflows.domain.status import Status

MANUAL = Path(__file__).parents[2] / "docs" / "tasks.md"


def written(folder: Path) -> TaskModule:
    """The manual's first example, written to a file and imported as a task is."""
    source = re.findall(r"```python\n(.*?)```", MANUAL.read_text(), re.DOTALL)[0]
    assert len([line for line in source.splitlines() if line.strip()]) <= 10
    path = folder / "shaping.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("activities.shaping", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_the_task_of_the_manual_asks_and_takes_a_verdict(
    client: Client, tmp_path: Path
) -> None:
    stage = Stage(client, Play({"Quality assurance": (written(tmp_path),)}))
    async with stage.workers():
        await stage.begin()
        await stage.answer("shaping", by=KIM, verdict="FAILED", reason="The nukta floats.")
        await stage.until(lambda p: p.phase == "failing")
        await stage.rerun("shaping", "The anchor was moved.", by=KIM)
        await stage.answer("shaping", by=KIM, verdict="OK")
        process = await stage.until(lambda p: p.ended)
    assert process.status is Status.OK
    assert [entry.by.login for entry in find(process, "shaping").history if entry.reply] == [
        "kim",
        "kim",
    ]
