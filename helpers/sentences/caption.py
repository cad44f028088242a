"""What stands around a chart or a table: title, unit, source, notes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Caption:
    """The words of one chart or table.

    `title` is the finding; where there is nothing to show, it is the sentence that
    says so and stands alone. `unit` is what the marks count, `source` the sections
    and lines that they come from (of another `publication` than the report: its
    edition), `notes` the caveats, one sentence each.
    """

    title: str
    unit: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    publication: str = "ITU report"
