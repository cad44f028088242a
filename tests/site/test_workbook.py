"""The workbook of an edition against the checklist of the guidance on accessible spreadsheets."""

from __future__ import annotations

import gc
from io import BytesIO
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from helpers.site import data_page, workbook
from helpers.tables import contract, editions, load
from tests.site import made

FIRST = ["cover", "contents", "notes", "dictionary"]
WITH_BLANKS = [
    "SG2,=1+1,2021,1,=HYPERLINK(1),X,recommendation,,X,1.3,77",
    "SG3,,2021,1,Y.1,X,recommendation,5,X,1.3,78",
]


def content(edition):
    return workbook.workbook(edition, data_page.stamp(edition))


def opened(edition):
    return load_workbook(BytesIO(content(edition)))


def faults(book):
    """What a workbook has that the checklist forbids, or lacks that it asks for."""
    found = [] if book.sheetnames[:4] == FIRST else ["no cover, contents, notes and dictionary in front"]
    found += [part for part in ("title", "language", "creator") if not getattr(book.properties, part)]
    names = [table for sheet in book for table in sheet.tables]
    if len(set(names)) != len(names) or book.active.title != "cover":
        found.append("tables of one name, or opens elsewhere than on the cover")
    for sheet in book:
        if not isinstance(sheet["A1"].value, str) or not sheet["A1"].font.bold:
            found.append(f"{sheet.title}: no title in A1")
        if sheet.freeze_panes or sheet.merged_cells.ranges or sheet.sheet_state != "visible":
            found.append(f"{sheet.title}: frozen, merged or hidden")
        if any(d.hidden for d in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()]):
            found.append(f"{sheet.title}: a hidden row or column")
        if not all(any(cell.value is not None for cell in row) for row in sheet.iter_rows()):
            found.append(f"{sheet.title}: an empty row")
        if any(cell.fill.fill_type for row in sheet.iter_rows() for cell in row):
            found.append(f"{sheet.title}: a coloured cell")
        if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
            found.append(f"{sheet.title}: a formula")
        if sheet.title != "cover":
            found += [f"{sheet.title}: {fault}" for fault in table_faults(sheet)]
    return found


def table_faults(sheet):
    if list(sheet.tables) != [sheet.title]:
        return ["not one table, named as its sheet"]
    top, *rows = sheet[sheet.tables[sheet.title].ref]
    wide = {cell.column_letter: sheet.column_dimensions[cell.column_letter].width for cell in top}
    values = [[cell.value for cell in row] for row in rows]
    blank = [cell.value for place, cell in enumerate(top) if any(row[place] is None for row in values)]
    told = " ".join(str(sheet.cell(row, 1).value) for row in range(2, top[0].row))
    return [
        *["header not wrapped, bold and text" for c in top if not (c.alignment.wrap_text and c.font.bold and c.value)],
        *["header twice" for _ in range(len({cell.value for cell in top}) != len(top))],
        *[f"{c.value}: narrower than its header" for c in top if wide[c.column_letter] < len(str(c.value)) + 2],
        *[f"{c.coordinate}: cut" for row in rows for c in row if len(str(c.value)) > wide[c.column_letter]
          and not c.alignment.wrap_text],
        *[f"{c}: empty cells are not explained" for c in blank if any(map(any, values)) and str(c) not in told],
        *["table does not end the sheet" for _ in range(rows[-1][-1].coordinate != sheet.dimensions.split(":")[1])],
        *["does not lead back" for _ in range(sheet.cell(top[0].row - 1, 1).hyperlink is None)],
    ]  # fmt: skip


@pytest.mark.slow
def test_the_standard_workbook_passes_the_checklist():
    edition = editions.edition()
    book = opened(edition)
    assert faults(book) == []
    assert book.sheetnames[4:] == [name for name in contract.tables() if load.resource(name, edition)]
    for name in book.sheetnames[4:]:
        assert book[name].max_row == 5 + max(len(load.table(name, edition)), 1), name


