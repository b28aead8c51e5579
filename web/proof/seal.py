"""The seal: the site signs the list of all lines, so that no byte can change unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from activities.adapters.signing_key import SigningKey
from web.proof.finding import Finding
from web.proof.keys import Keys
from web.proof.line import END, SEAL, Line, digest, written
from workflows.domain.canonical import digest as canonical_digest


def seal(lines: Sequence[bytes], key: SigningKey) -> bytes:
    """The line that seals a block: the digest of each line before it, signed."""
    return _signed(SEAL, [digest(line) for line in lines], key)


def end(seals: Sequence[bytes], key: SigningKey) -> bytes:
    """The last line of a file: the digest of each seal in it, signed."""
    return _signed(END, [digest(line) for line in seals], key)


def _signed(kind: str, digests: list[str], key: SigningKey) -> bytes:
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    content = {"lines": digests, "at": at, "key": key.id}
    return written(kind, **content, value=key.sign(_bytes(kind, content)))


def _bytes(kind: str, content: dict[str, Any]) -> bytes:
    """What a seal's signature is made over: all its members but the signature."""
    members = {name: content.get(name) for name in ("lines", "at", "key")}
    return f"Family PR {kind} 1\n{canonical_digest(members)}\n".encode("ascii")


def check(seal: Line, lines: Sequence[Line], keys: Keys) -> Iterator[Finding]:
    """What is wrong with a seal, and with each line that it does not fit."""
    value, key = str(seal.content.get("value", "")), str(seal.content.get("key", ""))
    members = {name: seal.content.get(name) for name in ("lines", "at", "key", "value")}
    if seal.raw != written(seal.kind, **members):
        yield Finding(seal.name, "this seal is not written as the site writes it")
    if why := keys.why_not(key, _bytes(seal.kind, seal.content), value):
        yield Finding(seal.name, f"the seal does not hold: {why}")
    listed = seal.content.get("lines")
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        yield Finding(seal.name, "the seal has no list of lines")
        return
    yield from _differences(seal, lines, listed)


def _differences(seal: Line, lines: Sequence[Line], listed: list[str]) -> Iterator[Finding]:
    """The lines that are changed, missing, too many, or not in their place."""
    found = [line.digest for line in lines]
    if found == listed:
        return
    if sorted(found) == sorted(listed):
        moved = next(
            line for line, wanted in zip(lines, listed, strict=True) if line.digest != wanted
        )
        yield Finding(moved.name, "the lines are all there, but from here on in another order")
        return
    first = lines[0].number if lines else seal.number
    missing = [n for n, wanted in enumerate(listed) if wanted not in found]
    surplus = [line for n, line in enumerate(lines) if _is_surplus(n, found, listed)]
    for line in surplus:
        changed = len(found) == len(listed)
        what = "was changed after it was sealed" if changed else "is not what was sealed"
        yield Finding(line.name, f"this line {what}")
    if len(found) != len(listed):
        what = "seals" if seal.kind == END else "lines"
        for n in missing:
            yield _missing(seal, first, n)
        yield Finding(seal.name, f"{len(listed)} {what} were sealed, there are {len(found)}")


def _missing(seal: Line, first: int, number: int) -> Finding:
    """What is missing: a line of a block, or the seal of a whole one."""
    if seal.kind == END:
        return Finding(f"process {number + 1}", "the seal that ended it here is missing")
    return Finding(f"line {first + number}", "the line that was sealed here is missing")


def _is_surplus(number: int, found: list[str], listed: list[str]) -> bool:
    one = found[number]
    return found[: number + 1].count(one) > listed.count(one)
