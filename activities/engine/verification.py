"""Verification: whether a signature was made by a key that the site has published."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from temporalio import activity

from activities.adapters import public_key
from workflows.domain.proof import FORGED, UNSIGNED, mismatch
from workflows.domain.signature import FORMAT, Claim, signed_bytes

AT_ONCE = timedelta(minutes=15)
"""Between a start's signature and its arrival at Temporal, with room for clocks that differ."""


@activity.defn(name="verify")
async def verify(claim: Claim) -> str:
    """Why a claim does not hold; empty when it does. A store that is away is asked again."""
    return await asyncio.to_thread(why_not, claim)


def why_not(claim: Claim) -> str:
    """The same, for whoever may wait for the disk."""
    signature = claim.signature
    if signature is None:
        return UNSIGNED
    public = public_key.public_key(signature.key)
    if public is None:
        return f"The key {signature.key[:16]!r} that signed this is not one of the site's."
    signed = signed_bytes(claim.digest)
    if signature.format != FORMAT or not public_key.verifies(public, signed, signature.value):
        return FORGED
    if claim.begun and abs(claim.begun - signature.at) > AT_ONCE:
        return "It was signed at another time: somebody has sent an old start again."
    return mismatch(signature, claim.expected) if claim.expected else ""


def checks() -> dict[str, Callable[[bytes, str], bool]]:
    """For each trusted key, what tells whether it has signed some bytes."""
    return {
        name: partial(public_key.verifies, public)
        for name, public in public_key.published().items()
    }
