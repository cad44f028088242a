"""Imports that would take longer than they must."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Import libraries that do without these modules where they are not installed as if they were not."""
    spared = [name for name in names if name not in sys.modules]
    sys.modules |= dict.fromkeys(spared)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in spared:
            del sys.modules[name]
