"""Set-up says what is missing and what to do, and leaves alone what is installed already."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local import install


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    log = tmp_path / "install.log"
    monkeypatch.setattr(install, "LOG", log)
    return log


def shell(script: str) -> list[str]:
    return ["sh", "-c", script]


def test_without_a_network_it_says_so() -> None:
    with pytest.raises(install.Stop, match="registry could not be reached"):
        install.run(shell("echo 'Temporary failure in name resolution' >&2; exit 1"))


def test_another_fault_shows_the_errors_and_where_the_rest_is(log: Path) -> None:
    with pytest.raises(install.Stop) as stopped:
        install.run(shell("echo much; echo 'ERROR: no wheel for you'; echo more; exit 3"))
    assert "ERROR: no wheel for you" in str(stopped.value)
    assert "much" not in str(stopped.value).partition("…")[2]
    assert str(log) in str(stopped.value)
    assert "more" in log.read_text()


def test_a_fault_of_an_earlier_step_is_not_told_again() -> None:
    with pytest.raises(install.Stop):
        install.run(shell("echo 'Network is unreachable'; exit 1"))
    with pytest.raises(install.Stop, match="This did not work"):
        install.run(shell("echo 'error: something else'; exit 1"))


def test_a_missing_program_is_named() -> None:
    with pytest.raises(install.Stop, match="`no-such-program` is missing"):
        install.run(["no-such-program"])


def test_a_missing_chromium_can_be_installed_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(install, "root", lambda: None)
    with pytest.raises(install.Stop) as stopped:
        install.debian_packages()
    assert "Missing on this machine: chromium" in str(stopped.value)
    assert "apt-get install chromium" in str(stopped.value)
    assert "CHROMIUM=/path/to/chromium" in str(stopped.value)


def test_a_missing_package_is_installed_as_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho apt-get "$@" >> {tmp_path}/asked\n')
    apt.chmod(0o755)
    for name in ("git", "npm", "env", "sh"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(install, "root", lambda: [])
    install.debian_packages()
    assert (tmp_path / "asked").read_text().splitlines() == [
        "apt-get -q -y update",
        "apt-get -q -y install --no-install-recommends chromium",
    ]


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(install.Stop, match=r"needs 3\.11 or newer.*make PYTHON="):
        install.check_python()


def test_an_environment_is_made_once_for_each_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, folder = tmp_path / "requirements.lock", tmp_path / "environment"
    lock.write_text("# nothing\n")
    install.environment(folder, lock, "Nothing")
    python = folder / "bin" / "python"
    subprocess.run([python, "-c", "import sys; assert sys.prefix != sys.base_prefix"], check=True)
    assert "Nothing: installed in" in capsys.readouterr().out
    install.environment(folder, lock, "Nothing")
    assert capsys.readouterr().out == "", "the second time there is nothing to do"
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    install.environment(folder, lock, "Nothing")  # made by a newer Python, it stays in use
    lock.write_text("# something else\n")
    with pytest.raises(install.Stop, match=r"3\.11"):
        install.environment(folder, lock, "Nothing")


def test_an_environment_that_is_a_link_is_left_to_its_owner(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    install.environment(tmp_path / "link", tmp_path / "no-lock", "Nothing")
    assert list((tmp_path / "theirs").iterdir()) == []
