"""What an edition of the report says, as data: one readable file a subject.

A new edition needs new rules here and no new code.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "editions" / "2018-2022"


@cache
def rules(name: str) -> Any:
    """Contents of `<name>.yaml` (do not modify)."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
