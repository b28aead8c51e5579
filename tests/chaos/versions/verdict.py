"""The verdict: one line for each invariant, with how often it held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.chaos.versions.cast import Player
from tests.stage import find
from workflows.domain.process import Process

Holds = Callable[[Player, Process, Process, Counter[str]], bool]


async def hold(players: list[Player], state: Path) -> bool:
    """Whether all invariants hold for all processes."""
    runs = Counter((state / "runs.log").read_text().splitlines())
    published = [p for p in players if _old(p).published]
    others = [p for p in players if not _old(p).published]
    lines = [
        ("none with a pull request was touched", published, _untouched),
        ("each other one is voided once", others, _voided),
        ("old and new are linked both ways", others, _linked),
        ("each is restarted once, as the new version", others, _restarted),
        ("evidence is reused where inputs are equal", others, _reused),
        ("and not where the task is another version", others, _made_anew),
        ("no verdict of a person is carried over", others, _asked_again),
        ("nothing that was confirmed is lost", players, _kept),
    ]
    held = True
    for text, subjects, holds in lines:
        right = sum(holds(p, _old(p), _new(p), runs) for p in subjects)
        held = held and right == len(subjects)
        print(f"{'ok  ' if right == len(subjects) else 'FAIL'} {right}/{len(subjects)} {text}")
    return held


def _old(player: Player) -> Process:
    assert player.old and player.old.process
    return player.old.process


def _new(player: Player) -> Process:
    assert player.new and player.new.process
    return player.new.process


def _untouched(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    assert player.new
    once = runs[f"{player.stage.key} open"] >= 1
    return player.new.run == player.stage.run and new.version == 1 and not new.ended and once


def _voided(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    wished = [line for line in old.log if line.text.startswith("To be replaced")]
    assert player.old
    return old.superseded is not None and len(wished) == 1 and bool(player.old.closed)


def _linked(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    assert player.old and player.new
    back = new.supersedes is not None and new.supersedes.run == player.old.run
    return back and player.old.successor == player.new.run


def _restarted(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    return new.version == 2 and new.supersedes is not None and new.supersedes.earlier == 1


def _reused(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    """Whatever had ended OK or had asked in the old run was taken over in the new one."""
    if old.superseded is None:
        return False
    for key, title in (("get", "Get"), ("judge", "Judge"), ("slow", "Slow")):
        taken = any(entry.taken_over_from for entry in find(new, key).history)
        if taken != (title in old.superseded.holds):
            return False
    return True


def _made_anew(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    return not any(entry.taken_over_from for entry in find(new, "other").history)


def _asked_again(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    judge = find(new, "judge")
    return judge.form is not None and not any(entry.reply for entry in judge.history)


def _kept(player: Player, old: Process, new: Process, runs: Counter[str]) -> bool:
    if not player.answered:
        return True
    recorded = any(entry.reply for entry in find(old, "judge").history)
    return recorded and (old.published or find(new, "judge").predecessor is not None)
