"""Exports processes as JSON Lines that prove themselves; docs/export.md describes them.

`python -m web.export FILE [KEY RUN]` writes all processes, or one, without the site.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from activities.adapters import public_key, signing_key
from activities.adapters.temporal import connect
from web.door.afterwards import told
from web.door.archive import Archive
from web.door.fault import NotFound, Unreachable, translated
from web.door.port import Door
from web.door.processes import Processes
from web.door.remembered import Remembered
from web.proof.record import block
from web.proof.seal import end
from web.site import SiteNow, ViewerNow
from workflows.domain.refused import FORBIDDEN, Refused

MEDIA_TYPE = "application/jsonl"


async def one(site: SiteNow, key: str, run: str) -> Response:
    """The record of one process, as a file."""
    await site.processes.history(key, run)  # what is not there is said before the file begins
    return _file(record(site.processes, [(key, run)]), f"{key}-{run}.jsonl")


async def everything(request: Request, site: SiteNow, who: ViewerNow) -> Response:
    """The records of all processes, as one file, for whoever is signed in."""
    if not who.login:
        raise Refused("Sign in to export all processes at once.", FORBIDDEN)
    return _file(record(site.processes, await all_runs(site.processes)), "family-pr.jsonl")


def _file(content: AsyncIterator[bytes], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=MEDIA_TYPE, headers=headers)


async def all_runs(door: Door) -> list[tuple[str, str]]:
    """Key and run of every process, the oldest first; raises Unreachable where some are missing."""
    rows = await door.rows()
    if door.away:
        raise Unreachable(f"Open processes cannot be exported now. {door.away}")
    return [(row.key, row.run) for row in sorted(rows, key=lambda row: row.begun)]


async def record(door: Door, runs: Sequence[tuple[str, str]]) -> AsyncIterator[bytes]:
    """The file, process by process. One that cannot be read ends it: without its last line, no
    file passes for a whole one."""
    signer = await asyncio.to_thread(signing_key.current)
    keys = await asyncio.to_thread(public_key.published)
    seals = []
    for key, run in runs:
        with translated():
            lines = await block(await door.history(key, run), keys, signer, partial(told, door))
        seals.append(lines[-1])
        yield b"".join(line + b"\n" for line in lines)
    yield end(seals, signer) + b"\n"


async def write(door: Door, file: Path, runs: Sequence[tuple[str, str]]) -> int:
    """Write the file, in one piece or not at all; how many bytes it has."""
    size, part = 0, file.with_name(f"{file.name}.part")
    with part.open("wb") as writing:
        async for piece in record(door, runs or await all_runs(door)):
            size += writing.write(piece)
    part.replace(file)
    return size


async def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 written, 1 not to be had, 2 not understood."""
    if len(arguments) not in (1, 3):
        print(__doc__, file=sys.stderr)
        return 2
    door = Remembered(Processes(await connect(lazy=True)), Archive())
    runs = [(arguments[1], arguments[2])] if len(arguments) == 3 else []
    try:
        size = await write(door, Path(arguments[0]), runs)
    except (NotFound, Unreachable, OSError) as why:
        print(f"Not exported: {why}", file=sys.stderr)
        return 1
    print(f"{size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
