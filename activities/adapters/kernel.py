"""What only the Linux kernel can do for us: its calls, by name; each says whether it went well."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 24, 36, 38
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND = 1, 2, 4, 8, 4096
MS_REC, MS_PRIVATE = 16384, 1 << 18
SYS_MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE, MOUNT_ATTR_RDONLY = 442, -100, 0x8000, 1
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int = 1) -> bool:
    """Change one property of this process."""
    return bool(_libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != -1)


def unshare(flag: int) -> bool:
    """Leave one of the machine's namespaces for a new one."""
    return bool(_libc.unshare(flag) != -1)


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> bool:
    """Mount something; only the present mount namespace sees it."""
    words = (os.fsencode(word) for word in (source, target, kind))
    return bool(_libc.mount(*words, ctypes.c_ulong(flags), data.encode()) != -1)


def protect(path: str, recursive: bool = False) -> bool:
    """Make the mount at `path` read-only, with all below it if `recursive`."""
    return _set_mount(path, MOUNT_ATTR_RDONLY, 0, AT_RECURSIVE if recursive else 0)


def unprotect(path: str) -> bool:
    """Make the mount at `path` writable again."""
    return _set_mount(path, 0, MOUNT_ATTR_RDONLY, 0)


def raise_loopback() -> None:
    """Let this network namespace talk to itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


def _set_mount(path: str, on: int, off: int, flags: int) -> bool:
    attributes = struct.pack("QQQQ", on, off, 0, 0)
    size = ctypes.c_size_t(len(attributes))
    call = (SYS_MOUNT_SETATTR, AT_FDCWD, os.fsencode(path), flags, attributes, size)
    return bool(_libc.syscall(*call) != -1)
