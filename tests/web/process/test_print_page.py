"""The record on paper: everything is on it, and nothing is folded away."""

from __future__ import annotations

import re

from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, QA, bring
from tests.web.succession import replaced
from tests.web.visitor import Visitor


async def test_every_entry_waiver_person_and_digest_is_on_the_record(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    key, run = await bring(processes, "Karla", *DONE)
    page = f"/processes/{key}/{run}"
    html = (await visitor.get(f"{page}/print")).text
    process = processes.case(key, run).process
    entries = [e for step in process.path for task in step.tasks for e in task.history]
    assert html.count('<li class="entry">') == len(entries)
    for entry in entries:
        for value in (entry.waiver, entry.reply.get("reason", "")):
            assert value in html
    shown = (await visitor.get(page)).text
    digests = set(re.findall(r"/files/([0-9a-f]{64})/", shown))
    assert digests
    assert digests <= set(re.findall(r"[0-9a-f]{64}", html))
    data = await visitor.data(f"{page}/print")
    assert len(data["waivers"]) == 3
    assert {person["login"] for person in data["people"]} == {"kim", "ada"}


async def test_the_record_has_no_scripts_forms_or_folds(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    key, run = await bring(processes, "Karla", *QA)
    await visitor.sign_in("ada")
    html = (await visitor.get(f"/processes/{key}/{run}/print")).text
    for tag in ("<script", "<form", "<details", "<iframe"):
        assert tag not in html
    assert "has not ended" in html
    assert "None: nothing was let pass" not in html


async def test_the_record_names_the_process_before_and_the_one_after(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    old = await bring(processes, "Karla")
    new = await replaced(processes, old)
    html = (await visitor.get(f"/processes/{old[0]}/{old[1]}/print")).text
    assert f"<td>run <code>{new[1]}</code></td>" in html
    html = (await visitor.get(f"/processes/{new[0]}/{new[1]}/print")).text
    assert f"version 1, run <code>{old[1]}</code>, because: Version 2 is in use now." in html


async def test_a_record_that_is_not_complete_says_so_first(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    processes.case(*at).problem = "Events from 12 on are from another version."
    html = (await visitor.get(f"/processes/{at[0]}/{at[1]}/print")).text
    assert "This record is not complete." in html
