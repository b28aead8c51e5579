"""Becomes another program that ends when the one that started it ends, even by kill -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # from Linux' prctl.h


def become(parent: int, command: list[str]) -> None:
    """Ask the kernel to kill this process with its parent, then turn into `command`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel knew
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606  an argument list, no shell


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
