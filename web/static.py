"""Files that never change under their address: our own, and three from npm packages."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

HERE = Path(__file__).parent
OWN = HERE / "static"
VENDOR = HERE / "node_modules"
ALLOWED = {
    "htmx.org": ("dist/htmx.min.js", "dist/ext/hx-sse.min.js"),
    "@picocss/pico": ("css/pico.min.css",),
}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def asset(name: str) -> str:
    """The address of a file of ours, or of one from a package: it changes with the content."""
    for package, files in ALLOWED.items():
        inner = name.removeprefix(f"{package}/")
        if inner in files:
            return f"/static/vendor/{package}@{_version(package)}/{inner}"
    digest = hashlib.sha256((OWN / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


async def own(digest: str, name: str) -> Response:
    """A file of the folder `static`."""
    if name not in {path.name for path in OWN.iterdir()}:
        raise HTTPException(404, "There is no such file.")
    current = asset(name).split("/")[2] == digest
    return FileResponse(OWN / name, headers=FOR_EVER if current else {})


async def vendor(path: str) -> Response:
    """A file of an npm package, if it is one that the pages use."""
    for package, files in ALLOWED.items():
        for name in files:
            if path == f"{package}@{_version(package)}/{name}":
                return FileResponse(VENDOR / package / name, headers=FOR_EVER)
    raise HTTPException(404, "There is no such file.")


@cache
def _version(package: str) -> str:
    version: str = json.loads((VENDOR / package / "package.json").read_text())["version"]
    return version
