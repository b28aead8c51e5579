"""One step of an installation, as a person sees it go by."""

from __future__ import annotations

import time


class Step:
    """Says what is being installed, and how long it took."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.began = time.monotonic()

    def __enter__(self) -> None:
        print(f"{self.title}: installing …", flush=True)

    def __exit__(self, fault: object, *_: object) -> None:
        if fault is None:
            print(f"{self.title}: installed in {time.monotonic() - self.began:.0f} s.", flush=True)