@pytest.mark.whole
def test_small_workbooks_pass_too(two_editions, older, newer):
    made.write_table(older.path("itut_recommendations"), "itut_recommendations", WITH_BLANKS)
    made.write_table(older.path("itut_workshops"), "itut_workshops", [])
    made.package(two_editions)
    book = opened(older)
    assert faults(book) == faults(opened(newer)) == []
    assert book["itut_workshops"]["A3"].value == "The edition gives nothing for this table."
    sheet = book["itut_recommendations"]
    assert [cell.value for cell in sheet["A"][:5]] == [
        "ITU-T Recommendations approved, by study group and year",
        "This sheet has one table of 2 rows, which counts to 2021-11-01. Notes: partial_year.",
        f"Empty cells in study_group_name, number: {workbook.EMPTY.partition(': ')[2]}",
        "Back to the contents",
        "study_group",
    ]
    assert (sheet["B6"].value, sheet["E6"].value, sheet["B7"].value) == ("=1+1", "=HYPERLINK(1)", None)
    assert (sheet["H6"].value, sheet["H7"].value, sheet["K7"].value) == (None, 5, 78)


def sheet(book):
    return book["itut_workshops"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda book: setattr(sheet(book), "freeze_panes", "A2"),
            "frozen, merged or hidden",
        ),
        (lambda book: sheet(book).merge_cells("A1:B1"), "frozen, merged or hidden"),
        (lambda book: sheet(book).tables.clear(), "not one table, named as its sheet"),
        (
            lambda book: setattr(sheet(book)["B6"], "value", None),
            "workshops: empty cells are not explained",
        ),
        (lambda book: setattr(sheet(book)["A5"], "value", "x" * 90), ": narrower than its header"),
        (lambda book: sheet(book).insert_rows(2), "an empty row"),
        (lambda book: setattr(sheet(book)["A6"], "value", "=1"), "a formula"),
        (lambda book: book.remove(book["notes"]), "no cover, contents, notes and dictionary in front"),
        (lambda book: setattr(book.properties, "language", None), "language"),
        (lambda book: sheet(book).append(["below"]), "table does not end the sheet"),
    ],
)
def test_the_checklist_can_fail(older, spoil, said):
    book = opened(older)
    spoil(book)
    assert any(said in fault for fault in faults(book)), faults(book)


@pytest.mark.whole
def test_the_cover_says_what_a_reader_must_know(two_editions, older):
    told = [cell.value for cell in opened(older)["cover"]["A"]]
    assert told[:3] == ["ITU strategic plan and activities report, as tables, January 2020 – June 2022", "Period",
                        "January 2020 – June 2022"]  # fmt: skip
    after = dict(pairwise(told))
    assert after["Source"] == "Our Union, Report older, January 2020 – June 2022."
    assert "open an issue" in after["Report an error"] and "MIT licence" in after["Licence"]
    assert after["Version of the tables"] == "0.3.0" and after["What changed"].startswith("Nothing is noted")
    (older.folder / "changes.yaml").write_text("0.3.0:\n  - Two rows more.\n", "utf-8")
    assert "0.3.0: Two rows more." in [cell.value for cell in opened(older)["cover"]["A"]]


def test_what_changed_stands_for_the_version_of_the_tables():
    edition = editions.edition()
    assert next(iter(edition.rules("changes"))) == edition.about["tables_version"]


def test_contents_lead_to_every_sheet_and_the_dictionary_has_every_column(older):
    book = opened(older)
    rows = list(book["contents"].iter_rows(min_row=6, max_col=3))
    assert [row[0].value for row in rows] == book.sheetnames[2:]
    assert [row[0].hyperlink.location or row[0].hyperlink.target for row in rows] == [
        f"#'{name}'!A1" for name in book.sheetnames[2:]
    ]
    assert [row[2].value for row in rows] == ["not counted", "not counted", 12, 2]
    told = [[cell.value for cell in row[:2]] for row in book["dictionary"].iter_rows(min_row=6)]
    assert told == [[name, column] for name in book.sheetnames[4:] for column in contract.columns(name)]


@pytest.mark.whole
def test_the_same_tables_give_the_same_bytes(older):
    assert content(older) == content(older)
    assert opened(older).properties.modified.date().isoformat() == "2022-06-30"


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(older, monkeypatch, tmp_path):
    resource = pytest.importorskip("resource")
    limits, late = resource.getrlimit(resource.RLIMIT_FSIZE), []
    monkeypatch.setattr("sys.unraisablehook", late.append)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))  # no file may grow, as on a full disk
    try:
        with pytest.raises(OSError, match=r"the workbook cannot be written \(IO_"):
            content(older)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    gc.collect()
    assert late == []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(OSError, match="gone"):
        content(older)
