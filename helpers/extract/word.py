"""The report as a Word file, rendered into the layout of its text, and what a text loses: charts.

Tracked insertions are read, deletions are not. What fields show, smart tags and content
controls are read wherever they stand, around words, cells, rows or tables; footnotes
stand where Tika puts them. Comments, text boxes and embedded objects are listed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from helpers.extract import charts
from helpers.extract.charts import Chart, ChartError, Placed

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PARAGRAPH, TABLE, ROW, CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
TEXT, BREAK, SYMBOL, FIELD = (f"{W}{name}" for name in ("t", "br", "sym", "fldChar"))
MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote", f"{W}commentReference": "comment"}
DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
INLINE = {TEXT, BREAK, SYMBOL, FIELD, MATHS, *MARKS, *NOTES, *DRAWINGS}
TEXT_BOX = f"{W}txbxContent"
PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
}
CHART = f"{charts.C}chart"
NOT_READ = {
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": "a chart of a newer kind",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "a diagram",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "an embedded object",
}
SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr")}
MARK_GONE = [f"{W}pPr/{W}rPr/{W}{name}" for name in ("del", "moveFrom")]  # the paragraph runs on in the next
MAX_CAPTION = 100  # characters; more is a sentence


class WordError(Exception):
    """The file cannot be read as a Word file; says why."""


class Said(NamedTuple):
    """Something on a line that a reader should know."""

    line: int
    text: str
    lost: bool = False


class Printed(NamedTuple):
    """A report's lines, its charts, and what was noticed on the way."""

    lines: list[str]
    charts: list[Placed]
    said: list[Said]


@dataclass(eq=False)
class _Paragraph:
    """A paragraph that is a caption or may be one, or that holds charts."""

    line: int
    text: str
    style: str
    charts: list[Chart]
    cell: tuple[int, int, int] | None  # table, row and column
    run: int = 0  # in the body: from one sentence, heading or table to the next

    @property
    def short(self) -> bool:
        """Whether it may be a caption: no sentence and no heading."""
        heading = "\t" in self.text or self.style.startswith(("heading", "title"))
        return 0 < len(self.text) <= MAX_CAPTION and not self.text.endswith(".") and not heading


def read(path: Path, max_bytes: int) -> Printed:
    """Lines of a Word file in the layout of the text, and its charts. Raises `WordError`."""
    from docx import Document

    try:
        with ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > max_bytes:
                raise WordError(f"unpacks to more than {max_bytes // 1_000_000} MB; refused")
        reader = _Reader(Document(str(path)))
    except WordError:
        raise
    except Exception as error:  # whatever zip, XML and Word readers raise on a broken or hostile file
        said = f"{type(error).__name__}: {str(error)[:200]}"
        raise WordError(f"not a Word .docx file ({said}); save it as .docx again") from None
    return Printed(reader.lines, list(_placed(reader)), reader.said)


def _within(element: _Element, wanted: set[str]) -> Iterator[_Element]:
    """The topmost elements of the wanted kinds, whatever wraps them; of alternatives those in the first."""
    for child in element[:1] if element.tag == ALTERNATIVES else element:
        if child.tag in wanted:
            yield child
        elif child.tag not in SKIPPED:
            yield from _within(child, wanted)


def _plain(element: _Element) -> str:
    """The words of an element's paragraphs on one line."""
    words = ""
    for paragraph in _within(element, {PARAGRAPH}):
        for node in _within(paragraph, {TEXT, BREAK, *MARKS}):
            words += node.text or "" if node.tag == TEXT else MARKS.get(node.tag, " ")
        words += " "
    return " ".join(words.split())


def _blocks(container: _Element) -> Iterator[list[_Element]]:
    """What a body or cell holds: a table, or a paragraph with those before it that run on into it."""
    group: list[_Element] = []
    for block in _within(container, {PARAGRAPH, TABLE}):
        if block.tag == TABLE and group:
            yield group
            group = []
        group.append(block)
        if block.tag == TABLE or not _has(block, *MARK_GONE):
            yield group
            group = []
    if group:
        yield group


def _has(element: _Element, *paths: str) -> bool:
    return any(element.find(path) is not None for path in paths)


