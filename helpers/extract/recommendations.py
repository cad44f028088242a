"""Tables of approved Recommendations (ITU-T by group and year, ITU-R by row)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from helpers.extract.layout import Cell, Report, Row
from helpers.extract.numbers import YEAR

PART = r"[A-Z]\.\d+(?:\.\d+)*R?"
ITUT = re.compile(rf"^({PART}(?:/{PART})*)(?:\s+(Amd|Cor)\.?\s*(\d+))?$")
ITUR = re.compile(r"^([A-Z]{1,3})\.(\d+)(?:-(\d+))?$")
HIGHEST_REVISION = 20  # of no Recommendation are there so many
TYPES = {None: "recommendation", "Amd": "amendment", "Cor": "corrigendum"}


def itut_recommendations(report: Report) -> list[dict[str, Any]]:
    """Rows of `itut_recommendations`; entries that do not parse are reported.

    A row that is no heading of one group leaves the rows below it without a group,
    and years that do not rise under a heading may stand under the wrong one.
    """
    rows: list[dict[str, Any]] = []
    word = report.word("itut_recommendations", "group")
    opens, names_one = re.compile(rf"^({word})(?:\s*[-–—:]\s*(.+))?$"), re.compile(rf"\b(?:{word})\b")
    for table in report.find("itut_recommendations"):
        group, name, opened, years = "", "", 0, [0]
        report.use(table.rows[0])
        for row in report.body(table):
            first, *others = texts = [cell.flat for cell in row.cells]
            heading = opens.match("".join(texts)) if len(list(filter(None, texts))) == 1 else None
            if heading and not names_one.search(heading[2] or ""):
                if heading[1].replace(" ", "") != group:  # else the same heading again, as on a new page
                    group, name, opened, years = heading[1].replace(" ", ""), heading[2] or "", row.cells[-1].line, [0]
                report.use(row)
            elif len(texts) == 2 and re.fullmatch(YEAR, first) and group and int(first) > years[-1]:
                rows += _itut_cell(report, row, group, name, opened)
                years.append(int(first))
            elif len(texts) == 2 and report.is_total("itut_recommendations", row) and group:
                of_group = sum(entry["study_group"] == group for entry in rows)
                _held(report, row, {of_group, len(rows)})
            else:
                said = f"of {group or 'no one group'} in the ITU-T table: {' | '.join(texts)[:80]!r}"
                report.note(row.line, f"row not placed {said}", lost=True)
                group = group if first and others else ""
    return rows


def _held(report: Report, row: Row, counted: set[int]) -> None:
    """Hold a printed total against what has been counted."""
    report.use(row)
    if re.sub(r"\s", "", row.cells[1].text) not in map(str, counted):
        listed = " or ".join(map(str, sorted(counted)))
        report.note(row.line, f"the total is {row.cells[1].flat[:20]!r}, the rows above it are {listed}", lost=True)


def _itut_cell(report: Report, row: Row, group: str, name: str, opened: int) -> list[dict[str, Any]]:
    cell, year, entries = row.cells[1], int(row.cells[0].flat), []
    about = {"study_group": group, "study_group_name": name, "year": year, "line": cell.line, "from": [opened]}
    report.use(row)
    for position, entry in enumerate(_listed(cell.flat), 1):
        match = ITUT.match(entry)
        if not match:
            said = f"{group} {year}, entry {position}: {entry!r} is not an ITU-T designation"
            report.note(cell.line, said, lost=True)
            continue
        number = int(match[3]) if match[3] else None
        read = {"designation": match[1], "document_type": TYPES[match[2]], "number": number, "series": match[1][0]}
        entries.append(about | {"position": position, "printed": entry} | read)
    return entries


def _listed(text: str) -> list[str]:
    """Entries of a cell; one comma behind the last is none."""
    return [part.strip() for part in text.removesuffix(",").split(",")]


def itur_recommendations(report: Report) -> list[dict[str, Any]]:
    """Rows of `itur_recommendations`, lost hyphens put back where they fit in one place only."""
    rows: list[dict[str, Any]] = []
    party = re.compile(rf"\b(?:{report.word('itur_recommendations', 'party')})\b")
    for table in report.find("itur_recommendations"):
        report.use(table.rows[0])
        body = list(report.body(table))
        ceiling = _highest_number(body)
        for row in body:
            if len(row.cells) != 2:
                report.note(row.line, f"{len(row.cells)} cells where the ITU-R table has 2", lost=True)
                continue
            if report.is_total("itur_recommendations", row):
                _held(report, row, {len(rows)})
                continue
            label = row.cells[0].flat
            if label.endswith("*"):
                label = label.rstrip("* ")
                report.note(row.line, f"row label {label[:40]!r} carries an asterisk without a footnote")
            parties = [next(filter(None, found.groups())) for found in party.finditer(label)]
            if not parties:
                report.note(row.line, f"no working party in the row label {label[:60]!r}", lost=True)
                continue
            report.use(row)
            about = {"row_label": label, "working_parties": ";".join(parties)}
            rows += _itur_cell(report, row.cells[1], about, ceiling)
    return rows


def _itur_cell(report: Report, cell: Cell, about: dict[str, Any], ceiling: int) -> list[dict[str, Any]]:
    rows, entries = [], _listed(cell.flat)
    for position, entry in enumerate(entries, 1):
        parsed = readings(entry, ceiling, entries[: position - 1], entries[position:])
        if len(parsed) != 1:
            named = " and ".join(reading["designation"] for reading in parsed)
            said = f"can be {named}" if parsed else "is not an ITU-R designation"
            report.note(cell.line, f"entry {position}: {entry!r} {said}", lost=True)
            continue
        if parsed[0]["repaired"]:
            report.note(cell.line, f"{entry} is read as {parsed[0]['designation']}: a hyphen is lost")
        rows.append(about | {"position": position, "printed": entry, "line": cell.line} | parsed[0])
    return rows


def _highest_number(rows: list[Row]) -> int:
    """Highest number that is printed with its hyphen, the scale for repairs."""
    text = " ".join(row.cells[-1].flat for row in rows)
    return max((int(number) for number in re.findall(r"[A-Z]\.(\d+)-\d", text)), default=9999)


def readings(printed: str, ceiling: int, before: Sequence[str] = (), after: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Ways of reading an ITU-R designation: none where it is none, several where a lost hyphen fits twice.

    A number up to `ceiling`, the highest that the table prints with a hyphen, stays
    whole and has no revision. Above it the hyphen before the last digit, or the last
    two, is lost: `M.19031` is `M.1903-1`, `M.18511` is `M.1851-1` where the entries
    `before` and `after` rise and `M.185-11` would not stand in their order. A number
    with no more digits than the ceiling may as well be a new one: `M.2160` is `M.2160`
    or `M.216-0`, whatever stands beside it.
    """
    match = ITUR.match(printed)
    if not match:
        return []
    series, number, revision = match.groups()
    if revision is not None or int(number) <= ceiling:
        return [_reading(series, number, revision, repaired=False)]
    parts = [(number[:-cut], number[-cut:]) for cut in (1, 2)]
    whole = [_reading(series, number, None, repaired=False)] if len(number) <= len(str(ceiling)) else []
    if whole:  # the order of the entries does not decide between a new number and an old one
        before = after = ()
    low = max((n for n in map(partial(_number, series), before) if n <= ceiling), default=0)
    high = min((n for n in map(partial(_number, series), after) if n), default=ceiling)
    fits = [
        _reading(series, head, tail, repaired=True)
        for head, tail in parts
        if 0 < int(head or 0) <= ceiling and str(int(tail)) == tail and int(tail) <= HIGHEST_REVISION
        if low > high or low <= int(head) <= high
    ]
    return whole + fits


def _number(series: str, printed: str) -> int:
    """Number of a hyphenated designation of a series; 0 for any other text."""
    match = ITUR.match(printed)
    return int(match[2]) if match and match[1] == series and match[3] else 0


def _reading(series: str, number: str, revision: str | None, repaired: bool) -> dict[str, Any]:
    return {
        "designation": f"{series}.{number}" + (f"-{int(revision)}" if revision is not None else ""),
        "repaired": repaired,
        "series": series,
        "revision": int(revision) if revision is not None else None,
    }
