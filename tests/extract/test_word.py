"""Word files: the same tables as from the text, what tracked changes and controls wrap, and charts.

python-docx makes the files. It makes no charts and no tracked changes: the parts of charts are
written by openpyxl, whose charts Word takes, and the few marks of Word are put in by hand.
"""

from __future__ import annotations

import random

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import chart as kinds
from openpyxl.chart.data_source import (
    AxDataSource,
    Level,
    MultiLevelStrData,
    MultiLevelStrRef,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel, XYSeries
from openpyxl.xml.functions import tostring

from helpers.extract import charts, extract, layout, write
from helpers.extract.layout import read
from helpers.tables import editions, load
from tests import small_report
from tests.conftest import TESTS

MADE_UP = editions.edition("", TESTS)
W = nsdecls("w")


# -- making Word files --


def numbers(values, code="General"):
    points = [NumVal(idx=place, v=value) for place, value in enumerate(values) if value is not None]
    return NumDataSource(numRef=NumRef(f="Sheet1!B2", numCache=NumData(formatCode=code, pt=points)))


def names(texts):
    return StrData(pt=[StrVal(idx=place, v=text) for place, text in enumerate(texts)])


def drawn(series, categories=None, kind=kinds.BarChart, title=None, unit=None, code="General"):
    """The part of a chart with the values that Word keeps: series name → values."""
    chart = kind()
    for name, values in series.items():
        label = SeriesLabel(strRef=StrRef(f="Sheet1!B1", strCache=names([name])))
        of = AxDataSource(strRef=StrRef(f="Sheet1!A2", strCache=names(categories))) if categories else None
        chart.series.append(Series(tx=label, cat=of, val=numbers(values, code)))
    return finished(chart, title, unit)


def finished(chart, title=None, unit=None):
    if title:
        chart.title = title
    if unit:
        chart.y_axis.title = unit
    return tostring(chart._write())


def add_chart(document, paragraph, xml, wrapped="{}"):
    """Put a chart into a paragraph as Word does: a part of its own and a drawing that leads to it."""
    package = document.part.package
    name = PackURI(f"/word/charts/chart{len(list(package.iter_parts()))}.xml")
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    number = document.part.relate_to(Part(name, kind, xml, package), RELATIONSHIP_TYPE.CHART)
    drawing = f"""<w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="c"/><a:graphic><a:graphicData
      uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{number}"/></a:graphicData>
      </a:graphic></wp:inline></w:drawing>"""
    spaces = f'{nsdecls("w", "wp", "a", "c", "r")} xmlns:v="urn:schemas-microsoft-com:vml"'
    paragraph._p.append(parse_xml(f"<w:r {spaces}>{wrapped.format(drawing)}</w:r>"))
    return paragraph


def inside(wrapper, *elements):
    """Wrap elements where they stand; `wrapper` is XML with an empty innermost element."""
    outer = parse_xml(wrapper)
    elements[0].addprevious(outer)
    innermost = outer
    while len(innermost):
        innermost = innermost[-1]
    innermost.extend(elements)


def report(folder, change=None):
    """The small report as a Word file, changed."""
    path = small_report.write_docx(folder / "report.docx")
    document = Document(str(path))
    if change:
        change(document)
    document.save(str(path))
    return path


def paragraph(document, start):
    return next(p for p in document.paragraphs if p.text.startswith(start))


def table(document, *words):
    return next(t for t in document.tables if all(word in " ".join(c.text for c in t.rows[0].cells) for word in words))


@pytest.fixture(scope="module")
def found(small):
    return extract(small, MADE_UP)


def same(word, found, but=()):
    return [name for name in found.tables if name not in but and not word.tables[name].equals(found.tables[name])] == []


# -- the same tables as from the text --


@pytest.mark.whole
def test_a_word_file_gives_the_same_tables_as_the_text(found, tmp_path):
    word = extract(report(tmp_path), MADE_UP)
    assert same(word, found) and word.problems == found.problems


@pytest.mark.whole
def test_the_real_report_as_a_word_file_gives_the_same_tables(real, tmp_path):
    """Its lines put into the paragraphs and cells of a Word file."""
    text = extract(real)
    tables = {line: table for table in layout._tables(text.report.lines) for row in table.rows for line in cells(row)}
    blocks = []
    for number, line in enumerate(text.report.lines, 1):
        in_table = blocks and blocks[-1][0] == "table"
        if number not in tables and (line or not in_table):
            blocks.append(("break", line[1:]) if layout.SECTION_BREAK.match(line) else ("p", line))
        elif number in tables and number == tables[number].line:
            printed = [[cell.text for cell in row.cells] for row in tables[number].rows]
            blocks += [("p", "")] * in_table + [("table", printed)]  # Word takes two without a paragraph for one
    word = extract(small_report.write_docx(tmp_path / "real.docx", blocks))
    assert word.lost == [] == text.lost
    for name, table in text.tables.items():
        assert word.tables[name].drop(columns="line").equals(table.drop(columns="line")), name


def cells(row):
    return {line for cell in row.cells for line in cell.lines}


def test_non_breaking_hyphens_survive(tmp_path):
    def change(document):
        cells = (cell for row in table(document, "Party").rows for cell in row.cells)
        run = next(cell for cell in cells if cell.text.startswith("M.20032")).paragraphs[0].runs[0]
        run._r.getparent().append(parse_xml(f"<w:r {W}><w:noBreakHyphen/><w:t>2, M.2009-2</w:t></w:r>"))
        run.text = "M.2003"

    entry = extract(report(tmp_path, change), MADE_UP).tables["itur_recommendations"].query("designation == 'M.2003-2'")
    assert entry[["printed", "repaired"]].values.tolist() == [["M.2003-2", "false"]]


SDT = f"<w:sdt {W}><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent/></w:sdt>"
TRACKED = f'<w:ins {W} w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z"/>'
SMART = f'<w:smartTag {W} w:uri="u" w:element="place"/>'
SIMPLE = f'<w:fldSimple {W} w:instr="REF x"/>'
MOVED = f'<w:moveTo {W} w:id="2" w:author="A"/>'
LINK = f'<w:hyperlink {W} w:anchor="x"/>'
XML = f'<w:customXml {W} w:element="e"/>'
COMPLEX = ['<w:fldChar w:fldCharType="begin"/>', "<w:instrText> SEQ 9 </w:instrText>"]


@pytest.mark.parametrize("wrapper", [SDT, TRACKED, SMART, SIMPLE, MOVED, LINK, XML])
def test_words_are_read_whatever_wraps_them(tmp_path, found, wrapper):
    def change(document):
        for each in [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]:
            if each.runs:
                inside(wrapper, *(run._r for run in each.runs))

    assert same(extract(report(tmp_path, change), MADE_UP), found)


def test_cells_rows_tables_and_paragraphs_are_read_in_content_controls(tmp_path, found):
    def change(document):
        dice = random.Random(13)
        for each in document.tables:
            for row in each._tbl.tr_lst:
                for cell in row.tc_lst:
                    inside(SDT, *cell.p_lst)
                    if dice.random() < 0.5:
                        inside(SDT, cell)
                if dice.random() < 0.5:
                    inside(SDT, row)
            inside(SDT, each._tbl)
        for each in document.paragraphs[3::3]:
            inside(SDT, each._p)

    assert same(extract(report(tmp_path, change), MADE_UP), found)


def test_deletions_are_not_read(tmp_path, found):
    gone = (
        f'<w:del {W} w:id="3" w:author="A"><w:r><w:delText>999 </w:delText><w:tab/><w:noBreakHyphen/></w:r></w:del>',
        f'<w:moveFrom {W} w:id="4" w:author="A"><w:r><w:t>888 </w:t></w:r></w:moveFrom>',
    )
    gone_row = f'<w:tr {W}><w:trPr><w:del w:id="5" w:author="A"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    gone_cell = (
        f'<w:tc {W}><w:tcPr><w:cellDel w:id="6" w:author="A"/></w:tcPr><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>'
    )

    def change(document):
        for each in document.tables:
            for cell in each._cells:
                for xml in gone:
                    cell.paragraphs[0]._p.append(parse_xml(xml))
            each._tbl.tr_lst[-1].addnext(parse_xml(gone_row))
            each._tbl.tr_lst[0].append(parse_xml(gone_cell))
        for each in document.paragraphs:
            each._p.append(parse_xml(gone[0]))
        # a paragraph that was split in two and joined again, and one that was deleted with its mark
        split = paragraph(document, "It was 79 per cent of the young")
        split._p.addprevious(parse_xml(words("It was 79 per cent ", deleted=True)))
        split._p.addprevious(parse_xml(words("", deleted=True)))
        split.runs[0].text = "of the young and 62 per cent of all others."

    assert same(extract(report(tmp_path, change), MADE_UP), found)


