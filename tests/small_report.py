"""A small report of our own in the layout of the real one, as text and Word file.

Other years, groups and row counts, the same traps. `BLOCKS` is the one source:
("p", text), ("break", text) for the first paragraph after a section break, and
("table", rows) with rows of cell texts.
"""

from __future__ import annotations

from pathlib import Path

NB = "\u00a0"

ITUT = [
    ["New or revised ITU-T Recommendations approved"],
    ["", "SG2 - Naming and numbering"],
    ["2022", "M.10 Amd.1, M.11, E.20.1 Cor. 2"],
    ["2023", "E.5"],
    ["", "SG21 - Media"],
    ["2022", "K.20, K.20, H.820,H.830.13, G.709/Y.1331 Amd. 3"],
    ["2023", "P.10/G.100 Amd. 1, D.600R, L.100/L.10"],
    ["", "TSAG"],
    ["2023", "A.1"],
]
ITUR = [
    ["Working Parties (WP)", "New or revised ITU-R Recommendations"],
    ["WP 1A - Spectrum", "SM.1138-3, SM.2150-0"],
    ["WP 1B - Method WP 1C – Watching", "SM.1896-1, M.19031"],
    ["WP 4C - Orbits *", "M.20032, M.2009-2, P.52615, M.1036"],
    ["CCV - Words", "V.2130-0, SM.1138-3"],
]
SPACE = [
    ["", "2022", "2023 (until 5 May)", "Total\n 2022-2023"],
    ["Requests of one kind ", f"1{NB}174", "90*", f"1{NB}264"],
    ["Requests of another kind", "7", "27**", "34"],
]
TERRESTRIAL = [
    ["", "2022", "2023", "Total\n2022 – 2023"],
    ["Notices in the MIFR/Plans ", f"252{NB}555/5{NB}355", "73 686/  3824", f"326{NB}241/ 9{NB}179"],
    ["Watching at 2 850-28 000 kHz/ and 406-406.1 MHz", f"27{NB}908/\n222", "30/1", ""],
    ["Reports of trouble", "5", "6", "11"],
]
BLOCKS: list[tuple[str, object]] = [
    ("p", "A letter to the reader, who will find more in Section 1.4."),
    ("p", "[bookmark: _Toc1]1.1\tConferences"),
    ("p", f"The meeting drew 3{NB}420 participants representing 163 Member States and 129 observer organizations."),
    ("p", "[bookmark: _Toc2]1.2\tSpectrum"),
    ("p", "Processing of space notices in the period"),
    ("table", SPACE),
    ("p", "* including 40 requests pursuant to Resolution 559 (WRC-19)"),
    ("p", "** Under Article 7 of Appendix 30B the rest was postponed."),
    ("p", "Processing of terrestrial notices in the period"),
    ("table", TERRESTRIAL),
    ("p", "1.3\tStandards"),
    ("p", "All texts from 2022 to 30 June 2023 are listed."),
    ("table", ITUT),
    ("p", "Focus groups follow."),
    ("table", [
        ["ITU-T Focus Group (FG)", "Start date", "End date"],
        ["Focus Group on Trees (FG-TREE)", "2022-03", "2023-07"],
        ["Focus Group on Bees (FG BEE)", "2023-01", "Ongoing"],
    ]),
    ("p", "ITU-R texts approved from 1 January 2022 to 30 June 2023."),
    ("table", ITUR),
    ("break", "Here a heading is lost in a drawing, so this is section 1.4."),
    ("p", "Seminars were held."),
    ("table", [
        ["", "Regional Radiocommunication Seminars (RRS)", "World Radiocommunication Seminars (WRS)"],
        ["2022", "RRS-22-Here\nRRS-22-There", "WRS-22 (Virtual)"],
        ["2023", "RRS-23-Here", ""],
    ]),
    ("p", "And workshops."),
    ("table", [["", "ITU Inter-regional Workshop"], ["2024 (planned)", "First Workshop"]]),
    ("p", "And satellites."),
    ("table", [["", "Satellite Symposium and Webinars"], ["2022", "Symposium 2022\nThree quiet meetings"]]),
    ("p", "Workshops of ITU-T."),
    ("table", [
        ["", "Number of workshops (total) (as of 30 June 2023)", "Number of workshops (virtual only)"],
        ["2022", "12", "3"],
        ["2023", "9", "9"],
    ]),
    ("p", "1.5\tMore"),
    ("p", "In four of the six regions nothing is below."),
    ("p", "3.\tTargets"),
    ("table", [
        ["Goal", "TARGET, By 2027:"],
        ["Growth", "Target 1.1: 75% of households worldwide with access to the Internet"],
        ["", "Target 1.2: 80% of individuals worldwide will be using the Internet"],
        ["Peace", "Target 2.1: more of everything (baseline year 2020)"],
    ]),
    ("p", "See the chart below."),
    ("p", "The figures below show it."),
    ("p", ""),
    ("p", "Trees (2022 - 2023)"),
    ("table", [["Target 1.1", "Target 1.2"], ["80 % were reached", ""]]),
    ("p", "Target 2.1"),
    ("p", "Nothing else."),
    ("p", "Annex 1\tResolutions"),
    ("table", [
        ["Status of implementation"],
        ["21 (Rev. Dubai, 2018) On calling\nWork went on (C20/16 and CWG-TREES&SUN-38/14), as Section 1.3 and JIU/REP/2020/6 say."],
        ["[bookmark: r]30 (Lagos, 2022) On trees\nSee Section 1.2."],
        ["Decision 5 (Rev. Lagos, 2022) On money\nA group has not met since then."],
    ]),
    ("p", "Annex 2\tOutcomes"),
    ("p", "Objective R.1: Keep order"),
    ("p", "Outcomes"),
    ("table", [["R.1-a: More of the first kind\nR.1.b: More of the second kind"]]),
    ("p", "Progress achieved"),
    ("break", "Objective T.2 (Knowing): Learn"),
    ("table", [["T-2-a: More knowing"]]),
    ("p", "Progress achieved"),
    ("p", "[image: ]"),
    ("p", "E.1 Enablers"),
    ("table", [["", "2022", "2023"], ["Books kept (in order)", "\uf0fc", "\uf0fb"], ["Peace kept", "", ""]]),
    ("p", "E.2\tMore of it"),
    ("p", "E.3\tWords"),
    ("p", "All words are in Section 3."),
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
