"""A process of version 1 is shown in full by a site whose code has not its tasks any more."""

from __future__ import annotations

from html import unescape

import pytest

import worker
from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.visitor import Visitor

KNOWN = {module.__name__.rpartition(".")[2] for module in worker.modules(worker.PROCESSES)}


@pytest.mark.parametrize("story", ["happy", "failing"])
async def test_every_task_and_entry_is_on_the_page_though_the_code_has_no_such_tasks(
    visitor: Visitor, processes: FakeProcesses, story: str
) -> None:
    url, _ = await recorded(processes, f"1.0/{story}.json")
    process = (await visitor.data(url))["document"]["process"]
    html = unescape((await visitor.get(url)).text)
    begun = [s for s in (*process["steps"], *process["on_failure"]) if s["verdict"]]
    tasks = [task for step in begun for task in step["tasks"]]
    assert process["version"] == 1
    assert len({task["definition"]["key"] for task in tasks} - KNOWN) >= 2
    for step in begun:
        assert step["title"] in html
    for task in tasks:
        assert f'id="task-{task["definition"]["key"]}"' in html
        for number, entry in enumerate(task["history"], 1):
            assert f'id="entry-{task["definition"]["key"]}-{number}"' in html
            assert entry["by"]["login"] in html
            assert all(word in html for word in entry["text"].split() if word.isalpha())
