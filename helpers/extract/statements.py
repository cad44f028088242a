"""Figures that stand in sentences, found by declared rules.

A rule (`rules/statements.yaml`, `rules/survey.yaml`) gives a short pattern and
the rows that it yields. In a pattern `<name>` catches a number, `…` skips up to
400 characters, anything else is literal (any case, any spacing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import NUMBER, parse_number
from helpers.extract.rules import rules

PLACES = re.compile(r"<(\w+)>|(\s*…\s*)|(\s+)|([^<…\s]+)")
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
DEFAULTS = {"geography": "World", "sex": "_T", "age": "_T", "breakdown": "", "year": None}


def compile_rule(pattern: str) -> re.Pattern[str]:
    """Regular expression of a rule's pattern."""
    parts = []
    for name, skip, space, literal in PLACES.findall(pattern):
        if name:
            parts.append(rf"(?<![\w.,])(?P<{name}>{NUMBER})(?:st|nd|rd|th)?(?![\w])(?!\.\d)")
        elif skip:
            parts.append(r".{0,400}?")
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
    for topic, entries in rules("statements").items():
        for rule in entries:
            for line, text, match in _matches(report, rule):
                for row in rule["rows"]:
                    rows.append(_observation(topic, rule.get("with", {}), row, line, text, match))
    return sorted(rows, key=lambda row: row["line"])


def _observation(
    topic: str, shared: dict[str, Any], row: list[Any], line: int, text: str, match: re.Match[str]
) -> dict[str, Any]:
    """One row from `[indicator, capture or number, unit, {more}]` and a match."""
    indicator, capture, unit, *more = row
    given = DEFAULTS | shared | (more[0] if more else {})
    year = given["year"]
    stated = isinstance(capture, int | float)  # a figure that the sentence puts in a word such as 'All'
    word = "exact" if stated else qualifier(text, match.start(capture), match.end(capture))
    return {
        "topic": topic,
        "indicator": indicator,
        "geography": given["geography"],
        "sex": given["sex"],
        "age": given["age"],
        "breakdown": str(given["breakdown"]),
        "year": int(parse_number(match[year])) if isinstance(year, str) else year,
        "qualifier": given.get("qualifier") or word,
        "value": capture if stated else parse_number(match[capture]),
        "unit": unit,
        "line": line,
    }


def membership_survey(report: Report) -> list[dict[str, Any]]:
    """Rows of `membership_survey`, in the report's order."""
    rows = []
    for rule in rules("survey"):
        for line, _, match in _matches(report, rule):
            for year, capture in rule["years"].items():
                if match[capture] is not None:
                    rows.append(
                        {
                            "question": rule["question"],
                            "option": rule["option"].format(**match.groupdict()),
                            "year": year,
                            "share_percent": parse_number(match[capture]),
                            "line": line,
                            "place": match.start(),
                        }
                    )
    return sorted(rows, key=lambda row: (row["line"], row["place"]))


def _matches(report: Report, rule: dict[str, Any]) -> Iterator[tuple[int, str, re.Match[str]]]:
    pattern = re.compile(rule["re"]) if "re" in rule else compile_rule(rule["at"])
    # a cheap look for the rule's longest word spares most lines the expression
    word = max((part[3] for part in PLACES.findall(rule.get("at", ""))), key=len, default="").lower()
    found = False
    for line, text in report.prose():
        if word not in text.lower():
            continue
        if "in" in rule and report.section(line) != str(rule["in"]):
            continue
        for match in pattern.finditer(text):
            found = True
            yield line, text, match
    if not found:
        report.note(1, f"no sentence fits the rule {rule.get('at') or rule['re']!r}")


def unread_numbers(report: Report) -> list[tuple[int, str, str]]:
    """Numbers in prose that no rule reads and no pattern sets aside.

    Returns (line, number, the words around it). `rules/aside.yaml` lists what
    is no statement: dates, document numbers, names of editions, and the like.
    """
    taken: dict[int, list[tuple[int, int]]] = {}
    for name in ("statements", "survey"):
        entries = rules(name)
        flat_rules = [r for group in entries.values() for r in group] if isinstance(entries, dict) else entries
        for rule in flat_rules:
            for line, _, match in _matches(Report(report.lines), rule):
                taken.setdefault(line, []).extend(match.span(group) for group in match.groupdict() if match[group])
    in_tables = {
        number
        for table in report.tables
        for row in table.rows
        if len(row.cells) > 1  # a single cell is a box of prose
        for cell in row.cells
        for number in range(cell.line, cell.line + cell.text.count("\n") + 1)
        if not report.section(number).startswith("Annex 1")
    }
    aside = [re.compile(pattern) for pattern in rules("aside")]
    unread = []
    for line, text in report.prose():
        if line in in_tables:
            continue
        spans = taken.get(line, []) + [match.span() for pattern in aside for match in pattern.finditer(text)]
        for match in re.finditer(rf"(?<![\w.,])(?:{NUMBER})(?![\w])", text, re.IGNORECASE):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                unread.append((line, match[0], text[max(0, match.start() - 40) : match.end() + 40]))
    return unread
