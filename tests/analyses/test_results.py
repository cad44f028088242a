"""Resolutions and results: figures of the committed tables by hand, and small tables with every branch."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analyses import results
from helpers.period import Period
from helpers.tables import load

PERIOD = Period((2018, 2019, 2020, 2021), 2021)


def made(table, *rows):
    """Rows of a contract table from dicts, missing elsewhere; lines from 1."""
    empty = load.table(table).iloc[:0]
    lined = [{"section": "Annex 1", "line": line} | row for line, row in enumerate(rows, 1)]
    return pd.DataFrame(lined, columns=empty.columns).astype(empty.dtypes)


def texts(*rows):
    """Resolutions of number, words, status, refers_to."""
    names = ("number", "words", "status", "refers_to")
    common = {"instrument": "Resolution", "adopted": "Here, 2018", "revised": False, "title": "Title"}
    return made("resolutions", *(common | dict(zip(names, row, strict=True)) for row in rows))


def marks(*rows):
    """Enablers of indicator, year, value."""
    names = ("indicator", "year", "value")
    common = {"topic": "enablers", "geography": "World", "sex": "_T", "age": "_T", "qualifier": "exact", "unit": "mark"}
    return made("observations", *(common | dict(zip(names, row, strict=True)) for row in rows))


class TestReferences:
    def test_of_the_report(self, tables):
        refs = results.references(tables["resolutions"], PERIOD)
        assert list(refs.columns) == ["name", "target", "towards", "year"] and len(refs) == 34
        assert refs[refs["name"] == "Res. 154"].values.tolist()[:3] == [
            ["Res. 154", "JIU/REP/2020/6", "Other bodies", pd.NA], ["Res. 154", "C22/53", "Council 2022", 2022],
            ["Res. 154", "C19/12", "Council 2019", 2019],
        ]  # fmt: skip
        assert refs.iloc[-1].tolist() == ["Dec. 5", "C20/9", "Council 2020", 2020]
        assert (refs["towards"] == refs["target"]).sum() == 14 and refs["year"].notna().sum() == 17

    @pytest.mark.parametrize(
        ("document", "last", "year"),
        [("C20/16", 2021, 2020), ("C98/1", 2003, 1998), ("C01/1", 1999, 2001), ("C22/INF/5", 2021, 2022),
         ("C70/1", 2021, 2070), ("C71/1", 2021, 1971)],
    )  # fmt: skip
    def test_the_century_is_that_of_the_edition(self, document, last, year):
        refs = results.references(texts((1, 5, "reported", document)), Period((last - 1, last), None))
        assert refs[["towards", "year"]].values.tolist() == [[f"Council {year}", year]]

    def test_other_documents_are_no_council(self):
        rows = texts((1, 5, "reported", "CWG-1/14;XC20/16;C2/1"), (2, 5, "reported", None))
        refs = results.references(rows, PERIOD)
        assert list(refs["towards"]) == ["Other bodies"] * 3 and list(refs.index) == [0, 1, 2]

    def test_the_parts_of_a_report_may_have_another_name(self):
        refs = results.references(texts((1, 5, "reported", "Chapter 1.2;Part 3;SG 1/2")), PERIOD)
        assert list(refs["towards"]) == ["Chapter 1.2", "Part 3", "Other bodies"]

    def test_grid_sections_first_then_councils_then_others(self):
        rows = texts(
            (2, 5, "reported", "C21/1;C21/2;Section 1.10;GSR"), (1, 5, "reported", "Section 1.9;Section 3;C19/1")
        )
        assert results.lean(rows, PERIOD).values.tolist() == [
            ["Res. 1", "Section 1.9", 1], ["Res. 2", "Section 1.10", 1], ["Res. 1", "Section 3", 1],
            ["Res. 1", "Council 2019", 1], ["Res. 2", "Council 2021", 2], ["Res. 2", "Other bodies", 1],
        ]  # fmt: skip

    def test_leant_on_counts_texts_and_not_references(self, tables):
        counts = results.leant_on(results.lean(tables["resolutions"], PERIOD))
        assert counts.values.tolist()[:4] == [
            ["Council 2020", 6], ["Section 1.7", 4], ["Section 1.5", 3], ["Other bodies", 3]
        ]  # fmt: skip
        assert list(counts.index) == list(range(13))


def test_names_and_statuses(tables):
    assert list(results.names(tables["resolutions"]))[-2:] == ["Res. 213", "Dec. 5"]
    assert results.statuses(tables["resolutions"]).values.tolist() == [
        ["reported", 39, 8210], ["cross-reference only", 9, 88], ["no activity", 2, 77]
    ]  # fmt: skip
    few = texts((1, 5, "no activity", None), (2, 7, "reported", None), (3, 1, "no activity", None))
    assert results.statuses(few).values.tolist() == [["reported", 1, 7], ["no activity", 2, 6]]


def test_objectives(tables):
    rows = results.objectives(tables["objectives"], tables["outcomes"], tables["figures_lost"])
    assert rows.iloc[1].tolist() == [
        "R.2 Radiocommunication standards", "ITU-R", "R.2", "Radiocommunication standards", 7, 3, "Annex 2", 1910
    ]  # fmt: skip
    assert rows["outcomes"].sum() == 64 and rows["lost"].sum() == 37
    assert list(rows.groupby("sector", sort=False)["outcomes"].sum().items()) == [
        ("ITU-R", 15), ("ITU-T", 14), ("ITU-D", 16), ("Inter-sectoral", 19)
    ]  # fmt: skip
    bare = results.objectives(
        tables["objectives"].head(1), tables["outcomes"].iloc[:0], tables["figures_lost"].iloc[:0]
    )
    assert bare[["outcomes", "lost"]].values.tolist() == [[0, 0]]


class TestEnablers:
    def test_of_the_report(self, tables):
        board = results.enablers(tables["observations"]).set_index("indicator")
        assert list(board.columns) == list(range(2014, 2021))
        assert list(board.loc["ipsas_compliance"]) == [1, 1, 1, 1, 0, 0, 0] and board.iloc[1:].eq(1).all(axis=None)
        assert list(board.index)[1:3] == ["procurement_and_travel_services_guidelines", "budget_implementation"]

    def test_years_that_are_not_reported_are_missing(self):
        board = results.enablers(marks(("b", 2020, 0), ("a", 2019, 1), ("a", 2019, 0), ("a", None, 0)))
        assert list(board.columns) == ["indicator", 2019, 2020] and board.columns.name is None
        assert board.fillna(-1).values.tolist() == [["b", -1, 0], ["a", 1, -1]]


def test_lost_by_section(tables):
    assert results.lost_by_section(tables["figures_lost"]).values.tolist() == [
        ["1.6", 1], ["2.4", 1], ["3", 6], ["3.1", 17], ["Annex 1", 1], ["Annex 2", 42]
    ]  # fmt: skip


def test_empty_tables_have_all_columns(tables):
    none = {name: table.iloc[:0] for name, table in tables.items()}
    grid = results.lean(none["resolutions"], PERIOD)
    frames = [
        (grid, ["name", "towards", "references"]),
        (results.leant_on(grid), ["towards", "resolutions"]),
        (results.statuses(none["resolutions"]), ["status", "texts", "words"]),
        (results.enablers(none["observations"]), ["indicator"]),
        (results.lost_by_section(none["figures_lost"]), ["section", "lost"]),
    ]
    assert all(len(frame) == 0 and list(frame.columns) == columns for frame, columns in frames)
    rows = results.objectives(none["objectives"], none["outcomes"], none["figures_lost"])
    assert rows.empty and list(rows.columns)[-4:] == ["outcomes", "lost", "section", "line"]
