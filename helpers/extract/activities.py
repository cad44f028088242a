"""Focus groups, radiocommunication events and ITU-T workshops."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import NUMBER, YEAR, parse_count, parse_number

MONTH = re.compile(r"^\d{4}-(?:0[1-9]|1[0-2])$")
NAMED = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
COUNT = re.compile(rf"^({NUMBER})(?= [A-Za-z ]*s\b)", re.IGNORECASE)
EVENT_YEAR = re.compile(rf"^({YEAR})(?:\s*\(([^)]+)\))?$")


def focus_groups(report: Report) -> list[dict[str, Any]]:
    """Rows of `focus_groups`."""
    rows = []
    ongoing, acronym = report.word("focus_groups", "ongoing"), report.word("focus_groups", "acronym")
    for table in report.find("focus_groups"):
        report.use(table.rows[0])
        for row in report.body(table):
            texts = [cell.flat for cell in row.cells]
            name = NAMED.match(texts[0])
            ended = len(texts) == 3 and (MONTH.match(texts[2]) or texts[2].lower() == ongoing.lower())
            if not (name and name[2].startswith(acronym) and ended and MONTH.match(texts[1])):
                report.note(row.line, f"not a focus group with two dates: {' | '.join(texts)[:80]!r}", lost=True)
                continue
            end = texts[2] if MONTH.match(texts[2]) else ""
            if end and end < texts[1]:
                report.note(row.line, f"{name[2]} ends in {end}, before it starts in {texts[1]}", lost=True)
                continue
            report.use(row)
            rows.append({"acronym": name[2], "name": name[1], "start": texts[1], "end": end, "line": row.line})
    return rows


def radiocommunication_events(report: Report) -> list[dict[str, Any]]:
    """Rows of `radiocommunication_events`: one for every line of a cell."""
    rows = []
    known = report.word("radiocommunication_events", "kinds") or {}
    for table in report.find("radiocommunication_events"):
        heads = table.head
        kinds = [next((kind for text, kind in known.items() if text in head), None) for head in heads]
        report.use(*(cell for kind, cell in zip(kinds, table.rows[0].cells, strict=True) if kind))
        for row in report.body(table):
            year = EVENT_YEAR.match(row.cells[0].flat)
            if not year or len(row.cells) != len(heads):
                report.note(row.line, f"not a row of events: {row.cells[0].flat[:60]!r}", lost=True)
                continue
            report.use(row)
            for kind, cell in zip(kinds[1:], row.cells[1:], strict=True):
                rows += _events(report, cell.text, cell.line, int(year[1]), kind, year[2] or "")
    return rows


def _events(report: Report, text: str, line: int, year: int, kind: str | None, note: str) -> list[dict[str, Any]]:
    rows = []
    for offset, part in enumerate(text.split("\n")):
        name = re.sub(r"\s+", " ", part).strip()
        if not name:
            continue
        if kind is None:
            report.note(line + offset, f"no kind of event for {name!r}", lost=True)
            continue
        bracket = re.search(r"\s*\((virtual|planned)\)$", name, re.IGNORECASE)
        several = COUNT.match(name)
        said = bracket[1].lower() if bracket else f"{parse_number(several[1])} events" if several else note
        bare = name[: bracket.start()] if bracket else name
        rows.append({"year": year, "kind": kind, "name": bare, "note": said, "line": line + offset})
    return rows


def itut_workshops(report: Report) -> list[dict[str, Any]]:
    """Rows of `itut_workshops`."""
    rows: list[dict[str, Any]] = []
    for table in report.find("itut_workshops"):
        report.use(*(table.rows[0].cells[1:] if len(table.head) == 3 else ()))
        for row in report.body(table):
            report.use(row)
            try:
                label, *counts = row.cells
                total, virtual = (parse_count(cell.text) for cell in counts)
                if total is None or virtual is None or virtual > total:
                    raise ValueError(f"{virtual} of {total}")
                if report.is_total("itut_workshops", row):
                    added = sum(entry["workshops"] for entry in rows), sum(entry["virtual_only"] for entry in rows)
                    if added != (total, virtual):
                        raise ValueError(f"the rows above add up to {added[0]} and {added[1]}")
                    continue
                if not re.fullmatch(YEAR, label.flat):
                    raise ValueError(f"{label.flat[:40]!r} is no year")
            except ValueError as error:
                report.note(row.line, f"not a year with two counts of workshops: {error}", lost=True)
                continue
            rows.append({"year": int(label.flat), "workshops": total, "virtual_only": virtual, "line": row.line})
    return rows
