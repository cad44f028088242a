"""Charts and symbols that the report showed and its text does not carry."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import Any

from helpers.extract.framework import OUTCOME, objective_heading
from helpers.extract.layout import Report, flat

MAX_CAPTION = 100  # characters; more is a sentence
PROGRESS = re.compile(r"^([RTDI]\.\d+[.-]?[a-z](?:/[a-z])?)\b")


def figures_lost(report: Report) -> list[dict[str, Any]]:
    """Rows of `figures_lost`, in the report's order; none where the edition's captions look for none."""
    if "figures_lost" not in report.captions:
        return []
    found = [_announced, _results, _progress, _enablers, _empty_tables, _broken_off, _trailing]
    read = {line for chart in report.charts for line in (chart.line, chart.caption_line)}  # in a Word file
    rows = [row for look in found for row in look(report) if row["line"] not in read]
    rows.sort(key=lambda row: row["line"])
    report.used |= {row["line"] for row in rows}
    return rows


def _pattern(report: Report, name: str) -> re.Pattern[str]:
    """A pattern of `captions.yaml` by which lost figures are known."""
    return re.compile(report.word("figures_lost", name), re.IGNORECASE)


def _announced(report: Report) -> list[dict[str, Any]]:
    """Sentences that point at a figure: a row for each caption below, or one for the sentence."""
    rows = []
    below = _pattern(report, "announced")
    heads, charts = {table.line for table in report.tables}, {chart.line for chart in report.charts}
    for number, text in report.plain:
        match = below.search(text)
        if not match:
            continue
        kind = (match["kind"] or match["after"]).capitalize()
        next_lines = range(number, number + 4)
        if kind == "Table" and any(line in heads for line in next_lines):
            continue
        captions = _captions(report, number)
        if not captions and any(line in charts for line in next_lines):
            continue
        rows += [{"caption": f"{kind.removesuffix('s')}: {said}", "line": line} for line, said in captions] or [
            {"caption": f"{kind} announced by the sentence on this line", "line": number}
        ]
    return rows


def _captions(report: Report, sentence: int) -> list[tuple[int, str]]:
    """Short lines right below a sentence: all that a text keeps of figures."""
    found = []
    for number in range(sentence + 1, min(sentence + 8, len(report.lines)) + 1):
        text = flat(report.lines[number - 1])
        if text and (len(text) > MAX_CAPTION or not re.search(r"\b20\d\d\b", text)):
            break
        if text:
            found.append((number, text.rstrip(".")))
    return found


def _results(report: Report) -> list[dict[str, Any]]:
    """Captions of target dashboards, but for those that a cell of words answers."""
    results = _pattern(report, "results")
    answered = _answered(report, results)
    return [{"caption": text, "line": n} for n, text in report.plain if results.match(text) and n not in answered]


def _answered(report: Report, results: re.Pattern[str]) -> set[int]:
    """Lines of captions whose result is printed in words: in the next cell, or in the one below."""
    lines = set()
    for table in report.tables:
        for row, below in zip_longest(table.rows, table.rows[1:]):
            for place, cell in enumerate(row.cells):
                next_cells = [*row.cells[place + 1 : place + 2], *(below.cells[place : place + 1] if below else ())]
                answers = [c for c in next_cells if c.flat and not results.match(c.flat)]
                if results.match(cell.flat) and answers:
                    report.use(cell, *answers)
                    lines |= set(cell.lines)
    return lines


def _enablers(report: Report) -> list[dict[str, Any]]:
    """Enablers of the framework under whose heading stand no table and no reference to another section."""
    enabler, elsewhere = _pattern(report, "enabler"), re.compile(rf"\b{report.captions['headings']['section']} \d")
    inside = report.word("objectives", "sections") or []
    heads = [(n, m[1]) for n, text in report.plain if report.section(n) in inside and (m := enabler.match(text))]
    rows = []
    for (line, name), (end, _) in pairwise([*heads, (len(report.lines) + 1, "")]):
        told = any(elsewhere.search(text) for number, text in report.plain if line < number < end)
        if not told and not any(line < table.line < end for table in report.tables):
            rows.append({"caption": f"Enabler {name}: indicators", "line": line})
    return rows


def _progress(report: Report) -> list[dict[str, Any]]:
    """Everything under 'Progress achieved', where only captions are left."""
    rows: list[dict[str, Any]] = []
    objective, inside, found = "", 0, 0
    opens, ends = objective_heading(report), _pattern(report, "progress_ends")
    heading, priority = report.word("figures_lost", "progress"), _pattern(report, "progress_lines")
    empty = [[row.line for row in table.rows if not any(cell.flat for cell in row.cells)] for table in report.tables]
    blank = {lines[0] for lines in empty if lines}
    for number, raw in enumerate([*report.lines, None], 1):
        text = flat(raw or "")
        opening = opens.match(text)
        if opening or raw is None or ends.match(text):
            if inside and not found:
                rows.append({"caption": f"Objective {objective}: progress achieved", "line": inside})
            inside, found = 0, 0
            if opening:
                objective = f"{opening[1]}.{opening[2]}"
        elif text == heading:
            inside = number
        elif "[image: ]" in text:
            place = f"Objective {objective}: picture" if inside else "Picture without a caption"
            rows.append({"caption": place, "line": number})
            found += 1
        elif (
            inside
            and not OUTCOME.match(text)
            and (PROGRESS.match(text) or priority.search(text) or re.match(r"^20\d\d:$", text))
        ):
            label = PROGRESS.match(text)
            rows.append(
                {"caption": f"Objective {objective}: {label[1] if label else text.rstrip(':')}", "line": number}
            )
            found += 1
        elif inside and len(text) > 40:
            found += 1  # a sentence stands in for the chart
        elif inside and text.startswith("See "):
            report.used.add(number)  # a reference to a chart elsewhere
            blank -= {line for line in blank if line > number and report.section(line) == report.section(number)}
        if inside and number in blank:
            rows.append({"caption": f"Objective {objective}: empty result cells", "line": number})
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


def _broken_off(report: Report) -> list[dict[str, Any]]:
    """Lines that end in an opening bracket: what follows is lost."""
    return [
        {"caption": "Symbol or words where the text breaks off", "line": n}
        for n, text in report.plain
        if text.endswith("(")
    ]


def _trailing(report: Report) -> list[dict[str, Any]]:
    """A text box that ends up behind the last heading."""
    last = report.plain[-1][0]
    text = report.lines[last - 1]
    if re.match(r" [^\W\d_]", text) and len(text) < 200 and not text.rstrip().endswith("."):
        return [{"caption": flat(text), "line": last}]
    return []
