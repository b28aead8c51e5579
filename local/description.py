"""Gets GitHub's own description of its API, which every request of the tests is held against.

The npm package has it in many forms and is large; only the one file is kept, packed. Run by
`make install`; standard library only.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@octokit/openapi@23.0.2"
INTEGRITY = (
    "sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGN"
    "mwRNkBC3D7gZXbFx5AHzLUVRBXGDhg=="
)
MEMBER = "package/generated/api.github.com.json"
PLACE = Path(__file__).resolve().parent.parent / ".tools" / "github" / "api.github.com.json.gz"
STAMP = PLACE.with_name(".installed")


class Altered(Exception):  # noqa: N818  reads as a sentence: the package is altered
    """The package is not the one that was chosen."""


def installed() -> bool:
    """Whether the chosen description is here already."""
    return PLACE.is_file() and STAMP.is_file() and STAMP.read_text() == INTEGRITY


def install() -> None:
    """Fetch, check and keep the description; Altered where its bytes are not the chosen ones."""
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PLACE.parent, prefix=".getting-") as folder:
        pack = ["npm", "pack", PACKAGE, "--ignore-scripts", "--pack-destination", folder]
        subprocess.run(pack, check=True, stdout=sys.stderr)
        (package,) = Path(folder).glob("*.tgz")
        check(package)
        ready = Path(folder, PLACE.name)
        with tarfile.open(package) as archive:
            member = archive.extractfile(MEMBER)
            if member is None:
                raise Altered(f"{PACKAGE} has no file {MEMBER}.")
            ready.write_bytes(gzip.compress(member.read(), mtime=0))
        ready.replace(PLACE)
    STAMP.write_text(INTEGRITY)


def check(package: Path) -> None:
    """Altered unless the package has exactly the bytes that INTEGRITY names."""
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise Altered(
            f"{PACKAGE} is not the package that was chosen: its digest is sha512-{digest}. "
            "Nothing of it is kept."
        )


if __name__ == "__main__":
    try:
        install()
    except (Altered, subprocess.CalledProcessError) as fault:
        sys.exit(f"error: GitHub's description of its API was not installed. {fault}")
