"""Which repositories an upstream may be: named hosts by https, and folders of this machine.

A server of this machine, such as a GitHub for trials, may also be asked by plain http.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from activities.adapters.github.setting import github_settings
from activities.adapters.settings import settings

LOOPBACK = ("127.0.0.1", "localhost")
"""The only hosts that are ever asked by plain http."""

_PORTS = {"https": 443, "http": 80}
_WEB = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?P<port>:[0-9]{1,5})?(?P<path>/.*)",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_LONGEST = 300


class NotAllowed(Exception):  # noqa: N818  reads as a sentence: the repository is not allowed
    """This repository may not be an upstream; the message says why and what may."""


@dataclass(frozen=True)
class _Address:
    server: str  # scheme and host in lower case, with the port unless it is the usual one
    path: str  # starts with a slash


def allowed(repository: str) -> str:
    """The repository's address in its one normal form, or NotAllowed.

    Web addresses must begin with one of UPSTREAM_ALLOW, or with GITHUB_URL where that is not
    github.com; folders must really lie, symbolic links
    followed, in STATE_DIR or in a folder that UPSTREAM_ALLOW names.
    """
    repository = repository.strip()
    if not repository or len(repository) > _LONGEST:
        raise NotAllowed("The repository's address is missing or too long.")
    if not repository.isprintable() or not repository.isascii():
        raise NotAllowed("The repository's address has characters that do not belong there.")
    if repository.startswith(("/", "file:///")):
        return _local(repository)
    address = _web(repository)
    if address and any(_begins(address, prefix) for prefix in _prefixes()):
        return f"{address.server}{address.path}"
    shown = ", ".join(_allowed())
    raise NotAllowed(f"“{repository}” is not among the allowed upstreams: {shown}")


def host_and_port(repository: str) -> tuple[str, int]:
    """Host and port of a web address that `allowed` has returned."""
    scheme, _, rest = repository.partition("://")
    host, _, port = rest.partition("/")[0].partition(":")
    return host, int(port or _PORTS[scheme])


def github_server() -> str:
    """GITHUB_URL as `allowed` writes it: scheme, host, port."""
    address = _parse(_closed(github_settings().url))
    return address.server if address else ""


def github_name(repository: str) -> str:
    """`owner/name` of an address from `allowed`; empty where it is not on GITHUB_URL."""
    server = github_server()
    found = repository.startswith(f"{server}/") if server else False
    return repository.removeprefix(f"{server}/") if found else ""


def _web(url: str) -> _Address | None:
    """Read a web address, strictly: no user, no query, no dots or codes in its path."""
    address = _parse(url)
    if address is None:
        return None
    segments = address.path[1:].removesuffix("/").split("/")
    if not all(_SEGMENT.fullmatch(segment) for segment in segments):
        return None
    if address.server in ("https://github.com", github_server()):
        if len(segments) != 2:
            return None
        segments[1] = segments[1].removesuffix(".git")
    return _Address(address.server, "/" + "/".join(segments))


def _parse(url: str) -> _Address | None:
    match = _WEB.fullmatch(url)
    if match is None:
        return None
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"] or ""
    if scheme == "http" and host not in LOOPBACK:
        return None
    usual = port == f":{_PORTS[scheme]}"
    return _Address(f"{scheme}://{host}{'' if usual else port}", match["path"])


def _allowed() -> list[str]:
    """UPSTREAM_ALLOW; a GitHub of our own may always be asked, it is named by who runs this."""
    server = github_server()
    own = [f"{server}/"] if server not in ("", "https://github.com") else []
    return [*settings().upstream_allow, *own]


def _prefixes() -> list[_Address]:
    parsed = [_parse(_closed(prefix)) for prefix in _allowed()]
    return [address for address in parsed if address]


def _closed(url: str) -> str:
    return url if url.count("/") > 2 else f"{url}/"


def _begins(address: _Address, prefix: _Address) -> bool:
    """Whether an address lies under a prefix: the same server, whole parts of the path."""
    folder = prefix.path.rstrip("/") + "/"
    return address.server == prefix.server and (address.path + "/").startswith(folder)


def _local(repository: str) -> str:
    path = Path(repository.removeprefix("file://"))
    if "%" in repository or ".." in path.parts:
        raise NotAllowed("A local repository is named by its plain absolute path.")
    real = path.resolve()
    for folder in _folders():
        if real != folder and real.is_relative_to(folder):
            if not real.is_dir():
                raise NotAllowed(f"There is no folder {path}.")
            return f"file://{real}"
    raise NotAllowed(f"{path} does not lie in a folder that upstream repositories may come from.")


def _folders() -> list[Path]:
    named = [word for word in settings().upstream_allow if word.startswith(("/", "file:///"))]
    folders = [Path(word.removeprefix("file://")) for word in named]
    return [folder.resolve() for folder in (settings().state, *folders)]
