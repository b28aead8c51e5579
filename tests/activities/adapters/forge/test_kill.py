"""Whenever a worker is killed, the next try ends with one branch, one pull request, one issue."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.port import DISPATCHER, Author, Forge

from .conftest import MESSAGE
from .target import run
from .test_branch import BRANCH
from .test_pull_request import BODY, MARKER, NEWER

KILLED = 9


async def everything(forge: Forge) -> None:
    await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    await forge.open_pull_request(BRANCH, "Karla", BODY, [], MARKER)
    await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)


def in_another_process(work: Callable[[], None]) -> int:
    """Run something in a process of its own; its pid."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def dies_before_step(step: int, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Do the work, but die without a word before a certain step to the outside."""
    left = [step]

    def mortal(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            if left[0] == 0:
                os._exit(KILLED)
            left[0] -= 1
            return function(*arguments, **named)

        return wrapped

    subprocess.run = mortal(subprocess.run)  # this process ends soon
    os.fsync, os.link = mortal(os.fsync), mortal(os.link)
    asyncio.run(work())


def test_a_kill_before_any_step_leaves_nothing_double_or_half(embedded: EmbeddedForge) -> None:
    repository = embedded.repository.path
    for step in range(200):
        mortal = partial(dies_before_step, step, partial(everything, embedded))
        code = ended(in_another_process(mortal))
        asyncio.run(everything(embedded))
        assert run(repository, "for-each-ref", "--format=%(refname)", "refs/heads/family-pr") == (
            f"refs/heads/{BRANCH}"
        )
        assert [pull.number for pull in asyncio.run(embedded.pull_requests())] == [1]
        assert [issue.number for issue in asyncio.run(embedded.issues())] == [1]
        if code == 0:
            break
        assert code == KILLED
        forget(embedded)
    assert step > 15
    run(repository, "fsck", "--strict", "--no-dangling")


def forget(embedded: EmbeddedForge, branch: str = BRANCH) -> None:
    """Back to the beginning, but with the drafts and objects that the killed one left."""
    run(embedded.repository.path, "update-ref", "-d", f"refs/heads/{branch}")
    for record in embedded.folder.glob("*/*.json"):
        record.unlink()


def test_many_workers_at_once_give_each_number_once(embedded: EmbeddedForge) -> None:
    async def work(number: int) -> None:
        await everything(embedded)
        for issue in range(5):
            marker = f"<!-- {number}/{issue} -->"
            await embedded.open_issue(DISPATCHER, "Karla", marker, marker)

    def worker(number: int) -> None:
        asyncio.run(work(number))

    pids = [in_another_process(partial(worker, number)) for number in range(4)]
    assert [ended(pid) for pid in pids] == [0, 0, 0, 0]
    assert len(asyncio.run(embedded.pull_requests())) == 1
    issues = asyncio.run(embedded.issues())
    assert [issue.number for issue in issues] == list(range(21, 0, -1))
    assert len({issue.marker for issue in issues}) == 21


def test_the_same_commit_comes_out_wherever_it_is_made(tmp_path: Path) -> None:
    heads = set()
    for name in ("one", "two"):
        forge = EmbeddedForge(tmp_path / name, "")
        asyncio.run(forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE))
        heads.add(run(forge.repository.path, "rev-parse", BRANCH))
    assert len(heads) == 1
    assert MESSAGE.authors == (Author("ada", 7),)
