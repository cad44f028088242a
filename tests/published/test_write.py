"""`data/published`: editions side by side, replaced as a whole, held by the contract."""

from __future__ import annotations

import pytest

from helpers.__main__ import main
from helpers.published import PublishError, publish, write
from helpers.tables import contract, editions, load
from tests.published.test_workbooks import OVERVIEW, PRICES, SEXES


def shares(year, value):
    return [["Percentage of individuals using the Internet, by gender"], [None, year], ["World", value]]


def values(folder):
    return {(row.source, row.year): row.value for row in load.published("series", folder).itertuples()}


@pytest.mark.whole
def test_editions_stand_side_by_side_and_one_published_again_replaces_its_own_rows(book, folder):
    write(publish(book(S=shares(2028, 70)), folder, "2029"), folder)
    write(publish(book(S=shares(2028, 68)), folder, "2030-11"), folder)
    assert values(folder) == {("itu-key-2029", 2028): 70, ("itu-key-2030-11", 2028): 68}
    first = {path.name: path.read_bytes() for path in folder.rglob("published/*")}
    write(publish(book(S=shares(2028, 70)), folder, "2029"), folder)
    assert {path.name: path.read_bytes() for path in folder.rglob("published/*")} == first
    write(publish(book(S=shares(2027, 66)), folder, "2029"), folder)
    assert values(folder) == {("itu-key-2029", 2027): 66, ("itu-key-2030-11", 2028): 68}
    assert load.published("sources", folder)["source"].tolist() == ["itu-key-2029", "itu-key-2030-11"]
    assert load.problems(folder) == []


def test_tables_are_typed_and_empty_before_anything_is_published(kept, book, folder):
    none = load.published("prices", folder)
    assert len(none) == 0 and str(none["year"].dtype) == "Int64" and str(none["value"].dtype) == "Float64"
    with pytest.raises(KeyError, match="no published table 'targets'"):
        load.published("targets", folder)
    prices = kept(publish(book(S=PRICES, Cover=OVERVIEW)), "prices")
    assert prices["value"].tolist() == [2.5, 1] and str(prices["year"].dtype) == "Int64"
    economies = load.published("economies", folder)
    assert str(economies["ldc"].dtype) == "boolean" and economies["name"].isna().tolist() == [False, True]


def test_extracting_the_report_again_keeps_the_published_tables(kept, book, folder, small, capsys):
    kept(publish(book(S=SEXES)), "series")
    assert main(["extract", str(small), "--data", str(folder)]) in (0, 1)
    assert len(load.published("series", folder)) == 16 and load.problems(folder) == []
    assert "## `published/series`" in (folder / "README.md").read_text("utf-8")


def test_an_edit_by_hand_is_told_and_never_overwritten(kept, book, folder, capsys):
    kept(publish(book(S=SEXES)), "series")
    path = folder / "published" / "series.csv"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(",70,percent", ",69,percent"), "utf-8")
    assert main(["check", "--data", str(folder)]) == 1
    assert "published/series: differs from the hash" in capsys.readouterr().err
    path.write_text(whole.replace("place\n", "places\n", 1), "utf-8")
    reading = publish(book(S=SEXES))
    with pytest.raises(PublishError, match="series: wrong columns"):
        write(reading, folder)
    path.write_text(whole, "utf-8")
    (folder / "published" / "more.csv").write_text("a\n", "utf-8")
    assert any("more.csv: is not in datapackage.json" in line for line in load.problems(folder))


def test_rows_that_break_the_contract_are_not_written(book, folder):
    reading = publish(book(S=SEXES))
    reading.tables["series"][0]["sex"] = "X"
    with pytest.raises(PublishError, match=r"series, row 1, column sex: 'X' is none of F, M, _T"):
        write(reading, folder)
    assert not (folder / "published").exists()


def test_a_folder_without_an_edition_is_refused(book, tmp_path):
    with pytest.raises(PublishError, match="has no edition of the report"):
        write(publish(book(S=SEXES)), tmp_path)


def test_a_row_whose_source_is_unknown_is_told(kept, book, folder):
    kept(publish(book(S=SEXES)), "series")
    path = folder / "published" / "sources.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    assert any("'itu-key-2030-05' is not in published/sources" in line for line in load.problems(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda published: published.pop("hash"), "series: has no hash"),
        (lambda published: published.update(path="../series.csv"), "series: its path is not the contract's"),
        (lambda published: published["schema"].pop("primaryKey"), "series: its schema is not the contract's"),
        (lambda published: published.update(table="targets"), "has a resource without an edition and a table"),
    ],
)
def test_a_package_that_loosens_the_rules_is_refused(kept, book, folder, change, said):
    kept(publish(book(S=SEXES)), "series")
    known = [editions.edition(name, folder) for name in editions.names(folder)]
    package = contract.datapackage(known, folder)
    assert contract.deviations(package) == []
    change(next(r for r in package["resources"] if r["name"] == "published/series"))
    assert any(said in line for line in contract.deviations(package))


def test_declarations_may_stand_in_the_data_folder(book, folder):
    (folder / "published").mkdir()
    (folder / "published" / "geographies.yaml").write_text("Moon:\n  kind: region\n  labels: [World]\n", "utf-8")
    rows = publish(book(S=shares(2028, 70)), folder, "2030").tables["series"]
    assert [row["geography"] for row in rows] == ["Moon"]
    (folder / "published" / "geographies.yaml").write_text("Moon: [", "utf-8")
    with pytest.raises(PublishError, match=r"geographies\.yaml: cannot be read"):
        publish(book(S=shares(2028, 70)), folder, "2030")
