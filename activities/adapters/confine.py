"""Shuts a tool in: what it may see, write and use. Runs in the tool's own process, before it.

Each function notes in `had`, in plain words, whether this machine gives that protection; what
it does not give is left out, and the tool runs all the same.
"""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from activities.adapters import kernel

NOBODY = 65534
LARGEST_FILE = 2 << 30  # bytes
OPEN_FILES = 4096
CAPABILITIES = 41  # those that Linux has today
TMPFS = kernel.MS_NODEV | kernel.MS_NOSUID

Had = dict[str, bool]


def separate(network: bool, had: Had) -> None:
    """Leave the machine's network and process list behind; the list is left by the next child."""
    if os.geteuid() != 0:
        user, group = os.geteuid(), os.getegid()
        if kernel.unshare(kernel.CLONE_NEWUSER):
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    had["no network"] = not network and kernel.unshare(kernel.CLONE_NEWNET)
    if had["no network"]:
        kernel.raise_loopback()
    kernel.unshare(kernel.CLONE_NEWIPC)
    had["no process outlives it"] = kernel.unshare(kernel.CLONE_NEWPID)


def shield(folder: str, hidden: Sequence[str], ways: Sequence[str], had: Had) -> None:
    """Make all files read-only but the tool's folder, and hide our own.

    `ways` are the paths that the tool has to reach, whoever it runs as.
    """
    private = kernel.MS_REC | kernel.MS_PRIVATE
    own_mounts = kernel.unshare(kernel.CLONE_NEWNS) and kernel.mount("none", "/", "", private)
    had["writes only to its folder"] = own_mounts
    had["our files hidden"] = had["other processes hidden"] = False
    if not own_mounts:
        return
    place = os.open(folder, os.O_PATH)
    if os.geteuid() == 0:
        _open(ways)
    covered = [kernel.mount("tmpfs", path, "tmpfs", TMPFS, "mode=755") for path in hidden]
    had["our files hidden"] = bool(covered) and all(covered)
    Path(folder).mkdir(parents=True, exist_ok=True)  # it may lie in a hidden one
    had["writes only to its folder"] = (
        kernel.mount(f"/proc/self/fd/{place}", folder, "", kernel.MS_BIND)
        and kernel.protect("/", recursive=True)
        and kernel.unprotect(folder)
    )
    os.close(place)


def hide_processes(user: int, had: Had) -> None:
    """Show the tool a process list with nobody but itself and its keeper."""
    if had["no process outlives it"] and had["writes only to its folder"]:
        # Root could change the kernel's settings there, even without privileges.
        frozen = kernel.MS_RDONLY if user == 0 else 0
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC | frozen
        had["other processes hidden"] = kernel.mount("proc", "/proc", "proc", flags)


def choose_user(program: str, folder: str) -> int:
    """Whom to run as: nobody, where that user can reach program and folder; else as we are."""
    if os.geteuid() != 0:
        return os.geteuid()
    child = os.fork()
    if child == 0:
        _become(NOBODY)
        reached = _reaches(program) and os.access(Path(folder).parent, os.X_OK)
        os._exit(0 if reached else 1)
    return NOBODY if os.waitpid(child, 0)[1] == 0 else 0


def give(folder: str, user: int) -> None:
    """Hand the folder over to the tool's user; links are not followed."""
    for path, folders, files in os.walk(folder):
        for name in ("", *folders, *files):
            os.chown(Path(path, name), user, user, follow_symlinks=False)


def renounce(user: int, had: Had) -> None:
    """Give up every privilege for good; none comes back with a program that has some."""
    root = os.geteuid() == 0
    if root:
        dropped = [kernel.prctl(kernel.PR_CAPBSET_DROP, one) for one in range(CAPABILITIES)]
        had["no privileges"] = all(dropped)
    if root and user:
        _become(user)
    had["unprivileged user"] = user != 0
    had["no privileges"] = had.get("no privileges", True)
    had["no new privileges"] = kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS)


def bound(seconds: float, memory: int) -> None:
    """Limit processor time, file size, open files and address space (0: no such limit)."""
    limits = {
        resource.RLIMIT_CPU: int(seconds * (os.cpu_count() or 1)) + 5,
        resource.RLIMIT_FSIZE: LARGEST_FILE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if memory:
        limits[resource.RLIMIT_AS] = memory
    for kind, most in limits.items():
        _, ceiling = resource.getrlimit(kind)
        least = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (least, least))


def _open(ways: Sequence[str]) -> None:
    """Let others pass through closed folders, such as root's home, on these ways only.

    A closed folder is covered with an empty one that has just the next part of the way in it;
    what is closed further down, such as keys, stays closed.
    """
    covered: dict[Path, int] = {}
    for way in ways:
        for below, above in _down(Path(way)):
            if above not in covered:
                if above.stat().st_mode & stat.S_IXOTH:
                    continue
                covered[above] = os.open(above, os.O_PATH)
                kernel.mount("tmpfs", str(above), "tmpfs", TMPFS, "mode=711")
            if not below.exists():
                source = Path(f"/proc/self/fd/{covered[above]}", below.name)
                below.mkdir() if source.is_dir() else below.touch()
                kernel.mount(str(source), str(below), "", kernel.MS_BIND | kernel.MS_REC)
    for folder in covered.values():
        os.close(folder)


def _down(way: Path) -> Iterator[tuple[Path, Path]]:
    """Each part of a way with the folder that it is in, from the root downwards."""
    parts = [*reversed(way.parents), way]
    return zip(parts[1:], parts[:-1], strict=True)


def _reaches(program: str) -> bool:
    """Whether this user may start a program, and the interpreter that a script names."""
    if not os.access(program, os.X_OK):
        return False
    with Path(program).open("rb") as file:
        words = file.readline(300).split()
    script = words and words[0].startswith(b"#!/")
    return not script or os.access(words[0][2:], os.X_OK)


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
