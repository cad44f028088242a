"""Figures that stand in sentences, found by declared rules.

A rule (`statements.yaml`, `survey.yaml` of the edition) gives a short pattern and
the rows that it yields. In a pattern `<name>` catches a number, `…` skips up to
400 characters, anything else is literal (any case, any spacing).

A rule that gives a year itself must have it from the text: from the line of its
sentence, or from the lines just above in the same section. A rule that says
`inferred: true` gives a year that neither prints, and its rows say so. Any other
row is lost: it would carry the year of another edition's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import NUMBER, YEAR, parse_number

PLACES = re.compile(r"<(\w+)>|(\s*…\s*)|(\s*%|\s+per cent\b)|(\s+)|([^<…\s%]+)")
QUALIFIERS = {
    "over": r"over|more than|at least|highest of",
    "almost": r"almost|nearly|close to|just under",
    "about": r"about|around|some|estimated|approximately",
    "less_than": r"less than|fewer than|under|only less than",
    "up_to": r"up to|maximum of",
}
BEFORE = {
    name: re.compile(rf"\b(?:{words})\s+(?:an estimated\s+)?(?:USD|CHF)?\s*$", re.I)
    for name, words in QUALIFIERS.items()
}
# a number begins here: not within another one, as the 1 of `957 1`
ALONE = r"(?<![\w.,])(?<!\b\d )(?<!\b\d\d )(?<!\b\d\d\d )"
A_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
BLOCK = 10  # printed lines above a sentence that can say its year
ANY_NUMBER = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?![\w])", re.IGNORECASE)
DEFAULTS = {"geography": "World", "sex": "_T", "age": "_T", "breakdown": "", "year": None}


def compile_rule(pattern: str) -> re.Pattern[str]:
    """Regular expression of a rule's pattern."""
    parts = []
    for name, skip, percent, space, literal in PLACES.findall(pattern):
        if name:
            parts.append(rf"{ALONE}(?P<{name}>{NUMBER})(?:st|nd|rd|th)?(?![\w])(?![.,’']\d)")
        elif skip:
            parts.append(r".{0,400}?")
        elif percent:
            parts.append(r"\s*(?:%|per\s?cent\b)")
        elif space:
            parts.append(r"\s+")
        else:
            parts.append(re.escape(literal))
    return re.compile("".join(parts), re.IGNORECASE)


def qualifier(text: str, start: int, end: int) -> str:
    """The word before (or plus sign after) a number, as the contract names it."""
    if text[end : end + 1] == "+":
        return "over"
    return next((name for name, before in BEFORE.items() if before.search(text[:start])), "exact")


def observations(report: Report) -> list[dict[str, Any]]:
    """Rows of `observations`, in the report's order."""
    rows = []
    for topic, entries in report.rules["statements"].items():
        for rule in entries:
            for line, text, match in _matches(report, rule):
                for row in rule["rows"]:
                    found = _observation(report, rule, row, line, text, match)
                    if found["year_basis"] is None:
                        said = f"{found['indicator']}: nothing near says {found['year']}, the year that its rule gives"
                        report.note(line, said, lost=True)
                        continue
                    if found["year_basis"] == "inferred":
                        report.note(line, f"{found['indicator']}: the year {found['year']} is our inference")
                    above = _said_above(report, line, found["year"]) if found["year_basis"] == "above" else None
                    origin = {"from": [above], "rule": f"statements.yaml: {rule.get('at') or rule['re']}"}
                    rows.append({"topic": topic} | found | origin)
    return sorted(rows, key=lambda row: row["line"])


def _observation(
    report: Report, rule: dict[str, Any], row: list[Any], line: int, text: str, match: re.Match[str]
) -> dict[str, Any]:
    """One row from `[indicator, capture or number, unit, {more}]` and a match."""
    indicator, capture, unit, *more = row
    given = DEFAULTS | rule.get("with", {}) | (more[0] if more else {})
    year = given["year"]
    printed = isinstance(year, str)  # the year is itself a capture
    derived = isinstance(capture, int | float)  # ours: the sentence says it in a word such as 'All', or lists things
    word = "derived" if derived else qualifier(text, match.start(capture), match.end(capture))
    return {
        "indicator": indicator,
        "geography": given["geography"],
        "sex": given["sex"],
        "age": given["age"],
        "breakdown": str(given["breakdown"]).format(**match.groupdict()),
        "year": int(parse_number(match[year])) if printed else year,
        "year_basis": "stated" if printed else year_basis(report, line, year, rule.get("inferred", False)),
        "qualifier": given.get("qualifier") or word,
        "value": capture if derived else parse_number(match[capture]),
        "unit": unit,
        "line": line,
    }


