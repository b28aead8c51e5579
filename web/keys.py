"""The keys that sign for the site: `python -m web.keys [list | rotate | make FILE]`.

list    each published key, and which one signs now; what is lost of our own is published again
rotate  make the next key: it is published at once and signs half a minute later
make    write a new key into FILE, for SITE_SIGNING_KEY, and publish its public half
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from activities.adapters import public_key, signing_key
from activities.adapters.secret import create
from activities.adapters.settings import settings
from activities.adapters.signing_key import NoKey, SigningKey


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m web.keys",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("do", choices=("list", "rotate", "make"), nargs="?", default="list")
    parser.add_argument("file", type=Path, nargs="?")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.do == "make":
            return _make(chosen.file)
        return _rotate() if chosen.do == "rotate" else _list()
    except (NoKey, OSError) as why:
        print(why, file=sys.stderr)
        return 2


def _list() -> int:
    now = signing_key.current()
    for kept in signing_key.every():
        public_key.publish(kept.public)
    for name, public in sorted(public_key.published().items()):
        mark = "signs now" if name == now.id else ""
        print(f"{name}  SHA-256 {hashlib.sha256(public).hexdigest()}  {mark}".rstrip())
    if not public_key.trusted(now.id):
        print(f"{now.id} signs, but SITE_KEYS does not name it: nothing it signs counts.")
    return 0


def _rotate() -> int:
    if settings().site_signing_key:
        print("SITE_SIGNING_KEY names the key. Make one with `make FILE` and name that instead.")
        return 2
    signing_key.current()  # the first one, where there was none
    _tell(signing_key.make())
    print(f"It signs in {signing_key.SETTLED:g} seconds; older signatures stay good.")
    return 0


def _make(file: Path | None) -> int:
    if file is None or file.exists():
        print("Name a file that is not there yet.", file=sys.stderr)
        return 2
    made = signing_key.generate()
    create(file, signing_key.pem(made))
    public_key.publish(made.public)
    _tell(made)
    print(f"Set SITE_SIGNING_KEY to {file} (or to its content) for the site, and start it again.")
    return 0


def _tell(made: SigningKey) -> None:
    print(f"{made.id} is made and published.")
    if settings().site_keys:
        print(f"Add {made.id} to SITE_KEYS of the dispatcher before it signs.")


if __name__ == "__main__":
    sys.exit(main())
