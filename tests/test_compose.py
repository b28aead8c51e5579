"""The team's set fits the Compose specification and the settings that the code reads."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema  # type: ignore[import-untyped]  # no types
from jsonschema import Draft202012Validator

from activities.adapters.github.setting import GitHubSettings
from activities.adapters.settings import Settings
from local.set import QUEUES

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text()

# Read by libraries: the store's S3 client, and Temporal's envconfig.
BY_LIBRARIES = {
    *("AWS_ENDPOINT", "AWS_ALLOW_HTTP", "AWS_REGION"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    *("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"),
}
# The dispatcher's worker has no use for these; who acts and who sends messages is the site's.
FOR_THE_SITE = {"GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GITHUB_WEBHOOK_SECRET"}
# For trials, by hand.
FOR_TRIALS = {"GITHUB_DRY_RUN"}


@cache
def words_in_code() -> frozenset[str]:
    """Every word in capitals in any string of the code that our services run."""
    return frozenset(word for text in strings() for word in re.findall(r"[A-Z][A-Z0-9_]+", text))


def strings() -> Iterator[str]:
    folders = (ROOT / "web", ROOT / "activities", ROOT / "local")
    files = [ROOT / "worker.py", *(p for folder in folders for p in folder.rglob("*.py"))]
    for path in files:
        if "node_modules" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def fields() -> set[str]:
    return {name.upper() for name in Settings.model_fields} | github_fields()


def github_fields() -> set[str]:
    return {f"GITHUB_{name.upper()}" for name in GitHubSettings.model_fields}


def specification() -> Draft202012Validator:
    schema = get_builtin_schema("vendor.compose-spec")
    assert "2020-12" in schema["$schema"], "another draft would check nothing"
    return Draft202012Validator(schema)


def test_the_file_fits_the_compose_specification() -> None:
    assert [error.message for error in specification().iter_errors(COMPOSE)] == []


def test_the_schema_would_notice_a_mistake() -> None:
    broken = {"services": {"site": {"image": "x", "depend_on": ["store"]}}}
    assert not specification().is_valid(broken)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_our_services_is_read_by_the_code(name: str) -> None:
    given = set(OURS[name]["environment"])
    known = fields() | BY_LIBRARIES | words_in_code()
    assert given - known == set()


@pytest.mark.parametrize(
    ("name", "left"),
    {
        # The site keeps its secret to itself, and listens nowhere else than the site.
        "site": {"TASK_QUEUE", "FONT_BAKERY_PYTHON", "CHROMIUM"},
        "worker-dispatcher": {"TASK_QUEUE", "FONT_BAKERY_PYTHON", "CHROMIUM"} | FOR_THE_SITE,
        "worker-font-bakery": {"TASK_QUEUE", "CHROMIUM"} | github_fields(),
        "worker-browsers": {"TASK_QUEUE", "FONT_BAKERY_PYTHON"} | github_fields(),
    }.items(),
)
def test_every_setting_is_decided_for_a_team(name: str, left: set[str]) -> None:
    if name != "site":
        left |= {"SITE_SECRET", "SITE_SIGNING_KEY", "SITE_HOST", "SITE_PORT"}
        left |= {"ALLOWED_HOSTS", "TRUST_PROXY"}
    given = set(OURS[name]["environment"]) | set(stage_variables(OURS[name]["build"]["target"]))
    assert fields() - given <= left | FOR_TRIALS


def stage_variables(stage: str) -> Iterator[str]:
    """Variables that an image's stage sets, with those of the stages it comes from."""
    found = re.search(rf"^FROM (\S+) AS {stage}$(.*?)(?=^FROM |\Z)", DOCKERFILE, re.M | re.S)
    assert found, stage
    yield from re.findall(r"^(?:ENV|    )\s*([A-Z][A-Z0-9_]*)=", found[2], re.M)
    if re.search(rf"^FROM \S+ AS {found[1]}$", DOCKERFILE, re.M):
        yield from stage_variables(found[1])


def test_the_tools_paths_are_where_the_settings_say() -> None:
    assert {"FONT_BAKERY_PYTHON", "STATE_DIR"} <= set(stage_variables("font-bakery"))
    assert {"CHROMIUM", "STATE_DIR"} <= set(stage_variables("browsers"))


def test_there_is_one_worker_for_each_queue() -> None:
    serving = [s["command"][-1] for name, s in OURS.items() if name.startswith("worker-")]
    assert sorted(serving) == sorted(QUEUES)
    for queue in QUEUES:
        worker = SERVICES[f"worker-{queue}"]
        assert worker["command"] == ["python", "worker.py", "--queue", queue]
        assert worker["healthcheck"]["test"][-1] == queue


def test_every_module_that_a_service_runs_is_there() -> None:
    commands = [s.get("command", []) for s in OURS.values()]
    commands += [s["healthcheck"]["test"] for s in OURS.values() if "healthcheck" in s]
    modules = {c[c.index("-m") + 1] for c in commands if "-m" in c}
    assert {"local.namespace", "local.poller", "web"} <= modules
    for module in modules - {"web"}:
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_every_image_is_pinned_and_every_lasting_service_has_a_health_check() -> None:
    for name, service in SERVICES.items():
        assert "build" in service or re.search(r":\d+\.\d+(\.\d+)?$", service["image"]), name
        lasting = service["restart"] == "unless-stopped"
        assert lasting == ("healthcheck" in service), name


def test_nothing_is_published_but_site_and_console_and_only_on_loopback() -> None:
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}
    assert set(published) == {"site", "temporal-web"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("temporal", "worker-font-bakery", "worker-browsers"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_every_volume_network_and_dependency_is_declared() -> None:
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"], name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        for other, condition in service.get("depends_on", {}).items():
            healthy = condition["condition"] == "service_healthy"
            assert healthy == ("healthcheck" in SERVICES[other]), (name, other)


def test_the_dockerfile_passes_its_linter_and_has_every_stage() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("hadolint"), "--no-color", ROOT / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (linted.returncode, linted.stdout) == (0, "")
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", DOCKERFILE, re.M))
    assert {service["build"]["target"] for service in OURS.values()} <= stages


def test_everything_that_an_image_copies_is_in_the_tree() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