def words(text, deleted=False):
    mark = '<w:pPr><w:rPr><w:del w:id="7" w:author="A"/></w:rPr></w:pPr>' if deleted else ""
    return f'<w:p {W}>{mark}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_a_field_gives_what_it_shows(tmp_path):
    field = (
        "<w:r><w:t>It drew</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>77</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText> = 1 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:t>420</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> people.</w:t></w:r>'
    )
    unended = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>Not lost.</w:t></w:r>'

    def change(document):
        for xml in (unended, field):
            document.paragraphs[0]._p.addnext(parse_xml(f"<w:p {W}>{xml}</w:p>"))

    assert read(report(tmp_path, change)).lines[1:3] == ["It drew3420 people.", "Not lost."]


def test_marks_are_those_of_the_text(tmp_path):
    def change(document):
        cell = table(document, "2022", "2023").rows[0].cells[0]
        cell.text = ""
        xml = (
            '<w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type="page"/><w:cr/><w:tab/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t>'
            '<w:noBreakHyphen/><w:t>e</w:t><w:sym w:font="Wingdings" w:char="F0FC"/>'
        )
        cell.paragraphs[0]._p.append(parse_xml(f"<w:r {W}>{xml}</w:r>"))
        for text in ("", "last"):
            cell.add_paragraph(text)
        document.paragraphs[0].insert_paragraph_before("\tno cell, but\tindented")

    lines = read(report(tmp_path, change)).lines
    assert lines[0] == "no cell, but\tindented"
    start = lines.index("\ta")
    assert lines[start : start + 5] == ["\ta", "b", "cd-e\uf0fc", "last", "\t2022"]


