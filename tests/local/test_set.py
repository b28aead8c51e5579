"""The set has a part for everything that the process needs, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import worker
from local.port import Ports
from local.set import QUEUES, parts

PORTS = Ports.chosen({"SITE_PORT": "8100", "TEMPORAL_PORT": "7300", "TEMPORAL_WEB_PORT": "8300"})


@pytest.fixture(autouse=True)
def no_named_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)


def test_every_queue_of_the_process_has_a_worker() -> None:
    assert set(worker.queues()) <= set(QUEUES)


def test_parts_start_in_the_order_in_which_they_need_each_other(tmp_path: Path) -> None:
    names = [part.name for part in parts(tmp_path, PORTS, {})]
    assert names == [
        "temporal",
        "worker-dispatcher",
        "worker-font-bakery",
        "worker-browsers",
        "site",
    ]


def test_parts_are_told_where_the_others_are(tmp_path: Path) -> None:
    for part in parts(tmp_path, PORTS, {"SITE_URL": "https://fonts.example"})[1:]:
        assert part.environment == {
            "STATE_DIR": str(tmp_path),
            "SITE_PORT": "8100",
            "SITE_URL": "https://fonts.example",
            "TEMPORAL_ADDRESS": "127.0.0.1:7300",
            "TEMPORAL_WEB_URL": "http://127.0.0.1:8300",
        }


async def test_only_what_speaks_to_github_gets_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "github_pat_secret")
    monkeypatch.setenv("LANG", "C.UTF-8")
    seen = {}
    for part in parts(tmp_path, PORTS, {}):
        log = tmp_path / f"{part.name}.log"
        running = await replace(part, command=("env",)).start(log)
        await running.wait()
        assert "LANG=C.UTF-8" in log.read_text()
        seen[part.name] = "github_pat_secret" in log.read_text()
    assert {name for name, given in seen.items() if given} == {"worker-dispatcher", "site"}


def test_a_server_that_the_environment_names_is_used_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    found = parts(tmp_path, PORTS, {})
    assert "temporal" not in [part.name for part in found]
    assert all("TEMPORAL_ADDRESS" not in part.environment for part in found)
    assert not (tmp_path / "temporal").exists()
