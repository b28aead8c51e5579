"""A secret of this installation: configured, or made once and kept in the state folder."""

from __future__ import annotations

import secrets
from pathlib import Path


def secret(configured: str, kept: Path) -> bytes:
    """The configured secret, else the one in the file `kept`, which is made where it is missing.

    ValueError where a configured one is too short to be a secret.
    """
    if configured:
        if len(configured) < 16:
            raise ValueError("A secret needs at least 16 characters.")
        return configured.encode()
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_hex(32))
    try:
        kept.hardlink_to(fresh)  # appears whole or not at all, also when two start at once
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return kept.read_text().encode()
