"""The shape of the fake's process: as `family-pr`."""

from __future__ import annotations

from workflows.domain.definition import Definition, StepDefinition, TaskDefinition


def _task(key: str, title: str, answers: bool = False) -> TaskDefinition:
    return TaskDefinition(key, title, answers=answers)


DEFINITION = Definition(
    "family-pr",
    1,
    "Font family pull request",
    (
        StepDefinition("Review the request", (_task("intake", "Intake", True),)),
        StepDefinition("Get the package", (_task("get_package", "Get the package"),)),
        StepDefinition("Check the package", (_task("preflight", "Preflight"),)),
        StepDefinition(
            "Quality assurance",
            (
                _task("font_bakery", "Font Bakery", True),
                _task("diff_glyphs", "Glyphs"),
                _task("diff_browsers", "Browsers"),
            ),
        ),
        StepDefinition("Sign off", (_task("sign_off", "Sign-off"),)),
        StepDefinition(
            "Pull request",
            (
                TaskDefinition(
                    "open_pull_request", "Open the pull request", provides=("pull_request",)
                ),
            ),
        ),
    ),
    (StepDefinition("Report", (_task("file_issue", "File an issue", True),)),),
)
