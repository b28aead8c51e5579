"""A secret is found wherever and in whatever form it was written down."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from local import leak
from tests.github import token
from tests.github.conftest import parts, world
from tests.github.seed import Seeded

__all__ = ["parts", "world"]

SECRET = "q9Zr0Sd7TgYhUjIkOlPaWsXeDcRfVtGb"


async def places(*contents: bytes) -> AsyncIterator[leak.Place]:
    for number, content in enumerate(contents):
        yield f"place {number}", content


async def looked(*contents: bytes, secrets: tuple[str, ...] = (SECRET,)) -> list[str]:
    number, found = await leak.leaks(leak.Needles(secrets), places(*contents))
    assert number == len(contents)
    return found


async def test_a_secret_is_found_as_it_is_and_coded() -> None:
    plain = SECRET.encode()
    coded = [base64.b64encode(b"x" * before + b":" + plain + b"\n") for before in range(3)]
    assert await looked(b"nothing", b"log: " + plain + b"!", *coded, plain[:-1]) == [
        "place 1",
        *("place 2", "place 3", "place 4"),
    ]


async def test_a_token_of_anybody_is_found_by_its_shape(world: Seeded) -> None:
    installed = token.mint(world, world.installed)[0]
    personal = world.token(world.ada)
    claims = token.app_jwt(world.bot)
    assert await looked(
        *(f"at {value}.".encode() for value in (installed, personal, claims, "ghp_short")),
        secrets=(),
    ) == ["place 0", "place 1", "place 2"]


async def test_a_key_is_found_by_any_of_its_lines(world: Seeded) -> None:
    key = world.bot.private_key
    line = key.splitlines()[5].encode()
    begin = b"-----BEGIN RSA PRIVATE KEY-----"
    assert await looked(begin, b'{"x": "' + line + b'"}', secrets=(key,)) == ["place 1"]


async def test_words_too_short_to_be_told_apart_are_no_needles() -> None:
    assert leak.Needles(["", "ada", SECRET]).number == 1


async def test_every_file_is_looked_at_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a" / ".b").mkdir(parents=True)
    (tmp_path / "a" / ".b" / "c.db").write_bytes(b"\0" + SECRET.encode())
    (tmp_path / "elsewhere").symlink_to("/etc")
    number, found = await leak.leaks(leak.Needles([SECRET]), leak.files(tmp_path))
    assert (number, found) == (1, ["a/.b/c.db"])


@pytest.mark.parametrize("hidden", [SECRET, "nothing to see"])
async def test_a_payload_in_a_history_is_looked_into(client: Client, hidden: str) -> None:
    await client.start_workflow(
        "Nobody", {"said": hidden}, id=f"leak-{hidden[:5]}", task_queue="nobody-serves-this"
    )
    number, found = await leak.leaks(leak.Needles([SECRET]), leak.histories(client))
    assert number > 0
    mine = [name for name in found if f"leak-{hidden[:5]}" in name]
    assert bool(mine) == (hidden == SECRET)
    await client.get_workflow_handle(f"leak-{hidden[:5]}").terminate()
