"""Lets pytest run without pytest-asyncio although pyproject.toml has settings for it."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    for name in ("asyncio_mode", "asyncio_default_fixture_loop_scope"):
        parser.addini(name, "not used in this run", default="")
    parser.addini("asyncio_default_test_loop_scope", "not used in this run", default="")
