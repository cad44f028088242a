"""The report as lines, sections and printed tables.

The text is laid out as Apache Tika writes a Word file: a paragraph is a line, a
table cell is a line that starts with a tab (and may run on over lines without
one), an empty line ends a row. A Word file is rendered into the same layout
(`word.py`), so everything after `read` knows one form only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

from helpers.extract import word
from helpers.extract.charts import Placed
from helpers.extract.numbers import YEAR
from helpers.extract.word import Printed
from helpers.files import InputError

BOOKMARK = re.compile(r"\[bookmark: [^\[\]]*\]")
SECTION_BREAK = re.compile(r"^ (?=[^\W\d_]|\[bookmark)")  # Tika opens the paragraph after a break with a space
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?\b\.?"
_YEAR, _DAY = rf"(?P<year>{YEAR})\b", r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
DAYS = [rf"{_DAY} {_MONTH},? {_YEAR}", rf"\b{_MONTH} {_DAY}, {_YEAR}"]
DAYS += [rf"\b{_YEAR} \((?:[a-z]+ ){{1,3}}{day}\)" for day in (f"{_DAY} {_MONTH}", f"{_MONTH} {_DAY}")]  # in a head
A_MONTH = re.compile(rf"\b{_MONTH}")
CONTINUED = re.compile(r"\bcontinued\b|\bcont(?:\.|[’']?d\b)", re.IGNORECASE)
HEAD_YEAR = re.compile(rf"{YEAR}\b")
BLANKS_AFTER_TABLE = 3  # one ends a row; some rows have two
MAX_BYTES = 50_000_000
FRONT_MATTER = "Front matter"


class ReportError(InputError):
    """The file cannot be used as a report; says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """Something the extractor met that a reader should know."""

    section: str
    line: int  # 0 for the whole text
    text: str
    lost: bool = False  # a row could not be placed, so a table lacks it

    def __str__(self) -> str:
        return f"section {self.section}, line {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True)
class Cell:
    """A printed cell: its first line's number and its text."""

    line: int
    text: str  # the lines of the cell, joined by \n

    @property
    def flat(self) -> str:
        """The text on one line, spaces and non-breaking marks made plain."""
        return flat(self.text)

    @property
    def lines(self) -> range:
        """Numbers of its lines."""
        return range(self.line, self.line + self.text.count("\n") + 1)


@dataclass(frozen=True)
class Row:
    """A printed row of cells."""

    cells: tuple[Cell, ...]

    @property
    def line(self) -> int:
        """Line of the first cell."""
        return self.cells[0].line

    @property
    def lines(self) -> list[int]:
        """Numbers of its cells' lines."""
        return [line for cell in self.cells for line in cell.lines]


@dataclass(frozen=True)
class Table:
    """A printed table and the paragraph above it."""

    rows: tuple[Row, ...]
    caption: str  # the paragraph just above

    @property
    def line(self) -> int:
        """Line of the first row."""
        return self.rows[0].line

    @property
    def head(self) -> list[str]:
        """Texts of the first row."""
        return [cell.flat for cell in self.rows[0].cells]