# -- what is not words --


@pytest.mark.whole
def test_pictures_are_marked_and_what_is_not_read_is_listed_with_its_line(tmp_path, found):
    spaces = nsdecls("w", "wp", "a", "pic", "r") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Seen 12 times", "a day"))
    box = f"<w:txbxContent>{lines}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )

    def change(document):
        for each, xml in (
            ("[image: ]", "<w:drawing><pic:pic/></w:drawing>"),
            ("And satellites", both),
            ("And more", "<w:object><o:OLEObject/></w:object>"),
        ):
            holder = paragraph(document, each)
            if each == "[image: ]":
                holder.runs[0].text = ""
            holder._p.append(parse_xml(f"<w:r {spaces}>{xml}</w:r>"))
        document.add_comment(paragraph(document, "Nothing else").runs, text="Is it so?", author="A")

    word = extract(report(tmp_path, change), MADE_UP)
    assert same(word, found)
    lines = read(small_report.write_docx(tmp_path / "plain.docx")).lines
    listed = [(p.line, p.text, p.lost) for p in word.problems if p not in found.problems]
    assert listed == [
        (lines.index("And more of them.") + 1, "an embedded object is not read", False),
        (lines.index("And satellites.") + 1, "a text box: 'Seen 12 times a day'", False),
        (lines.index("Nothing else.") + 1, "a comment: 'Is it so?'", False),
    ]


