"""The place of a change is named also where a whole part is missing or is spelled anew."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.adapters import public_key
from tests.web.proof.recorded import checked, record_of, twice_lived
from web.proof.__main__ import main
from web.proof.line import lines_of


@pytest.fixture
async def both(client: Client) -> list[bytes]:
    return (await record_of(*await twice_lived(client))).splitlines(keepends=True)


def numbers(lines: list[bytes], kind: str) -> list[int]:
    """Where lines of a kind stand, from 0."""
    return [n for n, line in enumerate(lines) if json.loads(line)["line"] == kind]


async def found(lines: list[bytes]) -> list[str]:
    return [str(finding) for finding in (await checked(b"".join(lines))).findings]


async def test_a_seal_that_is_taken_away_is_missed_where_it_was(both: list[bytes]) -> None:
    first = numbers(both, "seal")[0]
    said = await found([*both[:first], *both[first + 1 :]])
    assert said[0] == "process 1: the seal that ended it here is missing"
    assert any(f"line {first} (key): what ends here has no seal" in one for one in said)
    assert not any(f"line {first + 1} " in one for one in said), "the second process is whole"


async def test_a_process_that_is_taken_away_is_missed_by_its_number(both: list[bytes]) -> None:
    second = numbers(both, "process")[1]
    said = await found([*both[:second], both[-1]])
    assert said[0] == "process 2: the seal that ended it here is missing"


async def test_a_process_whose_first_line_is_damaged_is_named_itself(both: list[bytes]) -> None:
    second = numbers(both, "process")[1]
    damaged = both[second].replace(b'"format":1', b'"format":2')
    said = await found([*both[:second], damaged, *both[second + 1 :]])
    assert f"line {second + 1} (process): no process of a known format begins here" in said


async def test_each_signature_has_one_spelling(both: list[bytes]) -> None:
    end = json.loads(both[-1])
    for value in (end["value"].upper(), f"{end['value'][:2]} {end['value'][2:]}"):
        spelled = json.dumps({**end, "value": value}, separators=(",", ":")).encode() + b"\n"
        said = await found([*both[:-1], spelled])
        assert any(f"line {len(both)} (end): the seal does not hold" in one for one in said)


async def test_a_folder_without_a_right_key_decides_nothing(
    both: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, keys = tmp_path / "export.jsonl", tmp_path / "keys"
    export.write_bytes(b"".join(both))
    keys.mkdir()
    ids = [line.content["id"] for line in lines_of(export.read_bytes()) if line.kind == "key"]
    for content in (None, "00" * 32, "rubbish"):
        if content:
            (keys / ids[0]).write_text(content)
        assert await asyncio.to_thread(main, [str(export), "--keys", str(keys)]) == 2
        assert "key" in capsys.readouterr().out
    public = public_key.public_key(ids[0])
    assert public
    (keys / ids[0]).write_text(public.hex())
    assert await asyncio.to_thread(main, [str(export), "--keys", str(keys)]) == 0


async def test_a_check_that_breaks_has_decided_nothing(
    both: list[bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object) -> None:
        raise RecursionError("too deep")

    export = tmp_path / "export.jsonl"
    export.write_bytes(b"".join(both))
    monkeypatch.setattr("web.proof.__main__.verify", broken)
    assert await asyncio.to_thread(main, [str(export)]) == 2
    assert "UNDECIDED: the check itself broke" in capsys.readouterr().out