def year_basis(report: Report, line: int, year: int | None, inferred: bool = False) -> str | None:
    """How the text says a year that a rule gives: `stated` on the line, `above` it, or `inferred`.

    Above is one of the ten printed lines before it in the same section. Empty for no
    year; None where nothing near says it and the rule does not own up to inferring it.
    """
    if year is None:
        return ""
    place = report.place(line)
    if _says(report.plain[place][1], year):
        return "stated"
    if inferred:
        return "inferred"
    return "above" if _said_above(report, line, year) else None


def _said_above(report: Report, line: int, year: int) -> int | None:
    """The nearest line above that says a year: one of the ten printed ones before it in the same section."""
    place = report.place(line)
    block = reversed(report.plain[max(0, place - BLOCK) : place])
    return next((n for n, text in block if _says(text, year) and report.section(n) == report.section(line)), None)


def _says(text: str, year: int) -> bool:
    return str(year) in A_YEAR.findall(text)


def membership_survey(report: Report) -> list[dict[str, Any]]:
    """Rows of `membership_survey`, in the report's order."""
    rows = []
    for rule in report.rules["survey"]:
        for line, _, match in _matches(report, rule):
            for year, capture in rule["years"].items():
                if match[capture] is None:
                    continue
                if year_basis(report, line, year) is None:
                    report.note(line, f"{rule['question']}: nothing near says {year}, the rule's year", lost=True)
                    continue
                rows.append(
                    {
                        "question": rule["question"],
                        "option": rule["option"].format(**match.groupdict()),
                        "year": year,
                        "share_percent": parse_number(match[capture]),
                        "line": line,
                        "place": match.start(),
                        "rule": f"survey.yaml: {rule.get('at') or rule['re']}",
                    }
                )
    return sorted(rows, key=lambda row: (row["line"], row["place"]))


def _matches(report: Report, rule: dict[str, Any]) -> Iterator[tuple[int, str, re.Match[str]]]:
    pattern = re.compile(rule["re"]) if "re" in rule else compile_rule(rule["at"])
    # a cheap look for the rule's longest word spares most lines the expression
    word = max((part[-1] for part in PLACES.findall(rule.get("at", ""))), key=len, default="").lower()
    found = False
    for (line, text), lower in zip(report.plain, report.lower, strict=True):
        if word not in lower or ("in" in rule and report.section(line) != str(rule["in"])):
            continue
        for match in pattern.finditer(text):
            found = True
            spans = [match.span(group) for group in match.groupdict() if match[group]]
            report.read.setdefault(line, []).extend(spans or [match.span()])
            yield line, text, match
    if not found:
        report.note(1, f"no sentence fits the rule {rule.get('at') or rule['re']!r}", lost=True)


def unread_numbers(report: Report) -> list[tuple[int, str, str]]:
    """Numbers in prose that no rule has read and no pattern sets aside, after the rules were applied.

    Returns (line, number, the words around it). `aside.yaml` lists what is no
    statement: dates, document numbers, names of editions, and the like.
    """
    prose_in_tables = report.word("resolutions", "sections") or []
    in_tables = {
        number
        for table in report.tables
        for row in table.rows
        if len(row.cells) > 1  # a single cell is a box of prose
        for cell in row.cells
        for number in cell.lines
        if report.section(number) not in prose_in_tables
    }
    aside = [re.compile("".join(pattern)) for pattern in report.rules["aside"]]  # a list of parts, or one text
    unread = []
    for line, text in report.plain:
        if line in in_tables:
            continue
        numbers = list(ANY_NUMBER.finditer(text))
        if not numbers:
            continue
        spans = report.read.get(line, []) + [match.span() for pattern in aside for match in pattern.finditer(text)]
        for match in numbers:
            if not any(start < match.end() and match.start() < end for start, end in spans):
                unread.append((line, match[0], text[max(0, match.start() - 40) : match.end() + 40]))
    return unread
