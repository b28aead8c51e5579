"""`make verify` ends as the manual says, though make itself ends with 2 whatever a recipe says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from tests.web.proof.recorded import record_of
from tests.workflows.recorder import HISTORIES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("without", "code", "word"),
    [(0, 2, "UNDECIDED"), (1, 1, "TAMPERED: line"), (-1, 2, "UNREADABLE")],
    ids=["older than signatures", "cut off", "not there"],
)
async def test_the_exit_code_says_what_was_found(
    tmp_path: Path, without: int, code: int, word: str
) -> None:
    export = tmp_path / "export.jsonl"
    if without >= 0:
        text = (HISTORIES / "1.0" / "happy.json").read_text()
        lines = (await record_of(WorkflowHistory.from_json("family-pr/happy", text))).splitlines(
            keepends=True
        )
        export.write_bytes(b"".join(lines[: len(lines) - without]))
    command = ["make", "--silent", "verify", f"EXPORT={export}"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: ASYNC221  the test waits for it alone
    assert (made.returncode, word in made.stderr) == (code, True), made.stderr
