"""Tables of approved Recommendations (ITU-T by group and year, ITU-R by row)."""

from __future__ import annotations

import re
from typing import Any

from helpers.extract.layout import Report, Row

YEAR = re.compile(r"^(?:19|20)\d{2}$")
PART = r"[A-Z]\.\d+(?:\.\d+)*R?"
ITUT = re.compile(rf"^({PART}(?:/{PART})*)(?:\s+(Amd|Cor)\.?\s*(\d+))?$")
ITUR = re.compile(r"^([A-Z]{1,3})\.(\d+)(?:-(\d+))?$")
TYPES = {None: "recommendation", "Amd": "amendment", "Cor": "corrigendum"}


def itut_recommendations(report: Report) -> list[dict[str, Any]]:
    """Rows of `itut_recommendations`; entries that do not parse are reported."""
    rows: list[dict[str, Any]] = []
    opens = re.compile(rf"^({report.word('itut_recommendations', 'group')})(?:\s*[-–—]\s*(.+))?$")
    for table in report.find("itut_recommendations"):
        group = name = None
        for row in table.rows:
            texts = [cell.flat for cell in row.cells]
            heading = next((found for text in texts if (found := opens.match(text))), None)
            if heading:
                group, name = heading[1].replace(" ", ""), heading[2] or ""
            elif len(texts) == 2 and YEAR.match(texts[0]) and group:
                rows += _itut_cell(report, row, group, name, int(texts[0]))
            elif row is not table.rows[0]:
                report.note(row.line, f"row not placed in the ITU-T table: {' | '.join(texts)[:80]!r}", lost=True)
    return rows


def _itut_cell(report: Report, row: Row, group: str, name: str | None, year: int) -> list[dict[str, Any]]:
    cell, entries = row.cells[1], []
    printed = [part.strip() for part in cell.flat.split(",")]
    for position, entry in enumerate(printed, 1):
        match = ITUT.match(entry)
        if not match:
            report.note(
                cell.line, f"{group} {year}, entry {position}: {entry!r} is not an ITU-T designation", lost=True
            )
            continue
        entries.append(
            {
                "study_group": group,
                "study_group_name": name,
                "year": year,
                "position": position,
                "printed": entry,
                "designation": match[1],
                "document_type": TYPES[match[2]],
                "number": int(match[3]) if match[3] else None,
                "series": match[1][0],
                "line": cell.line,
            }
        )
    return entries


def itur_recommendations(report: Report) -> list[dict[str, Any]]:
    """Rows of `itur_recommendations`, lost hyphens put back."""
    rows: list[dict[str, Any]] = []
    party = re.compile(rf"\b(?:{report.word('itur_recommendations', 'party')})\b")
    for table in report.find("itur_recommendations"):
        body = table.rows[1:]
        ceiling = _highest_number(body)
        for row in body:
            if len(row.cells) != 2:
                report.note(row.line, f"{len(row.cells)} cells where the ITU-R table has 2", lost=True)
                continue
            label = row.cells[0].flat
            if label.endswith("*"):
                label = label.rstrip("* ")
                report.note(row.line, f"row label {label[:40]!r} carries an asterisk without a footnote")
            parties = [next(filter(None, found.groups())) for found in party.finditer(label)]
            if not parties:
                report.note(row.line, f"no working party in the row label {label[:60]!r}", lost=True)
                continue
            for position, entry in enumerate(row.cells[1].flat.split(","), 1):
                parsed = repair_designation(entry.strip(), ceiling)
                if parsed is None:
                    report.note(
                        row.cells[1].line, f"entry {position}: {entry.strip()!r} is not an ITU-R designation", lost=True
                    )
                    continue
                rows.append(
                    {
                        "row_label": label,
                        "working_parties": ";".join(parties),
                        "position": position,
                        "printed": entry.strip(),
                        **parsed,
                        "line": row.cells[1].line,
                    }
                )
    return rows


def _highest_number(rows: tuple[Row, ...]) -> int:
    """Highest number that is printed with its hyphen, the scale for repairs."""
    text = " ".join(row.cells[-1].flat for row in rows)
    return max((int(number) for number in re.findall(r"[A-Z]\.(\d+)-\d", text)), default=9999)


def repair_designation(printed: str, ceiling: int) -> dict[str, Any] | None:
    """Split an ITU-R designation, putting a lost hyphen back.

    `M.19031` becomes `M.1903-1`: no number in the table is above `ceiling`, so
    the last digit (or the last two, where one is not enough) is the revision. A
    number up to the ceiling stays whole and has no revision. None where the
    text is no designation.
    """
    match = ITUR.match(printed)
    if not match:
        return None
    series, number, revision = match.groups()
    repaired = False
    if revision is None and int(number) > ceiling:
        cut = next((n for n in (1, 2) if 0 < int(number[:-n] or 0) <= ceiling), None)
        if cut is None:
            return None
        number, revision, repaired = number[:-cut], number[-cut:], True
    return {
        "designation": f"{series}.{number}" + (f"-{int(revision)}" if revision is not None else ""),
        "repaired": repaired,
        "series": series,
        "revision": int(revision) if revision is not None else None,
    }
