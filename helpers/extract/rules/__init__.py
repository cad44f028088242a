"""What an edition of the report says, as data: one readable file a subject.

A new edition needs new rules here and no new code.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def rules(name: str) -> Any:
    """Contents of `rules/<name>.yaml` (do not modify)."""
    return yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"))
