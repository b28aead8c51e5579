"""Rate limits: so many requests an hour, so many new things a minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Window:
    """How much of an hour's requests is used."""

    reset: datetime
    used: int = 0


@dataclass
class Limits:
    """`core`: requests an hour; `content`: new things a minute (0: no such limit)."""

    core: int = 5000
    anonymous: int = 60
    content: int = 80
    windows: dict[str, Window] = field(default_factory=dict)
    made: dict[str, deque[datetime]] = field(default_factory=dict)

    def window(self, key: str, now: datetime) -> Window:
        """The hour that runs for somebody."""
        window = self.windows.get(key)
        if window is None or window.reset <= now:
            window = self.windows[key] = Window(now + HOUR)
        return window

    def limit(self, key: str) -> int:
        """How many requests somebody has an hour."""
        return self.anonymous if key.startswith("anonymous") else self.core

    def headers(self, key: str, now: datetime) -> dict[str, str]:
        """GitHub's headers about the primary limit."""
        window = self.window(key, now)
        return {
            "X-RateLimit-Limit": str(self.limit(key)),
            "X-RateLimit-Remaining": str(max(0, self.limit(key) - window.used)),
            "X-RateLimit-Reset": str(int(window.reset.timestamp())),
            "X-RateLimit-Used": str(window.used),
            "X-RateLimit-Resource": "core",
        }

    def exhausted(self, key: str, now: datetime) -> bool:
        """Whether the hour's requests are used up."""
        return self.window(key, now).used >= self.limit(key)

    def too_quick(self, key: str, now: datetime) -> int:
        """Count one new thing; 0, or the seconds to wait where there were too many in a minute."""
        recent = self.made.setdefault(key, deque())
        while recent and recent[0] <= now - MINUTE:
            recent.popleft()
        if self.content and len(recent) >= self.content:
            return max(1, int((recent[0] + MINUTE - now).total_seconds()))
        recent.append(now)
        return 0
