"""Space and terrestrial notices with their footnotes and printed totals."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Cell, Report, Row, Table
from helpers.extract.numbers import parse_count

HEAD_YEAR = re.compile(r"^((?:19|20)\d{2})(?:\s*\((.+)\))?$")
FOOTNOTE = re.compile(r"^(\*+)\s+(\S.*)$")


def notices(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Rows of `space_notices`, `terrestrial_notices` and `printed_totals`."""
    found: dict[str, list[dict[str, Any]]] = {"space_notices": [], "terrestrial_notices": [], "printed_totals": []}
    for name in ("space_notices", "terrestrial_notices"):
        for table in report.find(name):
            _read(report, table, name, found)
    return found


def _read(report: Report, table: Table, name: str, found: dict[str, list[dict[str, Any]]]) -> None:
    heads = [HEAD_YEAR.match(cell.flat) for cell in table.rows[0].cells]
    total = report.word(name, "total").lower()
    years = [(index, int(head[1]), head[2] or "") for index, head in enumerate(heads) if head]
    totals = [i for i, cell in enumerate(table.rows[0].cells) if cell.flat.lower().startswith(total)]
    if not years:
        report.note(table.line, f"no years in the head of {name}", lost=True)
        return
    notes = _footnotes(report, table, name)
    for row in table.rows[1:]:
        label = row.cells[0].flat.rstrip("* ")
        if len(row.cells) != len(table.rows[0].cells):
            report.note(
                row.line,
                f"{len(row.cells)} cells where {name} has {len(table.rows[0].cells)}: {label[:50]!r}",
                lost=True,
            )
            continue
        measures = _measures(report, row, label, name)
        for index, year, close in years:
            values = _values(report, row.cells[index], measures)
            for measure, value in zip(measures, values, strict=True):
                if name == "space_notices":
                    mark = re.search(r"\*+$", row.cells[index].flat)
                    note = "; ".join(filter(None, [close, notes.get(mark[0], "") if mark else ""]))
                    entry = {"category": label, "year": year, "requests": value, "note": note}
                else:
                    entry = {"category": label, "measure": measure, "year": year, "notices": value}
                found[name].append(entry | {"line": row.cells[index].line})
        for index in totals:
            if not row.cells[index].flat:
                report.note(row.cells[index].line, f"{name} prints no total for {label[:60]!r}")
            for measure, value in zip(measures, _values(report, row.cells[index], measures), strict=True):
                found["printed_totals"].append(
                    {
                        "table": name,
                        "category": label,
                        "measure": measure,
                        "printed_total": value,
                        "line": row.cells[index].line,
                    }
                )


def _measures(report: Report, row: Row, label: str, name: str) -> list[str]:
    """Names of what the halves of an `a/b` cell count."""
    if not any("/" in cell.flat for cell in row.cells[1:]):
        return ["value"]
    for rule in report.word(name, "halves") or []:
        if re.search(rule["label"], label):
            return rule["names"]
    report.note(row.line, f"the halves of {label[:60]!r} have no names yet: add them to captions.yaml")
    return ["first", "second"]


def _values(report: Report, cell: Cell, measures: list[str]) -> list[int | None]:
    parts = cell.text.split("/") if len(measures) > 1 and cell.flat else [cell.text] * len(measures)
    if len(parts) != len(measures):
        report.note(cell.line, f"{cell.flat!r} does not hold {len(measures)} numbers", lost=True)
        return [None] * len(measures)
    values: list[int | None] = []
    for part in parts:
        try:
            values.append(parse_count(part))
        except ValueError as error:
            report.note(cell.line, str(error), lost=True)
            values.append(None)
    return values


def _footnotes(report: Report, table: Table, name: str) -> dict[str, str]:
    """Asterisks → what the footnote under the table says, in our words."""
    notes: dict[str, str] = {}
    last = table.rows[-1].cells[-1].line
    for number in range(last + 1, min(last + 12, len(report.lines)) + 1):
        match = FOOTNOTE.match(report.lines[number - 1].strip())
        if not match:
            continue
        for rule in report.word(name, "footnotes") or []:
            said = re.search(rule["text"], match[2])
            if said:
                notes[match[1]] = rule["note"].format(**said.groupdict())
                break
        else:
            report.note(number, f"footnote {match[1]} has no wording yet: add it to captions.yaml")
            notes[match[1]] = "see the footnote in the report"
    return notes
