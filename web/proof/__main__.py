"""Verifies an exported record without any network: `python -m web.proof EXPORT [--keys FOLDER]`.

Exits with 0 where it is genuine, 1 where it was tampered with, 2 where that cannot be decided.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from web.proof.finding import Verdict
from web.proof.keys import at_hand, in_folder
from web.proof.verify import Unreadable, verify

GENUINE, TAMPERED, UNDECIDED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m web.proof", description=__doc__)
    parser.add_argument("export", type=Path, help="the file to verify")
    parser.add_argument("--keys", type=Path, help="a folder of public keys that you trust")
    chosen = parser.parse_args(arguments)
    try:
        content = chosen.export.read_bytes()
        trusted = in_folder(chosen.keys) if chosen.keys else at_hand()
        verdict = asyncio.run(verify(content, trusted))
    except (OSError, Unreadable, UnicodeDecodeError) as why:
        print(f"UNREADABLE: {why}")
        return UNDECIDED
    except Exception as why:  # whatever it is, it has decided nothing
        print(f"UNDECIDED: the check itself broke: {type(why).__name__}: {why}")
        return UNDECIDED
    return told(verdict)


def told(verdict: Verdict) -> int:
    """Print what was found; the exit code."""
    for finding in verdict.findings:
        print(f"TAMPERED: {finding}")
    for why in verdict.undecided:
        print(f"UNDECIDED: {why}")
    for note in verdict.notes:
        print(f"note: {note}")
    print("checked: " + ", ".join(f"{what} {number}" for what, number in verdict.checked.items()))
    if verdict.findings:
        return TAMPERED
    if verdict.undecided:
        return UNDECIDED
    print("GENUINE: nothing was changed, and what people did is signed as it stands there.")
    return GENUINE


if __name__ == "__main__":
    sys.exit(main())
