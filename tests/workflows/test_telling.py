"""Who has to do with a process hears once that it was replaced, though the sweep is killed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from temporalio.client import Client

from activities.adapters import settings
from tests.stage import ADA, EVE, Stage
from tests.workflows.relay import Work, next_run, to
from tests.workflows.test_sweep import swept


class Channel:
    """Where people are told; it breaks off once, before anybody of the second call has heard."""

    def __init__(self, breaks: bool = False) -> None:
        self.said: list[tuple[str, str, str]] = []
        self.breaks = breaks

    def tell(self, login: str, about: str, text: str, id: str) -> None:
        if self.breaks and self.said:
            self.breaks = False
            raise RuntimeError("killed")
        self.said.append((login, about, text))

    def about(self, stage: Stage) -> list[str]:
        return sorted(login for login, about, _ in self.said if f"/{stage.key}/" in about)


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Channel:
    made = Channel(breaks=True)
    monkeypatch.setattr("activities.adapters.notify.tell", made.tell)
    monkeypatch.setenv("ENGINEERS", "grace,linus")
    settings.settings.cache_clear()
    return made


async def until_told(client: Client, channel: Channel, stage: Stage, number: int) -> None:
    """Rounds until so many heard; lists are a moment behind."""
    async with asyncio.timeout(60):
        while len(channel.about(stage)) < number:
            await swept(client, 2)


async def test_the_initiator_and_whoever_answered_or_is_asked_hear_of_a_raise_once(
    client: Client, channel: Channel
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin(by=EVE)
        await stage.answer("sign", by=ADA, verdict="OK")
        await stage.until_asked("check")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        await swept(client, 2)
        new = await next_run(stage)
        await until_told(client, channel, stage, 4)
        await swept(client, 2)
    assert channel.about(stage) == ["ada", "eve", "grace", "linus"]
    assert not channel.breaks, "it was killed in between"
    about, text = next((a, t) for who, a, t in channel.said if who == "ada" and stage.key in a)
    assert about.endswith(f"/processes/{stage.key}/{new}")
    assert "Version 2 replaces version 1" in text


async def test_who_is_asked_later_hears_of_it_when_the_new_run_asks(
    client: Client, channel: Channel, monkeypatch: Any
) -> None:
    work = Work()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin(by=EVE)
        await stage.until_asked("check")
    stage.kinds = {"play": work.play(2)}
    async with stage.workers():
        await to(stage, 2)
    waiting: tuple[str, ...] = ()
    monkeypatch.setattr("activities.upkeep.telling._asked_of", lambda _: waiting)
    async with stage.workers():
        await until_told(client, channel, stage, 1)
        await swept(client, 2)
        assert channel.about(stage) == ["eve"]
        waiting = ("engineer",)
        await until_told(client, channel, stage, 3)
    assert channel.about(stage) == ["eve", "grace", "linus"]
