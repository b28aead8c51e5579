"""Messages to the Apps' webhook addresses: signed, numbered, kept, sent again on demand."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from tests.github.registration import App


@dataclass(eq=False)
class Delivery:
    """One message and what came of it; `guid` stays the same when it is sent again."""

    id: int
    app: App
    event: str
    body: bytes
    at: datetime
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    redelivery: bool = False
    status: int = 0  # of the receiver's answer; 0: not sent, or no answer
    action: str | None = None

    def headers(self, secret: str | None = None) -> dict[str, str]:
        """As GitHub sends them; another `secret` makes a forgery."""
        used = self.app.webhook_secret if secret is None else secret
        sign = hmac.new(used.encode(), self.body, hashlib.sha256).hexdigest()
        old = hmac.new(used.encode(), self.body, hashlib.sha1).hexdigest()
        return {
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/5a1f3c2",
            "X-GitHub-Delivery": self.guid,
            "X-GitHub-Event": self.event,
            "X-GitHub-Hook-ID": str(self.app.id),
            "X-GitHub-Hook-Installation-Target-ID": str(self.app.id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature": f"sha1={old}",
            "X-Hub-Signature-256": f"sha256={sign}",
        }


@dataclass
class Outbox:
    """All deliveries; `transport` leads into an app in this process instead of the network.

    While `held`, nothing is sent by itself: a test sends what it wants, in the order it wants.
    """

    deliveries: list[Delivery] = field(default_factory=list)
    waiting: list[Delivery] = field(default_factory=list)
    transport: httpx.AsyncBaseTransport | None = None
    held: bool = False

    def put(self, number: int, app: App, event: str, payload: dict[str, Any], at: datetime) -> None:
        """Write one message; it goes out after the answer that caused it."""
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        made = Delivery(number, app, event, body, at, action=payload.get("action"))
        self.deliveries.append(made)
        self.waiting.append(made)

    async def flush(self) -> None:
        """Send what waits, unless it is held."""
        while self.waiting and not self.held:
            await self.send(self.waiting.pop(0))

    async def send(self, delivery: Delivery, secret: str | None = None, body: bytes = b"") -> int:
        """Send one now; the receiver's status, 0 without an answer.

        A `secret` of its own makes a forgery; `body` replaces the content after it was signed.
        """
        headers = delivery.headers(secret)
        try:
            async with httpx.AsyncClient(transport=self.transport, timeout=10) as client:
                response = await client.post(
                    delivery.app.webhook_url, content=body or delivery.body, headers=headers
                )
        except httpx.HTTPError:
            delivery.status = 0
        else:
            delivery.status = response.status_code
        return delivery.status

    def again(self, delivery: Delivery, number: int, at: datetime) -> Delivery:
        """The same message to be sent again, under the same GUID."""
        made = Delivery(
            number, delivery.app, delivery.event, delivery.body, at, delivery.guid, True
        )
        made.action = delivery.action
        self.deliveries.append(made)
        self.waiting.append(made)
        return made
