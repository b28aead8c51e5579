"""The font family pull request, step by step. READ THIS FIRST."""

from __future__ import annotations

from activities import (
    diff_browsers,
    diff_glyphs,
    file_issue,
    font_bakery,
    get_package,
    intake,
    open_pull_request,
    preflight,
    sign_off,
)
from workflows.kind import Steps

TITLE = "Font family pull request"
VERSION = 1

STEPS: Steps = {
    "Review the request": (intake,),
    "Get the package": (get_package,),
    "Check the package": (preflight,),
    "Quality assurance": (font_bakery, diff_glyphs, diff_browsers),
    "Sign off": (sign_off,),
    "Pull request": (open_pull_request,),
}
ON_FAILURE: Steps = {"Report": (file_issue,)}