def test_footnotes_stand_where_tika_puts_them(tmp_path):
    text = '<w:footnoteRef/><w:t xml:space="preserve"> Of </w:t></w:r><w:r><w:t>all.</w:t>'
    note = f'<w:footnote w:id="2"><w:p><w:r>{text}</w:r></w:p></w:footnote>'

    def change(document):
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        content = f"<w:footnotes {W}>{note}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), kind, content, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        run = paragraph(document, "Today the Union").runs[0]
        run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="2"/>'))
        run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="5"/>'))

    lines = read(report(tmp_path, change)).lines
    assert "Today the Union has 193 Member States.[footnoteRef:2][footnoteRef:5] [2: Of all.] " in lines


@pytest.mark.whole
def test_a_table_in_a_cell_and_an_embedded_document_are_listed(tmp_path):
    def change(document):
        cell = table(document, "Hope").rows[1].cells[1]
        inner = cell.add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "in", "side"
        document.paragraphs[-1]._p.addnext(parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="rId99"/>'))

    word = extract(report(tmp_path, change), MADE_UP)
    assert "\tAim 1.1: 75% of individuals worldwide will be online\nin\nside\n" in "\n".join(word.report.lines)
    assert any(p.text == "a table within a cell is read as lines of the cell" for p in word.problems)
    assert any("an embedded document" in p.text and p.line == len(word.report.lines) for p in word.lost)


# -- charts --


def points(xml):
    return [tuple(point) for point in charts.read(xml).points]


YEARS = ["2022", "2023"]


@pytest.mark.parametrize(
    "kind", [kinds.BarChart, kinds.BarChart3D, kinds.LineChart, kinds.PieChart, kinds.AreaChart, kinds.RadarChart]
)
def test_every_series_of_a_chart_is_read(kind):
    xml = drawn({"Trees": ["1.5", "2"], "Bees": ["12345678.25", "-3"]}, YEARS, kind, title="Living things")
    assert charts.read(xml).title == "Living things"
    assert points(xml) == [
        ("Trees", "2022", "1.5", ""),
        ("Trees", "2023", "2", ""),
        ("Bees", "2022", "12345678.25", ""),
        ("Bees", "2023", "-3", ""),
    ]


def test_a_gap_has_no_value_and_a_series_without_categories_counts():
    assert points(drawn({"A": ["1", None, "3"]}, ["x", "y", "z"])) == [
        ("A", "x", "1", ""),
        ("A", "y", "", ""),
        ("A", "z", "3", ""),
    ]
    assert points(drawn({"A": ["1", "2"]})) == [("A", "1", "1", ""), ("A", "2", "2", "")]


def test_the_unit_is_percent_by_the_format_or_else_the_title_of_the_axis():
    assert points(drawn({"A": ["0.285"]}, ["x"], code="0.0%", unit="Share")) == [("A", "x", "28.5", "percent")]
    assert points(drawn({"A": ["0.285"]}, ["x"], unit="Mt of CO2")) == [("A", "x", "0.285", "Mt of CO2")]


def test_two_axes_give_each_series_its_own_unit():
    bars, line = kinds.BarChart(), kinds.LineChart()
    for chart, name, unit, value in ((bars, "Texts", "texts", "4"), (line, "Share", "of all", "0.5")):
        chart.series.append(Series(tx=SeriesLabel(v=name), val=numbers([value])))
        chart.y_axis.title = unit
    line.y_axis.axId = 200
    bars += line
    assert points(finished(bars)) == [("Texts", "1", "4", "texts"), ("Share", "1", "0.5", "of all")]


def test_points_in_a_plane_have_the_second_axis():
    chart = kinds.ScatterChart()
    across = AxDataSource(numRef=numbers(["2.5", "7"]).numRef)
    chart.series.append(XYSeries(tx=SeriesLabel(v="P"), xVal=across, yVal=numbers(["10", "20"])))
    chart.x_axis.title = "wide"
    assert points(finished(chart, unit="high")) == [("P", "2.5", "10", "high"), ("P", "7", "20", "high")]


def test_levels_of_categories_are_joined_and_days_are_days():
    levels = [
        Level(pt=[StrVal(idx=place, v=text) for place, text in enumerate(["Q1", "Q2", "Q1"])]),
        Level(pt=[StrVal(idx=0, v="2022"), StrVal(idx=2, v="2023")]),
    ]
    several = AxDataSource(multiLvlStrRef=MultiLevelStrRef(f="x", multiLvlStrCache=MultiLevelStrData(lvl=levels)))
    days = AxDataSource(numRef=numbers(["44501", "44502.5"], "d/m/yyyy").numRef)
    plain = AxDataSource(numRef=numbers(["2021", "2022"]).numRef)
    said = []
    for categories, values in ((several, ["1", "2", "3"]), (days, ["1", "2"]), (plain, ["1", "2"])):
        chart = kinds.BarChart()
        chart.series.append(Series(cat=categories, val=numbers(values)))
        said.append([point.category for point in charts.read(finished(chart)).points])
    assert said == [["2022 / Q1", "2022 / Q2", "2023 / Q1"], ["2021-11-01", "2021-11-02"], ["2021", "2022"]]


def test_a_calendar_that_begins_in_1904_is_understood():
    chart = kinds.BarChart()
    chart.series.append(Series(cat=AxDataSource(numRef=numbers(["43039"], "yyyy").numRef), val=numbers(["1"])))
    xml = finished(chart).replace(b"<chart>", b'<date1904 val="1"/><chart>', 1)
    assert [point.category for point in charts.read(xml).points] == ["2021-11-01"]


@pytest.mark.parametrize("value", ["#N/A", "nan", "1e400", "1_000", "٣", "1e-300"])
def test_what_is_no_number_is_lost_and_said(value):
    xml = drawn({"A": ["123", "2"]}, ["x", "y"])
    chart = charts.read(xml.replace(b">123<", f">{value}<".encode()))
    assert [point.value for point in chart.points] == ["", "2"]
    assert chart.problems == [f"series 'A', 'x': {value!r} is not a number"]


def test_series_that_keep_no_values_and_sizes_of_bubbles_are_said():
    empty = kinds.BarChart()
    empty.series.append(Series(tx=SeriesLabel(v="A"), val=NumDataSource(numRef=NumRef(f="Sheet1!B2:B9"))))
    assert charts.read(finished(empty)).problems == ["series 'A' keeps no values with the drawing"]
    bubbles = kinds.BubbleChart()
    bubbles.series.append(
        XYSeries(
            tx=SeriesLabel(v="B"),
            xVal=AxDataSource(numRef=numbers(["1"]).numRef),
            yVal=numbers(["2"]),
            bubbleSize=numbers(["3"]),
        )
    )
    read_one = charts.read(finished(bubbles))
    assert read_one.problems == ["series 'B': the sizes of its bubbles are not read"] and len(read_one.points) == 1


def captions(folder, *blocks):
    """Captions of the charts of a page of blocks: a text, (text, style), or a chart's title ('' for none) in a list."""
    document = Document()
    document.add_paragraph("1.1\tMeetings")
    for block in blocks:
        if isinstance(block, list):
            holder = document.add_paragraph()
            for title in block:
                add_chart(document, holder, drawn({"A": ["1"]}, ["x"], title=title))
        elif isinstance(block, tuple):
            document.add_paragraph(*block)
        else:
            document.add_paragraph(block)
    document.save(str(folder / "page.docx"))
    printed = read(folder / "page.docx")
    return [chart.caption for chart in printed.charts], [said.text for said in printed.said]


LONG = "This sentence is long enough that nobody would take it for a caption, and it has a full stop at its end."


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ([LONG, "Trees", [""], LONG], ["Trees"]),
        ([LONG, [""], "Trees", LONG], ["Trees"]),
        (["Trees", [""], "Bees", [""], LONG], ["Trees", "Bees"]),
        ([LONG, [""], "", "Trees", [""], "Bees"], ["Trees", "Bees"]),
        ([LONG, ["", ""], "Trees and bees", LONG], ["Trees and bees", "Trees and bees"]),
        ([LONG, ["", ""], "Trees", "Bees"], ["Trees", "Bees"]),
        (["Not this", ("Figure 1: Trees", "Caption"), [""], "Nor this"], ["Figure 1: Trees"]),
        ([("Trees", "Heading 2"), ["Own title"], LONG], ["Own title"]),
        (["Trees", ["Own title"], LONG], ["Trees"]),
        ([LONG, ["Own title"], LONG], ["Own title"]),
        (["Trees", ["Own title"], "Bees"], ["Own title"]),
    ],
)
def test_a_chart_is_tied_to_its_caption(tmp_path, blocks, wanted):
    assert captions(tmp_path, *blocks) == (wanted, [])


