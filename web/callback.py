"""Callbacks: an outside service finishes a task that handed it an address and a key.

What it sends goes the way of any answer. How to sign: docs/callbacks.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from activities.adapters.secret import callback_key
from web.door.port import Door
from web.door.processes import Sent
from workflows.domain.actor import SERVICE, Actor
from workflows.domain.message import Answer
from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, Refused
from workflows.reading.document import Document

FRESH = 300
"""Seconds for which a signature is good."""

LARGEST = 64_000
"""Bytes of a callback's body; reports belong into a store."""


@dataclass(frozen=True)
class Address:
    """One question of exactly one attempt of one task of one process."""

    key: str
    run: str
    task: str
    attempt: int
    number: int

    @property
    def path(self) -> str:
        """What the key is derived from, and the end of the URL."""
        return f"{self.key}/{self.run}/{self.task}/{self.attempt}/{self.number}"


def sign(key: str, timestamp: str, body: bytes) -> str:
    """The value of the header X-Signature-256."""
    digest = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


async def receive(
    processes: Door, address: Address, timestamp: str, signature: str, body: bytes, now: float
) -> Sent:
    """Check a callback and pass it on.

    Refused when it is forged, too old, unreadable, repeated, or about an attempt or a question
    that is over.
    """
    expected = sign(callback_key(address.path), timestamp, body)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise Refused("The signature is not right.", FORBIDDEN)
    if not timestamp.isdigit() or abs(now - int(timestamp)) > FRESH:
        raise Refused("The signature is too old.", FORBIDDEN)
    message = _answer(address, body)
    document = await processes.document(address.key, address.run)
    _refuse_repetition(document, message.id)
    return await processes.act(address.key, address.run, message, document)


def _answer(address: Address, body: bytes) -> Answer:
    try:
        reply = json.loads(body)
    except ValueError:
        raise Refused("The body is not JSON.", INVALID) from None
    if not isinstance(reply, dict) or not all(isinstance(v, str) for v in reply.values()):
        raise Refused("The body is not a JSON object whose values are all strings.", INVALID)
    by = Actor("service", 0, (SERVICE,))
    identity = hashlib.sha256(f"callback/{address.path}".encode()).hexdigest()
    return Answer(identity, by, address.task, address.attempt, address.number, reply)


def _refuse_repetition(document: Document, identity: str) -> None:
    counted = document.process.receipts if document.process else {}
    if identity in counted or any(u.message.id == identity for u in document.unread):
        raise Refused("This was received before; it counts once.", CONFLICT)
