"""A dry run's result: everything that would have been sent, and that nothing was."""

from __future__ import annotations

from collections.abc import Sequence

from activities.adapters import store
from activities.adapters.forge.port import Write
from activities.authoring import Outcome, failed
from activities.exhibits import report, table

SAID = (
    "Dry run: nothing was sent. Set GITHUB_DRY_RUN to false, restart the workers, and run this "
    "task again."
)


def not_sent(writes: Sequence[Write]) -> Outcome:
    """FAILED, so that it can be run again for real; the bodies are in a file of their own."""
    rows = [(str(number), write.method, write.path) for number, write in enumerate(writes, 1)]
    whole = "\n\n".join(f"{write.method} {write.path}\n{write.body}" for write in writes)
    kept = store.put(f"{whole}\n".encode(), "dry-run.txt")
    return failed(
        SAID,
        table("Would be sent", ("", "Method", "Address"), rows),
        report("Would be sent, in full", kept),
    )
