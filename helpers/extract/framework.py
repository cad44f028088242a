"""The results framework: targets, objectives and outcomes."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report
from helpers.extract.numbers import parse_number

BASELINE = re.compile(r"\((?:baseline year|bs\.?)\s*(\d{4})\)")
OUTCOME = re.compile(r"^(?:[RTDI] )?([RTDI])[.-](\d+)[.-]([a-z]):\s*(.+)$")


def targets(report: Report) -> list[dict[str, Any]]:
    """Rows of `targets`, in the order in which the report prints them."""
    rows: list[dict[str, Any]] = []
    target = re.compile(rf"^{report.word('targets', 'target')} (\d+\.\d+):\s*(.+)$")
    for table in report.find("targets"):
        head = " ".join(cell.flat for cell in table.rows[0].cells)
        deadline = re.search(report.word("targets", "deadline"), head, re.IGNORECASE)
        goal = ""
        for row in table.rows[1:]:
            match = target.match(row.cells[-1].flat)
            if len(row.cells) != 2 or not match or not deadline:
                report.note(row.line, f"not a target: {row.cells[-1].flat[:60]!r}", lost=True)
                continue
            goal = row.cells[0].flat or goal
            rows.append(
                {"goal": goal, "target_id": match[1]}
                | _read_target(report, row.line, match[2])
                | {"deadline": int(deadline[1]), "line": row.cells[-1].line}
            )
    return rows


def _read_target(report: Report, line: int, text: str) -> dict[str, Any]:
    """What a target asks for, by the first rule that fits its text."""
    baseline = BASELINE.search(text)
    common = {"baseline_year": int(baseline[1]) if baseline else None}
    for rule in report.rules["targets"]:
        match = re.search(rule["text"], text, re.IGNORECASE)
        if match:
            value = parse_number(match["value"]) if "value" in match.groupdict() else rule.get("value")
            return {
                "label": rule["label"].format(value=value),
                "comparator": rule["comparator"],
                "value": value,
                "unit": rule.get("unit", ""),
                "geography": rule["geography"],
            } | common
    report.note(line, f"no rule reads this target; kept as qualitative: {text[:60]!r} (targets.yaml)")
    label = " ".join(text.split()[:8]) + " …"
    return {"label": label, "comparator": "qualitative", "value": None, "unit": "", "geography": "World"} | common


def objectives_and_outcomes(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Rows of `objectives` and `outcomes`, outcome numbers in one form."""
    objectives: list[dict[str, Any]] = []
    outcomes: list[dict[str, Any]] = []
    known: set[str] = set()
    opens = objective_heading(report)
    for line, text in report.plain:
        if report.section(line) not in report.captions.get("objectives", {}).get("sections", []):
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
            label = _label(report, line, identifier, match[4], "outcomes")
            outcomes.append({"objective_id": objective, "outcome_id": identifier, "label": label, "line": line})
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
