"""Imports that would take longer than they must."""

from __future__ import annotations

import sys


def notebook_format() -> None:
    """Import nbformat without the grammar of internationalized addresses.

    Its validator, jsonschema, loads that grammar (`rfc3987_syntax`, 0.7 s) to check
    a format that no notebook has, and does without where it is not installed.
    """
    if "nbformat" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import nbformat  # noqa: F401 - papermill and nbconvert find it imported
    finally:
        del sys.modules["rfc3987_syntax"]
