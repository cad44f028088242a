"""Enabler dashboards whose ticks and crosses survive as Wingdings characters."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report

# Word keeps these symbols as private-use characters of the Wingdings font.
MET = {"\uf0fc": 1, "\uf0fe": 1, "✓": 1, "✔": 1, "\uf0fb": 0, "\uf0fd": 0, "✗": 0, "✘": 0}

ORGANIZATION = "ITU"  # a fact of the Union itself, not of the world


def enabler_observations(report: Report) -> list[dict[str, Any]]:
    """Rows of `observations`: 1 where a year carries a tick, 0 for a cross."""
    rows = []
    for table in report.tables:
        years = table.head[1:]
        if not years or not all(re.fullmatch(r"(19|20)\d\d", year) for year in years):
            continue
        report.use(*table.rows[0].cells)
        for row in report.body(table):
            if len(row.cells) != len(table.head):
                said = f"{len(row.cells)} cells where the enablers have {len(table.head)}: {row.cells[0].flat[:40]!r}"
                report.note(row.line, said, lost=True)
                continue
            report.use(*row.cells)
            for year, cell in zip(years, row.cells[1:], strict=True):
                if cell.flat in MET:
                    rows.append(_row(row.cells[0].flat, int(year), MET[cell.flat], cell.line))
                elif cell.flat:
                    report.note(
                        cell.line, f"{cell.flat[:20]!r} is no tick or cross: {row.cells[0].flat[:40]}", lost=True
                    )
    return rows


def _row(label: str, year: int, met: int, line: int) -> dict[str, Any]:
    name = re.sub(r"\(.*?\)", "", label).replace("<", "below ").replace("%", " percent")
    return {
        "topic": "enablers",
        "indicator": "_".join(re.findall(r"[a-z0-9]+", name.lower())),
        "geography": ORGANIZATION,
        "sex": "_T",
        "age": "_T",
        "breakdown": "",
        "year": year,
        "year_basis": "stated",
        "qualifier": "exact",
        "value": met,
        "unit": "met (1) or not (0)",
        "line": line,
        "rule": "a tick (1) or a cross (0) under the year",
    }
