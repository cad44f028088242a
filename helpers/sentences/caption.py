"""What stands around a chart or a table: title, unit, source, notes."""

from __future__ import annotations

from dataclasses import dataclass

REPORT = "ITU report"


@dataclass(frozen=True)
class Caption:
    """The words of one chart or table.

    `title` is the finding; where there is nothing to show, it is the sentence that
    says so and stands alone. `unit` is what the marks count, `source` the sections
    and lines that they come from (of another `publication` than the report: its
    edition), `notes` the caveats, one sentence each. `credits` cite the published figures
    in it, each with its licence; without any, all figures are the report's.
    """

    title: str
    unit: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    publication: str = REPORT
    credits: tuple[str, ...] = ()

    @property
    def reported(self) -> bool:
        """Whether figures of the report are in it."""
        return not self.credits or self.publication == REPORT