def test_of_two_captions_that_fit_neither_is_chosen(tmp_path):
    said = "the caption of a chart may be 'Trees' (line 2) or 'Bees' (line 4): none is chosen"
    assert captions(tmp_path, "Trees", [""], "Bees") == ([""], [said])
    assert captions(tmp_path, LONG, [""], LONG) == ([""], ["a chart has no caption"])


@pytest.mark.whole
def test_charts_in_cells_are_tied_within_the_cell_the_column_or_the_row(tmp_path):
    def tied(*rows, above="Above"):
        """A table of cells, each a text, with `@` for a chart."""
        document = Document()
        document.add_paragraph(above)
        grid = document.add_table(len(rows), len(rows[0]))
        for cells, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text.strip("@")
                if text.startswith("@"):
                    add_chart(document, cell.paragraphs[0].insert_paragraph_before(), drawn({"A": ["1"]}))
                elif text.endswith("@"):
                    add_chart(document, cell.add_paragraph(), drawn({"A": ["1"]}))
        document.add_paragraph("Below")
        document.save(str(tmp_path / "cells.docx"))
        return [chart.caption for chart in read(tmp_path / "cells.docx").charts]

    assert tied(["one@", "two@"]) == ["one", "two"] == tied(["@one", "@two"])
    assert tied(["one", "two"], ["@", "@"]) == ["one", "two"] == tied(["@", "@"], ["one", "two"])
    assert tied(["1", "2"], ["@", "@"], ["3", "4"], ["@", "@"]) == ["1", "2", "3", "4"]
    assert tied(["one", "@"], ["two", "@"]) == ["one", "two"]
    assert tied(["one@", "@"]) == ["one", "Above"]  # no other cell's own
    assert tied(["@", "@"]) == ["Above", "Above"]
    assert tied(["@", "@"], above=LONG) == ["", ""]


