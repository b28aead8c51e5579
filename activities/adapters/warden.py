"""Watches over one tool: starts it confined, and lets nothing of it outlive it or its worker.

A program of its own: `tool.py` starts it with the options as JSON and the tool's command. It
becomes three processes. The warden dies with its worker and ends everything below it first.
The keeper is the first process in a process list of its own: when it dies, the kernel ends all
others in there. The third becomes the tool. Where the machine gives no own process list, the
warden adopts what the tool leaves behind and ends that.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from activities.adapters import confine, kernel

CANNOT_START = 127  # as in a shell


def main() -> NoReturn:
    """Run the command in `sys.argv` as the options before it say; exit with its code."""
    options, command = json.loads(sys.argv[1]), sys.argv[2:]
    had: confine.Had = {}
    signal.signal(signal.SIGTERM, lambda *_: None)  # meant for the tool, which is in our group
    signal.signal(signal.SIGUSR1, _end)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER)
    confine.separate(options["network"], had)
    alone = had["no process outlives it"]
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL if alone else signal.SIGUSR1)
    if os.getppid() != options["parent"]:
        sys.exit(1)  # the worker died before we could follow it

    def become_tool(parent: int) -> NoReturn:
        _become_tool(command, options, had, parent)

    def become_keeper(_: int) -> NoReturn:
        os._exit(_watch(become_tool))

    code = _watch(become_keeper if alone else become_tool)
    _end_children()
    os._exit(code)


def _watch(become: Callable[[int], NoReturn]) -> int:
    """Start a child that dies with us and wait for it; its exit code, as a shell would tell it."""
    lifeline, ours = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _follow(lifeline)
        become(lifeline)
    os.close(lifeline)
    while True:
        pid, status = os.wait()
        if pid == child:
            break
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _follow(lifeline: int) -> None:
    """Die when the parent dies, even if it is dead already: then the pipe is closed."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def _become_tool(
    command: list[str], options: dict[str, Any], had: confine.Had, lifeline: int
) -> NoReturn:
    folder = options["folder"]
    program = shutil.which(command[0]) or command[0]
    try:
        confine.shield(folder, options["hidden"], _ways([folder, program, *command[1:]]), had)
        user = confine.choose_user(program, folder)
        if user != os.geteuid():
            confine.give(folder, user)
        confine.hide_processes(user, had)
        os.chdir(folder)
        confine.bound(options["limit"], options["memory"])
        confine.renounce(user, had)
        _follow(lifeline)  # another user: the kernel has forgotten
        if options["probe"]:
            print(json.dumps(had), flush=True)
            os._exit(0)
        os.execvp(command[0], command)  # noqa: S606  an argument list, and no shell is wanted
    except OSError as error:
        print(f"{command[0]} could not be started: {error}", file=sys.stderr, flush=True)
    os._exit(CANNOT_START)


def _ways(words: list[str]) -> list[str]:
    """The files among a command's words, and where links lead to."""
    paths = [word for word in words if word.startswith("/") and Path(word).exists()]
    return [*paths, *map(os.path.realpath, paths)]


def _end(*_: object) -> NoReturn:
    _end_children()
    os._exit(128 + signal.SIGKILL)


def _end_children() -> None:
    """End all that is below us; orphans become our children and are ended in their turn."""
    while True:
        for pid in _children():
            os.kill(pid, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def _children() -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "stat").read_text()
            except OSError:  # it ended meanwhile
                continue
            parents[int(entry.name)] = int(line.rpartition(")")[2].split()[1])
    return [pid for pid, parent in parents.items() if parent == os.getpid()]
