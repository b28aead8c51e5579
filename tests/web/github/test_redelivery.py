"""What GitHub sent while the site was away, and what it tells of those who sign in with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi import FastAPI

from activities.adapters.github.api import GitHub
from activities.adapters.github.setting import github_settings
from tests.github import event, hand
from tests.github.led import Led
from tests.github.outbox import Delivery
from tests.github.seed import Seeded
from tests.web.fake import FakeProcesses
from tests.web.github.test_webhook import BRANCH, app, bot, messages, parts, speak, world
from web.github.redelivery import ask_again
from workflows.domain.actor import Actor

__all__ = ["app", "bot", "messages", "parts", "speak", "world"]


async def test_what_was_missed_is_asked_for_again_at_the_start(
    world: Seeded,
    app: FastAPI,
    processes: FakeProcesses,
    messages: list[Delivery],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in world.settings().items():
        monkeypatch.setenv(name, value)
    github_settings.cache_clear()
    opened, merged = messages
    await world.outbox.send(opened)
    processes.reachable = False
    await world.outbox.send(merged)
    await world.outbox.send(merged)
    event.ping(world, world.bot)
    processes.reachable = True
    hook = app.state.site.hook
    world.outbox.held = False
    world.outbox.waiting.clear()
    async with GitHub(Led(world)) as github:
        assert await ask_again(hook, github, world.now()) == 1
        assert processes.hints == [BRANCH, BRANCH]
        assert await ask_again(hook, github, world.now()) == 0
        assert await ask_again(hook, github, world.now() + timedelta(days=4)) == 0
    assert hook.deliveries.has(merged.guid)


async def test_who_takes_back_the_sign_in_is_signed_out_everywhere(
    world: Seeded, app: FastAPI
) -> None:
    sessions = app.state.site.sessions
    hers = [sessions.begin(Actor("ada", world.ada.id)) for _ in range(2)]
    other = sessions.begin(Actor("grace", world.grace.id))
    hand.revoke(world, "ada")
    [told] = world.outbox.deliveries
    assert await world.outbox.send(told, secret="guessed") == 403
    assert sessions.find(hers[0].token)
    assert await world.outbox.send(told) == 202
    assert [sessions.find(one.token) for one in hers] == [None, None]
    assert sessions.find(other.token)