@pytest.mark.whole
def test_charts_of_a_report_become_a_table(tmp_path, found, capsys):
    """Under their captions, which are then no lost figures; every other table stays as it is."""

    def change(document):
        holder = paragraph(document, "Trees (2022 - 2023)").insert_paragraph_before()
        add_chart(document, holder, drawn({"Trees": ["0.5", "0.75"]}, YEARS, code="0%"))
        holder._p.getprevious().getprevious().addnext(holder._p)
        cell = next(c for t in document.tables for c in t._cells if c.text == "Aim 1.2")
        add_chart(document, cell.add_paragraph(), drawn({"": ["7", None]}, YEARS, kinds.LineChart, unit="people"))

    # the chart of trees stands right below its caption
    def below(document):
        change(document)
        caption = paragraph(document, "Trees (2022 - 2023)")
        caption._p.addnext(caption._p.getprevious().getprevious())

    path = report(tmp_path, below)
    word = extract(path, MADE_UP)
    rows = word.tables["chart_series"]
    assert rows.drop(columns="line").values.tolist() == [
        ["Trees (2022 - 2023)", "Trees", "2022", "50", "percent", "3"],
        ["Trees (2022 - 2023)", "Trees", "2023", "75", "percent", "3"],
        ["Aim 1.2", "", "2022", "7", "people", "3"],
        ["Aim 1.2", "", "2023", "", "people", "3"],
    ]
    lost = list(found.tables["figures_lost"]["caption"])
    assert [text for text in lost if text not in ("Figure: Trees (2022 - 2023)", "Aim 1.2")] == list(
        word.tables["figures_lost"]["caption"]
    )
    write(word, tmp_path / "data")
    assert load.problems(tmp_path / "data") == []
    table = load.table("chart_series", editions.edition("", tmp_path / "data"))
    assert table["value"].dropna().tolist() == [50, 75, 7] and str(table["value"].dtype) == "Float64"