@dataclass
class Report:
    """The lines of one report, the rules of its edition, and what the extractors ask of both.

    `rules` holds the edition's rule files (`captions`, `statements`, …); `headings_lost`
    maps a section whose heading the text lost to the first words of its first line.
    """

    lines: list[str]
    rules: Mapping[str, Any]
    headings_lost: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    charts: Sequence[Placed] = ()

    def __post_init__(self) -> None:
        self.captions: dict[str, Any] = self.rules["captions"]
        self.sections = _sections(self)
        self.tables: list[Table] = []
        for table in _tables(self.lines):
            if self.tables and self._continues(self.tables[-1], table):
                self.tables[-1] = Table(self.tables[-1].rows + table.rows, self.tables[-1].caption)
            else:
                self.tables.append(table)
        # every line that is not empty, as (number, plain text): every rule reads it
        self.plain = [(number, flat(text)) for number, text in enumerate(self.lines, 1) if text.strip()]
        self.lower = [text.lower() for _, text in self.plain]
        # what rules have read of each line, so that the rest can be told
        self.read: dict[int, list[tuple[int, int]]] = {}
        self.used: set[int] = set()  # lines of cells that an extractor has used

    def section(self, line: int) -> str:
        """Section of a 1-based line."""
        return self.sections[line - 1]

    def note(self, line: int, text: str, *, lost: bool = False) -> None:
        """Remember a problem at `line`."""
        self.problems.append(Problem(self.section(line), line, text, lost))

    def use(self, *parts: Cell | Row) -> None:
        """Remember that an extractor has used cells or rows: what nobody uses is listed in the end."""
        self.used |= {line for part in parts for line in part.lines}

    def body(self, table: Table) -> Iterator[Row]:
        """Rows below the head; a head that is repeated, as on a new page, is none of them."""
        for row in table.rows[1:]:
            if [cell.flat for cell in row.cells] == table.head:
                self.use(row)
            else:
                yield row

    def is_total(self, name: str, row: Row) -> bool:
        """Whether a row's label says that it is the total of the rows above."""
        word = self.word(name, "total") or "Total"
        return bool(re.match(rf"{re.escape(word)}\b", row.cells[0].flat, re.IGNORECASE))

    def _continues(self, table: Table, following: Table) -> bool:
        """Whether a table goes on in the next: after blank lines, or a line such as `Table 1 (continued)`."""
        last = table.rows[-1].cells[-1].lines[-1]
        between = [text for raw in self.lines[last : following.line - 1] if (text := flat(raw))]
        if len(between) > 1 or any(len(text) > 200 or not CONTINUED.search(text) for text in between):
            return False
        if following.head == table.head:
            return True
        ways = [way for entry in self.captions.values() for way in entry.get("found_by", []) if "head" in way]
        new = sum(bool(HEAD_YEAR.match(text)) for text in following.head) > 1
        return not new and not any(_fits(following, way) for way in ways)

    def place(self, line: int) -> int:
        """Place of a line that is not empty in `plain`."""
        return bisect_left(self.plain, (line, ""))

    def find(self, name: str) -> list[Table]:
        """Printed tables of `name`, by the words that `captions.yaml` gives for head or caption (any case)."""
        ways = self.captions.get(name, {}).get("found_by", [])
        return [table for table in self.tables if any(_fits(table, way) for way in ways)]

    def missing(self, name: str) -> Iterator[str]:
        """Ways of finding a table that find none, each with the nearest captions and heads."""
        known = {text[:150]: table.line for table in self.tables for text in (table.caption, " | ".join(table.head))}
        for way in self.captions.get(name, {}).get("found_by", []):
            if not any(_fits(table, way) for table in self.tables):
                words = " … ".join(word for words in way.values() for word in words)
                near = [f"{text[:60]!r} (line {known[text]})" for text in get_close_matches(words, known, 3, 0.2)]
                yield f"no {'head' if 'head' in way else 'caption'} has {words!r}; nearest: {', '.join(near) or 'none'}"

    def word(self, table: str, name: str) -> Any:
        """A word or pattern by which cells of `table` are read (`captions.yaml`); None where it has none."""
        return self.captions.get(table, {}).get(name)


def closing_date(table: Table) -> date | None:
    """Day on which a table closes, from its caption or head (`1 Nov 2021`).

    A head such as `2021 (until 16 November)` gives the year before its day. Raises
    `ValueError` where a month is named and no day of a year is understood.
    """
    text = " | ".join([table.caption, *table.head])
    found = [match for pattern in DAYS for match in re.finditer(pattern, text)]
    if len(found) < len(A_MONTH.findall(text)):
        raise ValueError(f"a closing day is not understood in {text[:150]!r}")
    return max((date(int(d["year"]), MONTHS.index(d["month"]) + 1, int(d["day"])) for d in found), default=None)


def month(year: str, name: str) -> str:
    """A month as the tables have it (`2019-05`), from its name or the first three letters of it."""
    return f"{year}-{MONTHS.index(name[:3]) + 1:02}"


def _fits(table: Table, way: Mapping[str, list[str]]) -> bool:
    """Whether head and caption hold all the words that one way of finding a table names, in their order."""
    places = {"head": " ".join(table.head), "caption": table.caption}
    return all(
        re.search(".*".join(map(re.escape, words)), places[place], re.IGNORECASE) for place, words in way.items()
    )


def flat(text: str) -> str:
    """Plain one-line text: no bookmarks, ordinary spaces and hyphens."""
    text = BOOKMARK.sub("", text).replace("\u2011", "-").replace("\u00ad", "")
    return re.sub(r"\s+", " ", text).strip()


def read(path: Path) -> Printed:
    """Lines of a report in Tika's text layout, from `.txt` or `.docx`, and the charts of the latter.

    Raises `ReportError` where the file is missing, too large, not UTF-8, or not
    a Word file.
    """
    if not path.is_file():
        raise ReportError(f"{path}: no such file; give the report's .txt or .docx")
    if path.stat().st_size > MAX_BYTES:
        raise ReportError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; this is not one report's text")
    if path.suffix.lower() == ".docx":
        try:
            return word.read(path, 2 * MAX_BYTES)
        except word.WordError as error:
            raise ReportError(f"{path}: {error}") from None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{path}: byte {error.start} is not UTF-8; save the text as UTF-8 (Tika's own output is)"
        ) from None
    return Printed(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), [], [])


