"""One git command, run so that a stranger's repository can only be read and never acts here."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import re
import signal
import socket
from pathlib import Path

from activities.adapters.git.address import github_server, host_and_port
from activities.authoring import PassingFault

LONGEST_OUTPUT = 64 * 2**20  # bytes
LARGEST_FILE = 2**30  # bytes; what git may write into one file, such as a pack

_OPTIONS = (
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "core.fsmonitor=false",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",  # a transfer slower than 1000 bytes per second …
    "http.lowSpeedTime=30",  # … for half a minute is given up
    "transfer.fsckObjects=true",
    "submodule.recurse=false",
    "safe.bareRepository=explicit",
)

_PASSES = re.compile(
    r"could not resolve host|failed to connect|couldn't connect|timed out|connection (was )?reset"
    r"|early eof|returned error: (429|5\d\d)|operation too slow|ssl_read|remote end hung up",
    re.IGNORECASE,
)

_KNOWN = {
    "could not read Username": "There is no such repository, or it is not public.",
    "does not appear to be a git repository": "This is not a git repository.",
    "not our ref": "The repository has no such commit.",
    "couldn't find remote ref": "The repository has no such commit.",
}


class Faulty(Exception):  # noqa: N818  reads as a sentence: the repository is faulty
    """Git refused; the message is for people, in one line."""


async def git(*arguments: str, url: str = "", limit: float = 60, given: bytes = b"") -> bytes:
    """Run git with these arguments and return its output.

    `url` is the address the command talks to, empty for one that talks to nobody. `limit` is in
    seconds. Faulty where git refuses, PassingFault where the other side does not answer.
    Folders among the arguments are absolute: git runs outside of any repository.
    """
    options = [word for option in (*_OPTIONS, *await _pin(url)) for word in ("-c", option)]
    process = await asyncio.create_subprocess_exec(
        *("prlimit", f"--fsize={LARGEST_FILE}", f"--cpu={int(limit) + 1}", "--core=0", "--"),
        *("git", *options, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(url),
        cwd="/",
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limit):
            output, errors = await _talk(process, given)
    except TimeoutError:
        raise PassingFault(f"git did not finish within {limit:g} seconds.") from None
    finally:
        await _end(process)
    if process.returncode:
        raise _fault(errors.decode(errors="replace"))
    return output


def _environment(url: str) -> dict[str, str]:
    protocol = url.partition("://")[0] or "none"  # "none" is no protocol, so nothing is allowed
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "GIT_LFS_SKIP_SMUDGE": "1",
    }


async def _pin(url: str) -> list[str]:
    """Bind a host other than github.com to one address that it may have, for all that follows."""
    if not url.startswith(("https://", "http://")):
        return []
    host, port = host_and_port(url)
    if host == "github.com":
        return []
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise PassingFault(f"The host {host} has no address.") from None
    addresses = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    if not all(_suits(address, url) for address in addresses):
        raise Faulty(f"The host {host} has an address that is not public.")
    shown = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
    return [f"http.curloptResolve={host}:{port}:{shown}"]


def _suits(address: ipaddress.IPv4Address | ipaddress.IPv6Address, url: str) -> bool:
    """Strangers' hosts are public, plain http stays on this machine.

    The GitHub that our settings name may be inside our own network.
    """
    if url.startswith("http://"):
        return address.is_loopback
    return address.is_global or url.startswith(f"{github_server()}/")


async def _talk(process: asyncio.subprocess.Process, given: bytes) -> tuple[bytes, bytes]:
    assert process.stdin and process.stdout and process.stderr  # noqa: S101  all are pipes
    tasks = (
        asyncio.create_task(_write(process.stdin, given)),
        asyncio.create_task(_read(process.stdout)),
        asyncio.create_task(_read(process.stderr)),
    )
    try:
        _, output, errors = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    await process.wait()
    return output, errors


async def _write(stream: asyncio.StreamWriter, given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # git says why it ended
        stream.write(given)
        await stream.drain()
    stream.close()


async def _read(stream: asyncio.StreamReader) -> bytes:
    parts, size = [], 0
    while part := await stream.read(2**16):
        parts.append(part)
        if (size := size + len(part)) > LONGEST_OUTPUT:
            raise Faulty(f"The repository is too big: more than {LONGEST_OUTPUT >> 20} MB to read.")
    return b"".join(parts)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing of git behind, whatever happened."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _fault(errors: str) -> Exception:
    if known := next((said for sign, said in _KNOWN.items() if sign in errors), ""):
        return Faulty(known)
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
    # Addresses may carry secrets; people know which repository they asked for.
    text = re.sub(r"\w+://\S+", "the repository", said or "git ended without a word")[:300]
    return PassingFault(text) if _PASSES.search(errors) else Faulty(text)


def git_dir(folder: Path) -> tuple[str, ...]:
    """The argument that names a bare repository; git is never left to search for one."""
    return (f"--git-dir={folder}",)