# -- hostile charts --


def only_chart(folder, xml, change=None):
    document = Document()
    document.add_paragraph("1.1\tMeetings")
    add_chart(document, document.add_paragraph(), xml)
    if change:
        change(document)
    document.save(str(folder / "one.docx"))
    printed = read(folder / "one.docx")
    return printed.charts, [said.text for said in printed.said if said.lost]


LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(12)
) + b"<!ENTITY leak SYSTEM 'file:///etc/passwd'>]>"  # fmt: skip


@pytest.mark.whole
def test_hostile_charts_are_listed_and_read_nothing_else(tmp_path, monkeypatch):
    good = drawn({"Trees": ["1"]}, ["x"], title="T")
    assert only_chart(tmp_path, good)[1] == []
    for entity in (b"&m;", b"&leak;"):
        read_one, said = only_chart(tmp_path, LAUGHS + good.replace(b"Trees", entity))
        assert said or [p.series for p in read_one[0].points] == [""]
    assert only_chart(tmp_path, good[:40])[1][0].startswith("a chart is not read: it is no XML")
    assert only_chart(tmp_path, b"<x/>")[1] == ["a chart is not read: it has no series of a known kind"]
    assert only_chart(tmp_path, b" " * 10_000_001)[1] == ["a chart is not read: it is larger than 10 MB"]
    counts = good.replace(b"<pt ", b'<ptCount val="4000000000"/><pt ', 1).replace(b'idx="0"', b'idx="9999999999"')
    assert len(only_chart(tmp_path, counts)[0][0].points) == 1
    monkeypatch.setattr(charts, "MAX_CHARTS", 1)
    _, said = only_chart(tmp_path, good, lambda d: add_chart(d, d.add_paragraph(), good))
    assert said == ["a chart is not read: there are too many"]


def test_charts_elsewhere_and_charts_shown_twice_are_listed(tmp_path):
    good = drawn({"Trees": ["1"]}, ["x"], title="T")

    def outside(document):
        rel = next(r for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.CHART)
        rel._is_external, rel._target = True, "http://127.0.0.1:9/chart.xml"

    def gone(document):
        (drawing,) = document.element.body.iter(f"{charts.C}chart")
        drawing.set(drawing.keys()[0], "rId999")

    def twice(document):
        document.paragraphs[1]._p.addnext(parse_xml(document.paragraphs[1]._p.xml))

    assert only_chart(tmp_path, good, outside) == ([], ["a chart is not read: it is not in the file"])
    assert only_chart(tmp_path, good, gone) == ([], ["a chart is not read: it is not in the file"])
    read_ones, said = only_chart(tmp_path, good, twice)
    assert len(read_ones) == 1 and said == ["a chart is not read: the file shows it twice"]