class _Reader:
    """Renders a document's body; `flow` keeps the paragraphs, so that charts find their captions."""

    def __init__(self, document: Any) -> None:
        self.part = document.part
        self.styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        self.notes = {kind: self._notes(kind) for kind in NOTES.values()}
        self.lines: list[str] = []
        self.said: list[Said] = []
        self.flow: list[_Paragraph] = []
        self.above: dict[int, _Paragraph] = {}  # the paragraph right above a table
        self.runs = self.tables = self.points = 0
        self.drawn: set[str] = set()  # parts of charts that have been read
        self._body(document.element.body)

    def _notes(self, kind: str) -> dict[str, _Element]:
        """Footnotes, endnotes or comments by their number."""
        from lxml import etree

        parts = [
            r.target_part for r in self.part.rels.values() if not r.is_external and r.reltype.endswith(f"/{kind}s")
        ]
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        roots = [etree.fromstring(part.blob, parser) for part in parts]
        return {note.get(f"{W}id"): note for root in roots for note in root.iter(f"{W}{kind}")}

    def _body(self, body: _Element) -> None:
        section_break = False
        for block in _blocks(body):
            if block[-1].tag == TABLE:
                self._table(block[-1])
                continue
            # Tika opens the paragraph after a section break with a space; an empty one only carries the break
            ends_section = _has(block[-1], f"{W}pPr/{W}sectPr")
            self._paragraph(block, " " * section_break, blank=not ends_section and not _has(block[-1], *MARK_GONE))
            section_break = ends_section
        for element in body.iter(f"{W}altChunk", f"{W}subDoc"):
            self.said.append(Said(max(len(self.lines), 1), f"an embedded document ({element.tag}) is not read", True))

    def _table(self, table: _Element) -> None:
        self.tables += 1
        self.runs += 1
        if self.flow and not self.flow[-1].cell and not self.flow[-1].charts:
            self.flow[-1].run, self.above[self.tables] = self.runs, self.flow[-1]
        self.runs += 1
        for number, row in enumerate(_within(table, {ROW})):
            if _has(row, f"{W}trPr/{W}del"):
                continue
            column = 0
            for cell in _within(row, {CELL}):  # as printed: a cell that spans columns counts once
                if not _has(cell, f"{W}tcPr/{W}cellDel"):
                    self._cell(cell, (self.tables, number, column))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                column += int(wide) if span is not None and (wide := span.get(f"{W}val", "")).isdecimal() else 1
            self.lines.append("")
        self.lines.append("")

    def _cell(self, cell: _Element, place: tuple[int, int, int]) -> None:
        start = len(self.lines)
        for block in _blocks(cell):
            if block[-1].tag == TABLE:
                self.said.append(Said(start + 1, "a table within a cell is read as lines of the cell"))
                inner = [[paragraph] for paragraph in _within(block[-1], {PARAGRAPH})]
            else:
                inner = [block]
            for paragraph in inner:  # an empty line would end the row
                self._paragraph(paragraph, "" if len(self.lines) > start else "\t", blank=False, cell=place)
        if len(self.lines) == start:
            self.lines.append("\t")

    def _paragraph(
        self, parts: list[_Element], opens: str, blank: bool, cell: tuple[int, int, int] | None = None
    ) -> None:
        """Add a paragraph's lines; one without words only where `blank`."""
        found: list[Chart] = []
        line = len(self.lines) + 1
        text = "".join(self._text(part, line, found) for part in parts)
        lines = [re.sub(r"^\s*\t", "", words) for words in text.split("\n")]  # a tab would begin a cell
        if cell:
            lines = [words for words in lines if words.strip()]
        if text.strip() or blank:
            self.lines += [opens + lines[0], *lines[1:]]
        elif found and opens == "\t":
            self.lines.append("\t")
        style = parts[-1].find(f"{W}pPr/{W}pStyle")
        name = self.styles.get(style.get(f"{W}val"), "") if style is not None else ""
        paragraph = _Paragraph(min(line, len(self.lines)) or 1, text.strip(), name, found, cell)
        apart = bool(paragraph.text) and not paragraph.short and not found
        self.runs += apart
        paragraph.run = self.runs
        self.runs += apart
        self.flow.append(paragraph)

    def _text(self, paragraph: _Element, line: int, found: list[Chart]) -> str:
        """Words of a paragraph; of a field what it shows, not its instruction."""
        shown, hidden, notes = "", "", ""
        instructs: list[bool] = []  # fields that are open: whether their instruction still runs
        for node in _within(paragraph, INLINE):
            kind = node.get(f"{W}fldCharType") if node.tag == FIELD else ""
            if kind == "begin":
                instructs.append(True)
            elif kind == "separate" and instructs:
                instructs[-1] = False
            elif kind == "end" and instructs:
                instructs.pop()
            elif any(instructs):
                hidden += self._inline(node, line, found)
            else:
                shown += self._inline(node, line, found)
                notes += self._note(node)
        return shown + (hidden if any(instructs) else "") + notes  # an instruction without end hides nothing

    def _inline(self, node: _Element, line: int, found: list[Chart]) -> str:
        if node.tag in (TEXT, MATHS):
            return node.text or ""
        if node.tag in MARKS:
            return MARKS[node.tag]
        if node.tag == BREAK:
            return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        if node.tag == SYMBOL:
            return chr(int(node.get(f"{W}char"), 16))
        if node.tag in DRAWINGS:
            return self._drawing(node, line, found)
        if NOTES.get(node.tag) == "comment":
            comment = self.notes["comment"].get(node.get(f"{W}id"))
            self.said.append(Said(line, f"a comment: {_plain(comment)[:80] if comment is not None else ''!r}"))
            return ""
        return f"[{NOTES[node.tag]}Ref:{node.get(f'{W}id')}]" if node.tag in NOTES else ""

    def _note(self, node: _Element) -> str:
        """A footnote as Tika gives it, at the end of its paragraph."""
        kind, number = NOTES.get(node.tag, ""), node.get(f"{W}id")
        note = self.notes[kind].get(number) if kind in ("footnote", "endnote") else None
        return f" [{number}: {_plain(note)}] " if note is not None else ""

    def _drawing(self, drawing: _Element, line: int, found: list[Chart]) -> str:
        """Tika's mark for a picture; charts are added to those found, text boxes and the rest are listed."""
        mark = ""
        for part in _within(drawing, {TEXT_BOX, CHART, *PICTURES, *NOT_READ}):
            if part.tag in PICTURES:
                mark += "[image: ]"
            elif part.tag == CHART:
                self._chart(part.get(R_ID), line, found)
            elif part.tag == TEXT_BOX:
                self.said.append(Said(line, f"a text box: {_plain(part)[:80]!r}"))
                for inner in _within(part, DRAWINGS):
                    self._drawing(inner, line, found)
            else:
                self.said.append(Said(line, f"{NOT_READ[part.tag]} is not read", "chart" in NOT_READ[part.tag]))
        return mark

    def _chart(self, number: str | None, line: int, found: list[Chart]) -> None:
        related = self.part.rels.get(number)
        try:
            if related is None or related.is_external:
                raise ChartError("it is not in the file")
            if related.target_part.partname in self.drawn:
                raise ChartError("the file shows it twice")
            if self.points > charts.MAX_POINTS or len(self.drawn) >= charts.MAX_CHARTS:
                raise ChartError("there are too many")
            self.drawn.add(related.target_part.partname)
            chart = charts.read(related.target_part.blob)
        except ChartError as error:
            self.said.append(Said(line, f"a chart is not read: {error}", True))
            return
        self.points += len(chart.points)
        self.said += [Said(line, f"chart {chart.title!r}: {problem}", True) for problem in chart.problems]
        found.append(chart)


