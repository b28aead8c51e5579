"""Installs everything that Family PR needs, below this folder: `make install`.

Runs on the system's Python with its standard library only. What is installed already, is left.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))  # this file is run as a script

from local import description
from local.step import Step

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
LOG = TOOLS / "install.log"
FONT_BAKERY = ROOT / "activities" / "adapters" / "font_bakery" / "requirements.txt"

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "NewConnectionError",
    "ConnectTimeoutError",
    "Temporary failure resolving",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
)


class Stop(Exception):  # noqa: N818  reads as a sentence: stop, because
    """Something is missing; the message says what, and the way out."""


def main() -> int:
    """Exit code 1 with one clear line where something cannot be installed."""
    os.chdir(ROOT)
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second `make` waits for the first
        try:
            debian_packages()
            environment(ROOT / ".venv", ROOT / "requirements.lock", "Family PR's Python packages")
            environment(TOOLS / "font-bakery", FONT_BAKERY, "Font Bakery")
            npm_packages()
            github_description()
        except Stop as stop:
            print(stop, file=sys.stderr)
            return 1
    return 0


def check_python() -> None:
    """Stop where this Python is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file runs before anything is sure
        raise Stop(
            f"This is Python {sys.version.split()[0]}; Family PR needs 3.11 or newer. "
            "If you have one, name it: make PYTHON=python3.12"
        )


def debian_packages() -> None:
    """Programs that only the system can install: Chromium, npm, git, and Python's venv."""
    wanted = {
        "git": shutil.which("git"),
        "npm": shutil.which("npm"),
        "python3-venv": (ROOT / ".venv" / "bin" / "python").exists() or has_venv(),
        "chromium": Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium").exists(),
    }
    missing = [name for name, found in wanted.items() if not found]
    if not missing:
        return
    names = " ".join(missing)
    by_hand = f"Install it as your system does (on Debian: apt-get install {names})"
    if "chromium" in missing:
        by_hand += ", or name a Chromium that you have: CHROMIUM=/path/to/chromium make"
    as_root = root()
    if as_root is None or not shutil.which("apt-get"):
        raise Stop(f"Missing on this machine: {names}. {by_hand}.")
    with_apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    with Step(f"System packages: {names}"):
        run([*with_apt, "update"], by_hand)
        run([*with_apt, "install", "--no-install-recommends", *missing], by_hand)


def has_venv() -> bool:
    """Whether this Python can make environments; Debian's needs a package for that."""
    try:
        import ensurepip  # noqa: PLC0415  Debian's Python may lack it
    except ImportError:
        return False
    return bool(ensurepip.version())


def root() -> list[str] | None:
    """How to act as root: as we are, with sudo, or not at all."""
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None


def environment(folder: Path, lock: Path, title: str) -> None:
    """A Python environment with exactly what `lock` names, each file checked by its hash."""
    if folder.is_symlink():  # somebody else's environment, theirs to keep
        return
    stamp = folder / ".installed"
    if stamp.exists() and stamp.read_text() == digest_of(lock) + version_of(folder):
        return
    check_python()
    with Step(title):
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install"]
        quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        run([*pip, *quiet, "--require-hashes", "--no-deps", "-r", str(lock)])
        stamp.write_text(digest_of(lock) + version_of(folder))


def version_of(folder: Path) -> str:
    """The Python of an environment; empty if it no longer works, e.g. after an upgrade."""
    ask = [str(folder / "bin" / "python"), "-c", "import sys, pip; print(sys.version)"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return ""


def npm_packages() -> None:
    """What the pages are made of, and Karla; no package may run a script of its own."""
    web = ROOT / "web"
    stamp = web / "node_modules" / ".installed"
    digest = digest_of(web / "package-lock.json")
    if stamp.exists() and stamp.read_text() == digest:
        return
    flags = ["--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"]
    with Step("Page assets and fonts from npm"):
        run(["npm", "ci", "--prefix", str(web), *flags])
        stamp.write_text(digest)


def github_description() -> None:
    """GitHub's own description of its API, for the tests and for the demo's GitHub."""
    if not description.installed():
        with Step("GitHub's description of its API"):
            run([sys.executable, description.__file__])


def digest_of(lock: Path) -> str:
    """What an installation is recognised by."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def run(command: list[str], way_out: str = "") -> None:
    """Run a command with its output in the log; Stop with advice where it fails."""
    with LOG.open("a+b") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        began = log.tell()
        try:
            done = subprocess.run(command, stdin=None, stdout=log, stderr=log, check=False)
        except FileNotFoundError:
            raise Stop(
                f"The program `{command[0]}` is missing. Install it and try again."
            ) from None
        if done.returncode == 0:
            return
        log.seek(began)
        output = log.read().decode(errors="replace")
    if any(sign in output for sign in NO_NETWORK):
        raise Stop(
            "The package registry could not be reached. Check the network, or the proxy's and "
            "mirror's settings of pip, npm and apt, and run the same command again: what is "
            "installed already, is kept."
        )
    lines = output.strip().splitlines()
    faults = [line for line in lines if line.lstrip().lower().startswith(("error", "npm err"))]
    end = "\n".join(f"    {line[:200]}" for line in (faults or lines)[-6:])
    advice = way_out or f"The whole output is in {LOG}."
    raise Stop(f"This did not work: {' '.join(command[:6])} …\n{end}\n{advice}")


if __name__ == "__main__":
    sys.exit(main())
