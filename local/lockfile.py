"""Writes requirements.lock anew from pyproject.toml: `make lock`.

Run it with the oldest Python that is to work: a package's newest release may refuse that one.
Debian 12 has 3.11.2: `make lock PYTHON=/usr/bin/python3`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / ".tools" / "pip-tools"
LOCK = ROOT / "requirements.lock"

HEADER = "# Made by `make lock` from pyproject.toml: all packages, each file with its hash.\n"


def main() -> None:
    """Resolve with the public registry only; no address or path of this machine gets in."""
    if not TOOL.exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOL)], check=True)
        subprocess.run([TOOL / "bin" / "pip", "install", "--quiet", "pip-tools==7.6.2"], check=True)
    quiet = ("header", "annotate", "emit-index-url", "emit-find-links", "emit-trusted-host")
    plain = [f"--no-{what}" for what in (*quiet, "emit-options")]
    what = ["--generate-hashes", "--all-extras", "--allow-unsafe", "--strip-extras", "--upgrade"]
    mirrors = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL")
    environment = {name: value for name, value in os.environ.items() if name not in mirrors}
    subprocess.run(
        [TOOL / "bin" / "pip-compile", "--quiet", *what, *plain, "-o", LOCK, "pyproject.toml"],
        cwd=ROOT,
        env={**environment, "PIP_CONFIG_FILE": os.devnull},
        check=True,
    )
    LOCK.write_text(HEADER + LOCK.read_text())


if __name__ == "__main__":
    main()
