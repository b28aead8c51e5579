"""GitHub's description is taken only as it was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from local import description


def test_another_package_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package.tgz"
    package.write_bytes(b"something else")
    with pytest.raises(description.Altered, match="Nothing of it is kept"):
        description.check(package)


def test_the_chosen_one_is_installed() -> None:
    assert description.installed(), "run `make install`"
