"""The command for keys: what it makes is published, kept for us, and never printed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.adapters import public_key, signing_key
from activities.adapters.settings import settings
from activities.authoring import VERDICT, Outcome, ask
from tests.stage import Play, Stage, task
from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import Visitor, hidden_fields
from web.keys import main
from workflows.keyring import KEYRING


def test_rotation_publishes_the_next_key_and_keeps_the_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = signing_key.current()
    assert main(["rotate"]) == 0
    assert len(public_key.published()) == 2
    assert signing_key.current().id == first.id
    assert main([]) == 0
    told = capsys.readouterr().out
    assert f"{first.id}  SHA-256" in told
    assert "PRIVATE" not in told


def test_a_key_for_the_environment_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "site.pem"
    assert main(["make", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["make", str(file)]) == 2
    monkeypatch.setenv("SITE_SIGNING_KEY", str(file))
    settings.cache_clear()
    assert signing_key.current().id in public_key.published()
    assert main(["rotate"]) == 2
    assert "PRIVATE" not in capsys.readouterr().out


def test_a_key_that_does_not_count_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = signing_key.current()
    monkeypatch.setenv("SITE_KEYS", "0123456789abcdef")
    settings.cache_clear()
    assert main(["list"]) == 0
    assert f"{now.id} signs, but SITE_KEYS does not name it" in capsys.readouterr().out


def test_public_keys_that_were_lost_are_published_again(
    own_state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = {signing_key.current().id, signing_key.make().id}
    for lost in (own_state / "store" / "keys").iterdir():
        lost.unlink()
    assert not public_key.published()
    assert main(["list"]) == 0
    assert set(public_key.published()) == keys
    told = capsys.readouterr().out
    assert all(key in told for key in keys)


async def test_a_damaged_key_is_said_and_nothing_counts(
    visitor: Visitor, processes: FakeProcesses, own_state: Path
) -> None:
    await visitor.sign_in("grace")
    url = "/processes/{}/{}".format(*await bring(processes, "Karla"))
    sent = hidden_fields((await visitor.get(url)).text, f"{url}/stop")
    for kept in (own_state / "secrets" / "signing").iterdir():
        kept.write_text("rubbish")
    answer = await visitor.post(f"{url}/stop", {**sent, "reason": "We wait for a release."})
    assert answer.status_code == 503
    assert "The site cannot sign what you do" in answer.text
    assert "secrets/signing/0001" in answer.text
    assert "rubbish" not in answer.text
    assert "We wait for a release." in answer.text
    assert (await visitor.data(url))["document"]["process"]["ended"] is None


async def test_a_key_that_the_dispatcher_does_not_find_is_published_again(
    client: Client, own_state: Path
) -> None:
    async def question() -> Outcome:
        return ask("Is it good?", *VERDICT)

    stage = Stage(client, Play({"One": (task("one", question),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
    for lost in (own_state / "store" / "keys").iterdir():
        lost.unlink()
    KEYRING.learn({})
    async with stage.workers():
        await stage.answer("one", verdict="OK")
        await stage.until(lambda p: p.ended)
    assert signing_key.current().id in public_key.published()
