"""The arrows between the parts, and the size of everything."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import worker
from workflows.domain.definition import ALWAYS, Definition

ROOT = Path(__file__).parents[1]
WORKFLOWS = ["arrival", "attribute", "beginning", "dispatcher", "follow", "performance"]
WORKFLOWS += ["publication", "running", "sent", "succession", "sweep", "verification"]
"""What runs inside of Temporal's workflows; workers run it without Temporal's own sandbox."""

PARTS = ["activities", "local", "tests", "web", "workflows"]
SOURCES = [ROOT / "worker.py", *(p for part in PARTS for p in (ROOT / part).rglob("*.py"))]
SOURCES = [path for path in SOURCES if "node_modules" not in path.parts]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of(folder: str) -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(ROOT / folder)]


def starts(name: str, *prefixes: str) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in prefixes)


def test_the_domain_is_pure() -> None:
    for path in of("workflows/domain"):
        for name in imports(path):
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names or starts(name, "workflows.domain"), (path, name)
            assert top not in {"asyncio", "os", "random", "socket", "subprocess", "time"}, path


def test_the_domain_has_no_clock() -> None:
    for path in of("workflows/domain"):
        assert not re.search(r"\b(now|utcnow|today|uuid4)\(", path.read_text()), path


def test_the_dispatcher_knows_the_domain_only() -> None:
    allowed = (
        "asyncio",
        "collections",
        "contextlib",
        "copy",
        "dataclasses",
        "datetime",
        "typing",
        "__future__",
        "temporalio",
        "workflows.domain",
    )
    siblings = tuple(f"workflows.{name}" for name in [*WORKFLOWS, "keyring"])
    for name in WORKFLOWS:
        path = ROOT / "workflows" / f"{name}.py"
        for found in imports(path):
            assert found == "workflows.attribute" or starts(found, *allowed, *siblings), found


def test_workflows_know_no_clock_and_no_chance_but_those_of_temporal() -> None:
    forbidden = re.compile(r"(?<!workflow\.)\b(now|utcnow|today|uuid[14]|random|to_thread)\(")
    for name in WORKFLOWS:
        text = (ROOT / "workflows" / f"{name}.py").read_text()
        assert not forbidden.search(text), name
        assert not re.search(r"\b(open|print|input)\(|\basyncio\.(wait|as_completed)\(", text), name


def test_reading_a_history_needs_the_workflow_and_nothing_else_of_ours() -> None:
    parts = ("dispatcher", "domain", "reading", "attribute", "payload")
    ours = tuple(f"workflows.{part}" for part in parts)
    for path in of("workflows/reading"):
        for name in imports(path):
            top = name.partition(".")[0]
            foreign = top in sys.stdlib_module_names or top in {"google", "pydantic", "temporalio"}
            assert foreign or starts(name, *ours), (path, name)


def test_the_keyring_knows_no_temporal_and_no_store() -> None:
    for name in imports(ROOT / "workflows/keyring.py"):
        standard = name.partition(".")[0] in sys.stdlib_module_names
        assert standard or starts(name, "workflows.domain"), name


def test_tasks_know_neither_the_dispatcher_nor_the_site() -> None:
    for path in of("activities"):
        upkeep = path.is_relative_to(ROOT / "activities" / "upkeep")  # it reads whole histories
        reads = ("workflows.reading", "workflows.attribute") if upkeep else ()
        known = ("workflows.domain", "workflows.payload", *reads)
        for name in imports(path):
            assert not starts(name, "web", "worker", "local"), (path, name)
            assert not starts(name, "workflows") or starts(name, *known), (path, name)


def test_the_site_knows_no_task() -> None:
    for path in of("web"):
        for name in imports(path):
            assert not starts(name, "worker", "local", "workflows.family_pr"), (path, name)
            assert not starts(name, "activities") or starts(name, "activities.adapters"), name


def test_files_stay_small() -> None:
    for path in SOURCES:
        lines = len(path.read_text().splitlines())
        assert lines <= 200, f"{path} has {lines} lines"


def test_functions_stay_short() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert length <= 30 or "tests" in path.parts, f"{path}: {node.name} is {length}"


def definitions() -> list[Definition]:
    return [worker.definition(name, kind) for name, kind in worker.PROCESSES.items()]


@pytest.mark.parametrize("definition", definitions(), ids=lambda d: d.kind)
def test_what_a_task_needs_an_earlier_step_provides(definition: Definition) -> None:
    provided = set(ALWAYS)
    for step in definition.steps:
        for task in step.tasks:
            assert set(task.needs) <= provided, f"{task.key} needs {set(task.needs) - provided}"
        provided |= {name for task in step.tasks for name in task.provides}
    for step in definition.on_failure:
        for task in step.tasks:
            assert set(task.needs) <= set(ALWAYS), f"{task.key} runs after a failure"


@pytest.mark.parametrize("definition", definitions(), ids=lambda d: d.kind)
def test_a_task_is_in_a_process_once(definition: Definition) -> None:
    keys = [task.key for step in (*definition.steps, *definition.on_failure) for task in step.tasks]
    assert len(keys) == len(set(keys))