def _placed(reader: _Reader) -> Iterator[Placed]:
    """Every chart with its caption; where two captions fit and the chart has no title, neither is chosen.

    In the body it stands beside the chart; of a chart in a cell it stands in that cell, else
    in its column, else in its row, else above the table.
    """
    fit: dict[int, list[_Paragraph]] = {}  # by the chart's id

    def tie(paragraphs: list[_Paragraph], run_of: Callable[[_Paragraph], Hashable]) -> None:
        runs: dict[Hashable, list[_Paragraph]] = defaultdict(list)
        for paragraph in paragraphs:
            runs[run_of(paragraph)].append(paragraph)
        for run in runs.values():
            for chart, captions in _nearest(run):
                fit.setdefault(id(chart), captions)

    tie([p for p in reader.flow if not p.cell], lambda p: p.run)
    tie([p for p in reader.flow if p.cell], lambda p: p.cell)
    own = {p.cell for p in reader.flow if any(id(chart) in fit for chart in p.charts)}
    others = [p for p in reader.flow if p.cell and p.cell not in own]
    tie(others, lambda p: p.cell and p.cell[::2])
    tie(others, lambda p: p.cell and p.cell[:2])
    tables = {paragraph: table for table, paragraph in reader.above.items()}
    tie([*tables, *(p for p in others if p.charts)], lambda p: p.cell[0] if p.cell else tables[p])
    for paragraph in reader.flow:
        for chart in paragraph.charts:
            found = fit.get(id(chart), [])
            caption, line = chart.title, paragraph.line
            if len(found) == 1:
                caption, line = " ".join(found[0].text.split()), found[0].line
            elif not chart.title:
                either = " or ".join(f"{other.text[:60]!r} (line {other.line})" for other in found)
                told = f"the caption of a chart may be {either}: none is chosen" if found else "a chart has no caption"
                reader.said.append(Said(line, told, bool(found)))
            yield Placed(paragraph.line, caption, line, chart.points)


def _nearest(run: list[_Paragraph]) -> Iterator[tuple[Chart, list[_Paragraph]]]:
    """Charts of a run with the captions that fit: those in a caption's style, else short lines.

    As many captions as charts are taken in order, otherwise the nearest; none yields no chart.
    """
    drawn = [(place, chart) for place, paragraph in enumerate(run) for chart in paragraph.charts]
    places = [n for n, p in enumerate(run) if p.style == "caption"] or [n for n, p in enumerate(run) if p.short]
    if len(places) == len(drawn):
        yield from ((chart, [run[at]]) for (_, chart), at in zip(drawn, places, strict=True))
    elif places:
        for here, chart in drawn:
            after = bisect_right(places, here)
            near = places[max(after - 1, 0) : after + 1]
            least = min(abs(at - here) for at in near)
            yield chart, [run[at] for at in near if abs(at - here) == least]