def _sections(report: Report) -> list[str]:
    """Section of every line; headings that the text lost are put back.

    Where `headings_lost` tells how a section begins, it begins there. Other headings
    stand in drawings and are missing, but their first paragraph opens with a space (a
    section break). Where as many numbers are missing between two printed headings as
    there are such paragraphs, they are paired in order; how far a chapter runs is read
    from the report's cross references.
    """
    lines, words = report.lines, report.captions["headings"]
    printed = _printed_headings(lines, words["annex"])
    if not printed:
        raise ReportError("no numbered headings found: this is not the report's text (see README, 'Another edition')")
    printed = sorted(printed + _declared_headings(report))
    last_of_chapter = _last_of_chapters(lines, words["section"])

    opens = dict(printed)
    for (start, label), (end, following) in pairwise(printed):
        missing = _missing_numbers(label, following, last_of_chapter)
        breaks = [n for n in range(start + 1, end) if SECTION_BREAK.match(lines[n - 1])]
        if missing and len(missing) == len(breaks):
            opens |= dict(zip(breaks, missing, strict=True))
            for start, label in zip(breaks, missing, strict=True):
                said = f"the heading of section {label} is not in the text; it is put back at a section break"
                report.problems.append(Problem(label, start, said))
        elif missing:
            said = f"headings {', '.join(missing)} are not in the text; their lines count as {label}"
            report.problems.append(Problem(label, start, said))
    labels, current = [], FRONT_MATTER
    for number in range(1, len(lines) + 1):
        current = opens.get(number, current)
        labels.append(current)
    return labels


def _last_of_chapters(lines: list[str], section: str) -> dict[int, int]:
    """Highest section of each chapter that a cross reference (`Section 1.4`) names."""
    reference = re.compile(rf"\b{re.escape(section)} (\d{{1,3}})\.(\d{{1,3}})\b")
    last: dict[int, int] = {}
    for text in lines:
        for chapter, number in reference.findall(text):
            last[int(chapter)] = max(last.get(int(chapter), 0), int(number))
    return last


def _declared_headings(report: Report) -> list[tuple[int, str]]:
    """Lines at which `headings_lost` says that a section begins."""
    found = []
    for section, words in report.headings_lost.items():
        line = next((n for n, text in enumerate(report.lines, 1) if flat(text).startswith(words)), None)
        if line:
            found.append((line, str(section)))
        else:
            report.problems.append(Problem(str(section), 1, f"no line begins with {words!r} (headings_lost)"))
    return found


def _printed_headings(lines: list[str], annex: str) -> list[tuple[int, str]]:
    heading = re.compile(rf"^(?:(\d{{1,3}}(?:\.\d{{1,3}}){{0,5}})\.?|({re.escape(annex)} \d{{1,3}}))\s*\t\s*(\S.*)$")
    found: list[tuple[int, str]] = []
    for number, text in enumerate(lines, 1):
        if text.startswith("\t"):
            continue
        match = heading.match(BOOKMARK.sub("", text).strip(" "))
        if match:
            found.append((number, match[1] or match[2]))
    return found


def _missing_numbers(label: str, following: str, last_of_chapter: dict[int, int]) -> list[str]:
    """Two-level section numbers between two printed headings, in order."""

    def key(text: str) -> tuple[int, int] | None:
        parts = text.split(".")
        return (int(parts[0]), int(parts[1]) if len(parts) > 1 else 0) if parts[0].isdigit() else None

    here, there = key(label), key(following)
    if here is None or there is None or there <= here:
        return []
    missing, (chapter, number) = [], here
    while (chapter, number) < there:
        number += 1
        if number > last_of_chapter.get(chapter, number if chapter == there[0] else 0) and chapter < there[0]:
            chapter, number = chapter + 1, 0
        if (chapter, number) < there:
            missing.append(f"{chapter}.{number}" if number else str(chapter))
        if len(missing) > 50:
            return []  # a mistyped heading, not a run of lost ones
    return missing


def _tables(lines: list[str]) -> list[Table]:
    tables: list[Table] = []
    rows: list[Row] = []
    cells: list[tuple[int, list[str]]] = []
    caption = above = ""
    blanks = 0

    def end_row() -> None:
        if cells:
            rows.append(Row(tuple(Cell(line, BOOKMARK.sub("", "\n".join(text))) for line, text in cells)))
            cells.clear()

    def end_table() -> None:
        end_row()
        if rows:
            tables.append(Table(tuple(rows), caption))
            rows.clear()

    for number, text in enumerate(lines, 1):
        if text.lstrip(" ").startswith("\t"):
            if not rows and not cells:
                caption = flat(above)
            cells.append((number, [text.lstrip(" ")[1:]]))
        elif text == "":
            end_row()
            blanks += 1
            if blanks == BLANKS_AFTER_TABLE:
                end_table()
            continue
        elif cells and not SECTION_BREAK.match(text):
            cells[-1][1].append(text)
        else:
            end_table()
            above = text
        blanks = 0
    end_table()
    return tables
