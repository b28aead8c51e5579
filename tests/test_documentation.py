"""What can be set is written down, and what is written down is there."""

from __future__ import annotations

import re
from pathlib import Path

from activities.adapters.github.setting import GitHubSettings
from activities.adapters.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/operating.md").read_text()
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in text]
    assert not missing


def test_the_table_of_githubs_settings_is_that_of_the_code() -> None:
    text = (ROOT / "docs/github.md").read_text().partition("\n## Settings\n")[2]
    table = text.partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| `(\w+)` \| (.+?) \|", table)
    named = {f"GITHUB_{name.upper()}": field for name, field in GitHubSettings.model_fields.items()}
    assert {name for name, _ in rows} == set(named)
    for name, said in rows:
        default = str(named[name].default or "")
        assert said == f"`{default}`" or not default, name


def test_every_link_within_the_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_make_target_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for name in re.findall(r"(?m)(?:^|`)make (\w+)", (ROOT / "README.md").read_text()):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


def test_the_task_in_the_manual_is_a_task() -> None:
    manual = (ROOT / "docs/tasks.md").read_text()
    source = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(compile(source, "shaping", "exec"), names)  # noqa: S102  our own manual
    assert names["title"] == "Look at the shaping"
    assert callable(names["start"])
