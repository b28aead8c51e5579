"""The font family pull request, step by step. READ THIS FIRST."""

from __future__ import annotations

from activities import sign_off
from workflows.kind import Steps

TITLE = "Font family pull request"
VERSION = 1
STEPS: Steps = {
    "Sign off": (sign_off,),
}
ON_FAILURE: Steps = {}
