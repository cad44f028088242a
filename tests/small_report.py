"""A small report of our own in the layout of the real one, as text and Word file.

It is the text of the made-up edition in `tests/editions`: other years, groups,
captions and row counts, the same traps. `BLOCKS` is the one source:
("p", text), ("break", text) for the first paragraph after a section break, and
("table", rows) with rows of cell texts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.extract import extract, write
from helpers.tables import editions
from helpers.tables.editions import Edition

NB = "\u00a0"


def _texts(series: str, first: int, count: int) -> str:
    """Designations in a row, as a printed cell lists them."""
    return ", ".join(f"{series}.{number}" for number in range(first, first + count))


ITUT = [
    ["Texts of ITU-T"],
    ["", "SG2 - Naming and numbering"],
    ["2022", "M.10 Amd.1, M.11, E.20.1 Cor. 2"],
    ["2023", "E.5"],
    ["2024", "E.6, E.7"],
    ["", "SG13 – Networks to come"],
    ["2022", _texts("Y", 3000, 20)],
    ["2023", _texts("Y", 3020, 25)],
    ["2024", _texts("Y", 3045, 11)],
    ["", "SG21 - Media"],
    ["2022", "K.20, K.20, H.820,H.830.13, G.709/Y.1331 Amd. 3"],
    ["2023", "P.10/G.100 Amd. 1, D.600R, L.100/L.10"],
    ["2024", _texts("H", 900, 14)],
    ["", "TSAG"],
    ["2023", "A.1"],
]
ITUR = [
    ["Party (WP)", "Texts of ITU-R, new or revised"],
    ["WP 1A - Spectrum", "SM.1138-3, SM.2150-0"],
    ["WP 1B - Method WP 1C – Watching", "SM.1896-1, M.19031"],
    ["WP 4C - Orbits *", "M.20032, M.2009-2, P.52615, M.1036"],
    ["CCV - Words", "V.2130-0, SM.1138-3"],
]
SPACE = [
    ["", "2022", "2023", "2024 (until 5 May)", "Sum\n 2022-2024"],
    ["Requests of one kind ", f"1{NB}174", f"1{NB}201", "90*", f"2{NB}465"],
    ["Requests of another kind", "7", "8", "27**", "42"],
]
TERRESTRIAL = [
    ["", "2022", "2023", "2024", "Sum\n2022 – 2024"],
    ["Filings in the MIFR/Plans ", f"252{NB}555/5{NB}355", "73 686/  3824", "40/30", f"326{NB}281/ 9{NB}209"],
    ["Watching at 2 850-28 000 kHz/ and 406-406.1 MHz", f"27{NB}908/\n222", "30/1", "2/0", ""],
    ["Reports of trouble", "5", "6", "", "11"],
]
BLOCKS: list[tuple[str, object]] = [
    ("p", "January 2022 – September 2024"),
    ("p", "This is a letter to the reader, who will find more in Chapter 1.4."),
    ("p", "[bookmark: _Toc1]1.1\tMeetings"),
    ("p", "The meeting of Lagos was held in May 2023."),
    ("p", f"It drew 3{NB}420 participants representing 163 Member States and 129 observer organizations."),
    ("p", f"Of them 2{NB}400 came in person and 1{NB}020 online."),
    ("p", f"The forum of 2022 drew over 900 participants, the forum of 2023 drew over 1{NB}100 participants."),
    ("p", "[bookmark: _Toc2]1.2\tSpectrum"),
    ("p", "Work on satellite filings in the period"),
    ("table", SPACE),
    ("p", "* among them 40 requests by Resolution 559 (WRC-19)"),
    ("p", "** For now the rest waits: Article 7 of Appendix 30B."),
    ("p", "Work on filings on earth in the period"),
    ("table", TERRESTRIAL),
    ("p", "1.3\tStandards"),
    ("p", "All texts from 2022 to 30 June 2024 are listed."),
    ("table", ITUT),
    ("p", "ITU-R texts approved from 1 January 2022 to 30 June 2024."),
    ("table", ITUR),
    ("break", "Here a heading is lost in a drawing, so this is section 1.4."),
    ("p", "Gatherings were held."),
    ("table", [
        ["", "Gatherings of the regions (RRS)", "Gathering of the world (WRS)"],
        ["2022", "RRS-22-Here\nRRS-22-There", "WRS-22 (Virtual)"],
        ["2023", "RRS-23-Here", ""],
    ]),
    ("p", "And more of them."),
    ("table", [["", "Meeting across regions"], ["2024 (planned)", "First Meeting"]]),
    ("p", "And satellites."),
    ("table", [["", "Skywatch and the like"], ["2022", "Symposium 2022\nThree quiet meetings"]]),
    ("p", "Meetings of ITU-T."),
    ("table", [
        ["", "Meetings held (as of 30 June 2024)", "Of these with nobody on site"],
        ["2022", "12", "3"],
        ["2023", "9", "9"],
        ["2024", "4", "1"],
    ]),
    ("p", "1.5\tMore"),
    ("p", "Today the Union has 193 Member States."),
    ("p", "2.\tPeople"),
    ("p", "2.1\tOnline"),
    ("p", "In 2022, 60 per cent of people used the Internet. In 2023, 66 per cent of people used the Internet."),
    ("p", "In 2024 the network reached 91.5 per cent of people."),
    ("p", "Another heading is lost and declared."),
    ("p", "In 2023 it was 68 per cent of men and 63 per cent of women of the world, in Africa 45 and 33 per cent, "
          "in Europe 91 and 90 per cent. The parity score went from 0.91 in 2022 to 0.93 in 2023."),
    ("p", "It was 79 per cent of the young and 62 per cent of all others."),
    ("p", "3.\tAims"),
    ("table", [
        ["Hope", "AIM, to reach by 2027:"],
        ["Growth", "Aim 1.1: 75% of individuals worldwide will be online"],
        ["", "Aim 1.2: 98% of the world covered by a network"],
        ["", "Aim 1.3: no more than 2% of income for a line"],
        ["Peace", "Aim 2.1: more of everything (baseline year 2020)"],
        ["", "Aim 2.2: as many women online as men"],
    ]),
    ("p", "See the chart underneath."),
    ("p", "The figures underneath show it."),
    ("p", ""),
    ("p", "Trees (2022 - 2023)"),
    ("table", [["Aim 1.1", "Aim 1.2"], ["80 % were reached", ""]]),
    ("p", "Aim 2.1"),
    ("p", "Nothing else."),
    ("p", "Appendix 1\tResolutions"),
    ("table", [
        ["What was done"],
        ["21 (Rev. Dubai, 2018) On calling\n"
         "Work went on (C20/16 and CWG-TREES&SUN-38/14), as Chapter 1.3 and JIU/REP/2020/6 say."],
        ["[bookmark: r]30 (Lagos, 2022) On trees\nSee Chapter 1.2."],
        ["Decision 5 (Rev. Lagos, 2022) On money\nA group was called but nobody came."],
    ]),
    ("p", "Appendix 2\tOutcomes"),
    ("p", "Purpose R.1: Keep order"),
    ("p", "Outcomes"),
    ("table", [["R.1-a: More of the first kind\nR.1.b: More of the second kind"]]),
    ("p", "How far we came"),
    ("break", "Purpose T.2 (Knowing): Learn"),
    ("table", [["T-2-a: More knowing"]]),
    ("p", "How far we came"),
    ("p", "[image: ]"),
    ("p", "Helpers"),
    ("p", "E.1 Books"),
    ("table", [["", "2022", "2023"], ["Books kept (in order)", "\uf0fc", "\uf0fb"], ["Peace kept", "", ""]]),
    ("p", "E.2\tMore of it"),
    ("p", "E.3\tWords"),
    ("p", "All words are in Chapter 3."),
]  # fmt: skip


def text(blocks: list[tuple[str, object]] = BLOCKS) -> str:
    """The report as Tika would write it."""
    lines: list[str] = []
    for kind, content in blocks:
        if kind == "table":
            for row in content:
                for cell in row:
                    first, *more = cell.split("\n")
                    lines += ["\t" + first, *more]
                lines.append("")
            lines.append("")
        else:
            lines.append((" " if kind == "break" else "") + str(content))
    return "\n".join(lines) + "\n"


def write_docx(path: Path, blocks: list[tuple[str, object]] = BLOCKS) -> Path:
    """The same report as a Word file."""
    from docx import Document

    document = Document()
    for kind, content in blocks:
        if kind == "table":
            table = document.add_table(rows=len(content), cols=max(len(row) for row in content))
            for cells, row in zip(table.rows, content, strict=True):
                for cell, words in zip(cells.cells, row, strict=False):
                    cell.text = words
                for surplus in list(cells._tr.tc_lst)[len(row) :]:
                    cells._tr.remove(surplus)
        else:
            if kind == "break":
                document.add_section()
                # python-docx ends a section in a paragraph of its own; put the mark on the one before
                _section_mark_to_previous(document)
            document.add_paragraph(str(content))
    document.save(path)
    return path


def _section_mark_to_previous(document) -> None:
    from docx.oxml.ns import qn

    body = document.element.body
    paragraphs = body.findall(qn("w:p"))
    marked = paragraphs[-1]
    mark = marked.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    before = marked.getprevious()
    if before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().append(mark)
        body.remove(marked)


def edition(folder: Path) -> Edition:
    """The made-up edition as the extractor reads it from this report, in a data folder of its own."""
    path = folder / "report.txt"
    path.write_text(text(), "utf-8")
    write(extract(path, editions.edition("", Path(__file__).parent)), folder / "data")
    return editions.edition("", folder / "data")


if __name__ == "__main__":  # a folder to try things in: `python -m tests.small_report FOLDER`
    Path(sys.argv[1]).mkdir(parents=True)
    edition(Path(sys.argv[1]))
