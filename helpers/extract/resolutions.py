"""Annex on Resolutions: what each is called and what is reported on it."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report, flat

OPENING = re.compile(r"^(?:(Decision) )?(\d{1,3}) \((Rev\. )?([^()]+, \d{4})\)\s*(.*)$")
# documents of the Council, its groups, study groups and the Joint Inspection Unit
DOCUMENT = r"C\d{2}/(?:INF/)?\d+|CWG-[A-Z&-]+-\d+/\d+|SG\d+-RG?\d+|JIU/REP/\d{4}/\d+"


def resolutions(report: Report) -> list[dict[str, Any]]:
    """Rows of `resolutions`; a status text may hold empty lines."""
    rows: list[dict[str, Any]] = []
    status: list[str] = []
    inside = adrift = False  # adrift: below a head that cannot be read
    heads = {cell.line for table in report.find("resolutions") for cell in table.rows[0].cells}

    def close() -> None:
        if rows and "status" not in rows[-1]:
            if not status:
                report.note(rows[-1]["line"], f"nothing is reported under {rows[-1]['number']}", lost=True)
            rows[-1] |= _status(report, status)
            status.clear()

    for number, raw in enumerate(report.lines, 1):
        text = flat(raw)
        if number in heads:
            report.used.add(number)
            inside = True
            annex = report.section(number)
        elif inside and report.section(number) != annex:
            break
        elif not inside or not text:
            continue
        elif raw.startswith("\t"):
            match = OPENING.match(text)
            close()
            adrift = not match
            if not match:
                report.note(number, f"not the head of a Resolution: {text[:60]!r}", lost=True)
                continue
            report.used.add(number)
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
        elif OPENING.match(text):
            report.note(number, f"the head of a Resolution in no cell of its own: {text[:60]!r}", lost=True)
        elif not adrift:
            status.append(text)
    close()
    return rows


def _status(report: Report, lines: list[str]) -> dict[str, Any]:
    """Length and kind of a status text, and the sections and documents that it names."""
    text, section = " ".join(lines), report.captions["headings"]["section"]
    found = re.finditer(rf"\b(?:(?i:{section}s?) (?P<section>\d+(?:\.\d+)*)|(?P<document>{DOCUMENT})\b)", text)
    references = [f"{section} {match['section']}" if match["section"] else match["document"] for match in found]
    undone = report.word("resolutions", "no_activity") or []
    if lines and all(line.lower().startswith("see ") and not re.search(r"\.\s+(?!See )[A-Z]", line) for line in lines):
        status = "cross-reference only"
    elif any(re.search(pattern, text) for pattern in undone):
        status = "no activity"
    else:
        status = "reported"
    return {
        "words": len(re.findall(r"\S*\w\S*", text)),
        "status": status,
        "refers_to": ";".join(dict.fromkeys(references)),
    }
