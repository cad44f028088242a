"""Nothing lost in silence: what the tables should hold is held against what was read.

hold(report, found, checks)    list cells that nobody used, tables that nobody found, counts that do not fit
keyed(report, name, rows)      rows of a table, each key once
"""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Problem, Report
from helpers.tables import contract

NUMBERED = {"targets": "target_id", "outcomes": "outcome_id"}
Rows = dict[str, list[dict[str, Any]]]


def hold(report: Report, found: Rows, checks: dict[str, Any]) -> None:
    """List everything by which the rows found may be fewer than those printed."""
    for name, rows in found.items():
        missing = list(report.missing(name))
        if not rows and any(report.word(name, key) for key in ("found_by", "sections")):
            missing.insert(0, "no rows are found by the words of captions.yaml")
        if missing:
            report.problems.append(Problem("", 0, f"{name}: {'; '.join(missing)}", lost=True))
    for name, column in NUMBERED.items():
        _numbers(report, name, [(row[column], row["line"]) for row in found[name]])
    _counts(report, found, checks)
    _cells(report)


def _numbers(report: Report, name: str, numbered: list[tuple[str, int]]) -> None:
    """Numbers such as `2.3` or `R.1-b` of which one in the row is missing."""
    parts = [re.fullmatch(r"(.*[.-])(\d+|[a-z])", number) for number, _ in numbered]
    there = {(part[1], int(part[2]) if part[2].isdigit() else ord(part[2]) - 96) for part in parts if part}
    for series, number in sorted(there):
        if number > 1 and (series, number - 1) not in there:
            line = next(line for text, line in numbered if text.startswith(series))
            report.note(line, f"{name}: before number {number} of {series} one is missing", lost=True)


def _cells(report: Report) -> None:
    """Cells of printed tables that no extractor used and no problem lists."""
    lost = {problem.line for problem in report.problems if problem.lost}
    told = report.used | set(report.read) | lost
    for table in report.tables:
        if len(table.rows) == len(table.head) == 1:
            continue  # a box of prose: its numbers are told like those of other prose
        left = [
            [cell for cell in row.cells if cell.flat and told.isdisjoint(cell.lines)]
            for row in table.rows
            if lost.isdisjoint(row.lines)
        ]
        if told.isdisjoint(line for row in table.rows for line in row.lines):
            if any(left):
                said = f"a printed table that nothing reads, {len(table.rows)} rows: {' | '.join(table.head)[:80]!r}"
                report.note(table.line, said, lost=True)
            continue
        for cells in filter(None, left):
            report.note(cells[0].line, f"nothing reads {', '.join(repr(c.flat[:40]) for c in cells)}", lost=True)


def _counts(report: Report, found: Rows, checks: dict[str, Any]) -> None:
    """Counts that the text prints (`counts` of `checks.yaml`) against the rows; those known to differ are left out."""
    for check in checks.get("counts", []):
        if {"otherwise", "contains"} & set(check) or check.get("table") not in found:
            continue
        asked = {"breakdown": ""} | check["stated"]
        stated = [row for row in found["observations"] if all(row[column] == asked[column] for column in asked)]
        rows = [row for row in found[check["table"]] if _fits(row, check)]
        listed = len({row[check["distinct"]] for row in rows} if "distinct" in check else rows)
        for row in stated:
            if row["qualifier"] == "exact" and listed != row["value"]:
                said = f"the text counts {row['value']}, {check['table']} has {listed} ({check['what']})"
                report.note(row["line"], said, lost=True)


def _fits(row: dict[str, Any], check: dict[str, Any]) -> bool:
    where, starts = check.get("where", {}), check.get("starts", {})
    return all(row[column] == value for column, value in where.items()) and all(
        str(row[column]).startswith(start) for column, start in starts.items()
    )


def keyed(report: Report, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table with each key once: of two that differ neither is chosen, both are listed."""
    key, columns = contract.key(name), [c for c in contract.columns(name) if c != "line"]
    same: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for place, row in enumerate(rows):
        same.setdefault(tuple(row[c] for c in key) or (place,), []).append(row)
    kept = []
    for values, group in same.items():
        lines = ", ".join(str(row["line"]) for row in group)
        alike = all(row[c] == group[0][c] for row in group for c in columns if c in row)
        if alike:
            kept.append(group[0])
        if len(group) > 1:
            said = f"{name}: {len(group)} rows for {' '.join(map(str, values))[:80]} (lines {lines})"
            report.note(group[-1]["line"], f"{said}: {'one is kept' if alike else 'none is chosen'}", lost=True)
    return kept
