"""Annex on Resolutions: what each is called and what is reported on it."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report, flat
from helpers.extract.rules import rules

OPENING = re.compile(r"^(?:(Decision) )?(\d{1,3}) \((Rev\. )?([^()]+, \d{4})\)\s*(.*)$")
# sections of the report, documents of the Council, its groups, study groups and the Joint Inspection Unit
REFERENCE = re.compile(
    r"\b[Ss]ections? (?P<section>\d+(?:\.\d+)*)"
    r"|\b(?P<document>C\d{2}/(?:INF/)?\d+|CWG-[A-Z&-]+-\d+/\d+|SG\d+-RG?\d+|JIU/REP/\d{4}/\d+)\b"
)


def resolutions(report: Report) -> list[dict[str, Any]]:
    """Rows of `resolutions`; a status text may hold empty lines."""
    rows: list[dict[str, Any]] = []
    status: list[str] = []
    inside = False

    def close() -> None:
        if rows:
            rows[-1] |= _status(" ".join(status), status)
            status.clear()

    for number, raw in enumerate(report.lines, 1):
        text = flat(raw)
        if raw.startswith("\t") and "Status of implementation" in text:
            inside = True
            annex = report.section(number)
        elif inside and report.section(number) != annex:
            break
        elif not inside or not text:
            continue
        elif raw.startswith("\t"):
            match = OPENING.match(text)
            if not match:
                report.note(number, f"not the head of a Resolution: {text[:60]!r}", lost=True)
                continue
            close()
            rows.append(
                {
                    "instrument": match[1] or "Resolution",
                    "number": int(match[2]),
                    "adopted": match[4],
                    "revised": bool(match[3]),
                    "title": match[5],
                    "line": number,
                }
            )
            if not match[5]:
                report.note(number, f"{rows[-1]['instrument']} {match[2]} has no title in the text")
        else:
            status.append(text)
    close()
    return rows


def _status(text: str, lines: list[str]) -> dict[str, Any]:
    found = REFERENCE.finditer(text)
    references = [f"Section {match['section']}" if match["section"] else match["document"] for match in found]
    if lines and all(line.lower().startswith("see ") and not re.search(r"\.\s+(?!See )[A-Z]", line) for line in lines):
        status = "cross-reference only"
    elif any(re.search(pattern, text) for pattern in rules("resolutions")["no_activity"]):
        status = "no activity"
    else:
        status = "reported"
    return {
        "words": len(re.findall(r"\S*\w\S*", text)),
        "status": status,
        "refers_to": ";".join(dict.fromkeys(references)),
    }
