"""Enabler dashboards whose ticks and crosses survive as Wingdings characters."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import YEAR
from helpers.extract.statements import DEFAULTS

# Word keeps these symbols as private-use characters of the Wingdings font.
MET = {"\uf0fc": 1, "\uf0fe": 1, "✓": 1, "✔": 1, "\uf0fb": 0, "\uf0fd": 0, "✗": 0, "✘": 0}
ROW = DEFAULTS | {
    "topic": "enablers",
    "geography": "ITU",  # a fact of the Union itself, not of the world
    "year_basis": "stated",
    "qualifier": "exact",
    "unit": "met (1) or not (0)",
    "rule": "a tick (1) or a cross (0) under the year",
}


def enabler_observations(report: Report) -> list[dict[str, Any]]:
    """Rows of `observations`: 1 where a year carries a tick, 0 for a cross."""
    rows = []
    for table in report.tables:
        years = table.head[1:]
        if not years or not all(re.fullmatch(YEAR, year) for year in years):
            continue
        report.use(table.rows[0])
        for row in report.body(table):
            if len(row.cells) != len(table.head):
                said = f"{len(row.cells)} cells where the enablers have {len(table.head)}: {row.cells[0].flat[:40]!r}"
                report.note(row.line, said, lost=True)
                continue
            report.use(row)
            label = row.cells[0].flat
            for year, cell in zip(years, row.cells[1:], strict=True):
                if cell.flat in MET:
                    met = {"indicator": _name(label), "year": int(year), "value": MET[cell.flat], "line": cell.line}
                    rows.append(ROW | met)
                elif cell.flat:
                    report.note(cell.line, f"{cell.flat[:20]!r} is no tick or cross: {label[:40]}", lost=True)
    return rows


def _name(label: str) -> str:
    """An indicator's name from the label of its row."""
    words = re.sub(r"\(.*?\)", "", label).replace("<", "below ").replace("%", " percent")
    return "_".join(re.findall(r"[a-z0-9]+", words.lower()))
