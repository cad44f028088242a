"""The results framework: targets, objectives and outcomes."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import PERCENT, parse_number

BASELINE = re.compile(r"\((?:baseline year|bs\.?)\s*(\d{4})\)")
OUTCOME_LIKE = re.compile(r"^(?:[RTDI] )?[RTDI][.-]\d+[.-][a-z]\b")
OUTCOME = re.compile(r"^(?:[RTDI] )?([RTDI])[.-](\d+)[.-]([a-z]):\s*(.+)$")


def targets(report: Report) -> list[dict[str, Any]]:
    """Rows of `targets`, in the order in which the report prints them."""
    rows: list[dict[str, Any]] = []
    target = re.compile(rf"^{report.word('targets', 'target')} (\d+\.\d+):\s*(.+)$")
    for table in report.find("targets"):
        alone = report.word("targets", "deadline") + r"(?!\s?[/–-]\s?\d)"  # `2026/2027` is not one year
        deadline = re.search(alone, " ".join(table.head), re.IGNORECASE)
        if deadline and len(table.head) == 2:
            report.use(table.rows[0])
        goal, opened = "", 0
        goals: dict[str, str] = {}
        for row in report.body(table):
            match = target.match(row.cells[-1].flat)
            if len(row.cells) != 2 or not match or not deadline:
                report.note(row.line, f"not a target: {row.cells[-1].flat[:60]!r}", lost=True)
                continue
            if row.cells[0].flat:
                goal, opened = row.cells[0].flat, row.line
            read = _read_target(report, row.line, match[2])
            number = match[1].partition(".")[0]
            if not goal or goals.setdefault(number, goal) != goal or [*goals.values()].count(goal) > 1:
                said = f"target {match[1]} stands under {goal or 'no goal'!r}, where its number does not belong"
                report.note(row.line, said, lost=True)
                read = None
            if read:
                report.use(row)
                place = {"deadline": int(deadline[1]), "line": row.cells[-1].line, "from": [opened]}
                rows.append({"goal": goal, "target_id": match[1]} | read | place)
    return rows


def _read_target(report: Report, line: int, text: str) -> dict[str, Any] | None:
    """What a target asks for, by the first rule that fits its text; None for a number that is not sure."""
    baseline, text = BASELINE.search(text), PERCENT.sub("%", text)
    common: dict[str, Any] = {"baseline_year": int(baseline[1]) if baseline else None}
    for rule in report.rules["targets"]:
        match = re.search(rule["text"], text, re.IGNORECASE)
        if match:
            value = rule.get("value")
            if "value" in match.groupdict():
                start, end = match.span("value")
                if re.search(r"\d[.,’']$|\b\d{1,3} $", text[:start]) or re.match(r"[.,’']\d| \d{3}\b", text[end:]):
                    around = text[max(0, start - 6) : end + 6]
                    report.note(line, f"{match['value']!r} in {around!r} can be read in more than one way", lost=True)
                    return None
                value = parse_number(match["value"])
            common["rule"] = f"targets.yaml: {rule['text']}"
            return {
                "label": rule["label"].format(value=value),
                "comparator": rule["comparator"],
                "value": value,
                "unit": rule.get("unit", ""),
                "geography": rule["geography"],
            } | common
    if report.rules["targets"] and re.search(r"\d", BASELINE.sub("", text)):
        report.note(line, f"no rule reads the number of this target: {text[:60]!r} (targets.yaml)", lost=True)
        return None
    report.note(line, f"no rule reads this target; kept as qualitative: {text[:60]!r} (targets.yaml)")
    label = " ".join(text.split()[:8]) + " …"
    return {"label": label, "comparator": "qualitative", "value": None, "unit": "", "geography": "World"} | common


def objectives_and_outcomes(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Rows of `objectives` and `outcomes`, outcome numbers in one form."""
    objectives: list[dict[str, Any]] = []
    outcomes: list[dict[str, Any]] = []
    known: set[str] = set()
    opens, progress = objective_heading(report), False
    for line, text in report.plain:
        progress = text == report.word("figures_lost", "progress") or (progress and not opens.match(text))
        if report.section(line) not in (report.word("objectives", "sections") or []):
            continue
        if match := opens.match(text):
            sector, identifier = match[1], f"{match[1]}.{match[2]}"
            known.add(identifier)
            label = match[3] or _label(report, line, identifier, match[4], "objectives")
            objectives.append({"sector": sector, "objective_id": identifier, "label": label, "line": line})
        elif match := OUTCOME.match(text):
            objective = f"{match[1]}.{match[2]}"
            identifier = f"{objective}-{match[3]}"
            if objective not in known:
                report.note(line, f"outcome {identifier} stands under no objective {objective}", lost=True)
                continue
            report.used.add(line)
            label = _label(report, line, identifier, match[4], "outcomes")
            outcomes.append({"objective_id": objective, "outcome_id": identifier, "label": label, "line": line})
        elif OUTCOME_LIKE.match(text) and not progress:
            report.note(line, f"no outcome with its number and a colon: {text[:60]!r}", lost=True)
    return {"objectives": objectives, "outcomes": outcomes}


def objective_heading(report: Report) -> re.Pattern[str]:
    """Form of the line that opens an objective: sector, number, name in brackets, text."""
    word = report.word("objectives", "objective")
    return re.compile(rf"^{word} ([RTDI])\.(\d+)\b(?:\s*:)?\s*(?:\(([^)]*)\))?\s*:?\s*(.*)$")


def _label(report: Report, line: int, identifier: str, text: str, kind: str) -> str:
    """Our label where the text still says what the label was written for."""
    rule = report.rules["labels"].get(kind, {}).get(identifier)
    if rule and rule["if"].lower() in text.lower():
        return rule["label"]
    report.note(line, f"no label for {identifier} yet: add it to labels.yaml")
    return " ".join(text.split()[:6]) + " …"
