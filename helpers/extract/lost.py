"""Charts and symbols that the report showed and its text does not carry."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.framework import OBJECTIVE, OUTCOME
from helpers.extract.layout import Report, flat

BELOW = re.compile(r"\b(charts?|figures?|table) (?:on page )?below\b", re.IGNORECASE)
RESULTS = re.compile(r"^Targets? \d+\.\d+(?:(?:, and |, | and )\d+\.\d+)*$")
PRIORITY = re.compile(r"thematic priority$")
PROGRESS = re.compile(r"^([RTDI]\.\d+[.-]?[a-z](?:/[a-z])?)\b")


def figures_lost(report: Report) -> list[dict[str, Any]]:
    """Rows of `figures_lost`, in the report's order."""
    return sorted(
        _announced(report) + _progress(report) + _empty_tables(report) + _trailing(report), key=lambda row: row["line"]
    )


def _announced(report: Report) -> list[dict[str, Any]]:
    """Sentences that point at a figure, and captions of target dashboards."""
    rows = []
    heads = {table.line for table in report.tables}
    for number, raw in enumerate(report.lines, 1):
        text = flat(raw)
        match = BELOW.search(text)
        follows = any(line in heads for line in range(number, number + 4))
        if match and not (match[1].lower() == "table" and follows):
            rows.append({"caption": f"{match[1].capitalize()} announced by the sentence on this line", "line": number})
        elif RESULTS.match(text):
            rows.append({"caption": text, "line": number})
    return rows


def _progress(report: Report) -> list[dict[str, Any]]:
    """Everything under 'Progress achieved', where only captions are left."""
    rows: list[dict[str, Any]] = []
    objective, inside, found = "", 0, 0
    for number, raw in enumerate([*report.lines, "Objective R.0:"], 1):
        text = flat(raw)
        opening = OBJECTIVE.match(text)
        ends = opening or (
            number <= len(report.lines) and re.match(r"^(ITU-[RTD] |Inter-sectoral )Objectives|^Enablers", text, re.I)
        )
        if ends:
            if inside and not found:
                rows.append({"caption": f"Objective {objective}: progress achieved", "line": inside})
            inside, found = 0, 0
            if opening:
                objective = f"{opening[1]}.{opening[2]}"
        elif text == "Progress achieved":
            inside = number
        elif "[image: ]" in text:
            place = f"Objective {objective}: picture" if inside else "Picture without a caption"
            rows.append({"caption": place, "line": number})
            found += 1
        elif (
            inside
            and not OUTCOME.match(text)
            and (PROGRESS.match(text) or PRIORITY.search(text) or re.match(r"^20\d\d:$", text))
        ):
            label = PROGRESS.match(text)
            rows.append(
                {"caption": f"Objective {objective}: {label[1] if label else text.rstrip(':')}", "line": number}
            )
            found += 1
        elif inside and len(text) > 40:
            found += 1  # a sentence stands in for the chart
    return rows


def _empty_tables(report: Report) -> list[dict[str, Any]]:
    """Rows that have a label and years above, and nothing in any cell."""
    rows = []
    for table in report.tables:
        years = [cell.flat for cell in table.rows[0].cells[1:]]
        if not years or not all(re.fullmatch(r"20\d\d", year) for year in years):
            continue
        for row in table.rows[1:]:
            if row.cells[0].flat and not any(cell.flat for cell in row.cells[1:]):
                rows.append({"caption": f"{row.cells[0].flat}: symbols for {years[0]}–{years[-1]}", "line": row.line})
    return rows


def _trailing(report: Report) -> list[dict[str, Any]]:
    """A text box that ends up behind the last heading."""
    last = max((n for n, raw in enumerate(report.lines, 1) if raw.strip()), default=1)
    text = report.lines[last - 1]
    if re.match(r" [^\W\d_]", text) and len(text) < 200 and not text.rstrip().endswith("."):
        return [{"caption": flat(text), "line": last}]
    return []
