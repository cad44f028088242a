"""Space and terrestrial notices with their footnotes and printed totals."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Cell, Report, Row, Table
from helpers.extract.numbers import YEAR, parse_count

HEAD_YEAR = re.compile(rf"^({YEAR})\s*(\*+)?(?:\s*\((.+)\))?$")
MARK = re.compile(r"\*+$")
FOOTNOTE = re.compile(r"^(\*+)\s+(\S.*)$")


def notices(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Rows of `space_notices`, `terrestrial_notices` and `printed_totals`."""
    found: dict[str, list[dict[str, Any]]] = {"space_notices": [], "terrestrial_notices": [], "printed_totals": []}
    for name in ("space_notices", "terrestrial_notices"):
        for table in report.find(name):
            _read(report, table, name, found)
    return found


def _read(report: Report, table: Table, name: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """Rows of one table: columns whose head is a year or the total; any other stays unused and is listed."""
    heads = {index: match for index, text in enumerate(table.head) if (match := HEAD_YEAR.match(text))}
    years = [int(match[1]) for match in heads.values()]
    word = re.compile(rf"\b{re.escape(report.word(name, 'total'))}\b", re.IGNORECASE)
    totals = [index for index, text in enumerate(table.head) if index not in heads and word.search(text)]
    if not years or years != sorted(set(years)) or 0 in heads or len(totals) > 1:
        report.note(table.line, f"the head of {name} is no row of rising years: {table.head}", lost=True)
        return
    report.use(*(table.rows[0].cells[index] for index in (0, *heads, *totals)))
    for text, mark in ((match[0], match[2]) for match in heads.values() if match[2]):
        report.note(table.line, f"{name}: the footnote {mark} of the head {text!r} is noted in each of its rows")
    notes, sums = _footnotes(report, table, name), dict.fromkeys([*heads, *totals], 0)
    for row in report.body(table):
        label = row.cells[0].flat.rstrip("* ")
        if len(row.cells) != len(table.head) or not label:
            said = f"{len(row.cells)} cells where {name} has {len(table.head)}: {label[:50]!r}"
            report.note(row.line, said, lost=True)
            continue
        report.use(*(row.cells[index] for index in (0, *sums)))
        measures = _measures(report, row, label, name)
        values = {index: _values(report, row.cells[index], measures) for index in sums}
        if report.is_total(name, row):
            _held(report, row, f"{name}, the row {label!r}", [(values[index][0], sums[index]) for index in sums])
            continue
        for index in sums:
            sums[index] += values[index][0] or 0
        for index, match in heads.items():
            cell = row.cells[index]
            marks = [mark[0] for mark in map(MARK.search, [match[2] or "", cell.flat]) if mark]
            for mark in set(marks) - set(notes):
                report.note(cell.line, f"{name}: no footnote {mark} under the table", lost=True)
            note = "; ".join(filter(None, [match[3], *(notes.get(mark) for mark in marks)]))
            for measure, value in zip(measures, values[index], strict=True):
                counted: dict[str, Any] = {"requests": value, "note": note}
                if name == "terrestrial_notices":
                    counted = {"measure": measure, "notices": value}
                found[name].append({"category": label, "year": int(match[1]), "line": cell.line} | counted)
        for index in totals:
            cell = row.cells[index]
            if not cell.flat:
                report.note(cell.line, f"{name} prints no total for {label[:60]!r}")
            for measure, total, *parts in zip(measures, values[index], *(values[year] for year in heads), strict=True):
                entry = {"table": name, "category": label, "measure": measure, "printed_total": total}
                found["printed_totals"].append(entry | {"line": cell.line})
                _held(report, row, f"{name}, {label[:60]!r}", [(total, sum(part or 0 for part in parts))])


def _held(report: Report, row: Row, what: str, pairs: list[tuple[int | None, int]]) -> None:
    """Hold printed totals against what has been read; an empty one is none."""
    for printed, added in pairs:
        if printed is not None and printed != added:
            said = f"{what}: the report prints a total of {printed}, what is read adds up to {added}"
            report.note(row.line, said, lost=True)


def _measures(report: Report, row: Row, label: str, name: str) -> list[str]:
    """Names of what the halves of an `a/b` cell count."""
    if not any("/" in cell.flat for cell in row.cells[1:]):
        return ["value"]
    for rule in report.word(name, "halves") or []:
        if re.search(rule["label"], label):
            return rule["names"]
    said = f"the halves of {label[:60]!r} have no names yet: add them to captions.yaml"
    report.note(row.line, said, lost=True)
    return ["first", "second"]


def _values(report: Report, cell: Cell, measures: list[str]) -> list[int | None]:
    parts = cell.text.split("/") if len(measures) > 1 and cell.flat else [cell.text] * len(measures)
    if len(parts) != len(measures) or (cell.flat and not all(part.strip() for part in parts)):
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
