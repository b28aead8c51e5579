"""What was sent with a signal, read by hand.

Temporal drops what it cannot decode, and a handler that gets other arguments than it names breaks
its workflow at every try; so handlers here are dynamic ones, which take whatever comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue


def only(sent: Sequence[RawValue], shape: Any) -> Any:
    """The one value that was sent; None where it is anything but one of that shape."""
    if len(sent) != 1:
        return None
    try:
        return workflow.payload_converter().from_payload(sent[0].payload, shape)
    except Exception:  # whatever is wrong with it
        return None
