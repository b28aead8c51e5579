"""Karla for tests: `old("Bold")` and `new("Bold")` are paths of real fonts, 2.002 and 2.004."""

from local.karla import STYLES, licence, new, old

__all__ = ["STYLES", "licence", "new", "old"]
