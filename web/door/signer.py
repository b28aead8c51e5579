"""The signer: the site vouches for who did what, when, and on what that rests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from activities.adapters import public_key, signing_key
from activities.adapters.signing_key import SigningKey
from workflows.domain.message import AnyMessage, Start, signed
from workflows.domain.process import Process
from workflows.domain.proof import basis
from workflows.domain.signature import Signature

M = TypeVar("M", bound=AnyMessage | Start)


class Signer:
    """Signs with the key that `current` names; its public half is published before it is used."""

    def __init__(self, current: Callable[[], SigningKey] = signing_key.current) -> None:
        self._current = current
        self._published: set[str] = set()

    async def start(self, process: str, start: Start) -> Start:
        """A start, signed for the workflow id that it will have."""
        return await self._sign(process, "", start, ("", ()))

    async def message(
        self, id: str, run: str, message: AnyMessage, process: Process | None
    ) -> AnyMessage:
        """A message, signed for exactly this run and for what the process shows now."""
        return await self._sign(id, run, message, basis(process, message))

    async def publish(self) -> None:
        """Publish the key that signs now again: a dispatcher has not found it."""
        self._published.clear()
        await asyncio.to_thread(self._key)

    async def _sign(self, id: str, run: str, message: M, rests: tuple[str, tuple[str, ...]]) -> M:
        key = await asyncio.to_thread(self._key)
        draft = replace(message, signature=Signature(key.id, datetime.now(UTC), *rests))
        content = signed(id, run, draft)
        assert content and draft.signature  # noqa: S101  just put there
        value = key.sign(content.to_sign)
        return replace(draft, signature=replace(draft.signature, value=value))

    def _key(self) -> SigningKey:
        key = self._current()
        if key.id not in self._published:
            public_key.publish(key.public)
            self._published.add(key.id)
        return key
