"""Loading: types, every broken rule told once, the package valid."""

from __future__ import annotations

import json
import shutil

import pytest

from helpers.__main__ import main
from helpers.tables import contract, editions, load
from helpers.tables.editions import DataError

EDITION = editions.names()[-1]


@pytest.fixture
def copy(tmp_path):
    """The project's edition in a data folder of its own, without the published figures."""
    folder = tmp_path / "data"
    shutil.copytree(editions.DATA / "editions", folder / "editions")
    package = contract.datapackage([editions.edition("", folder)], folder)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return folder


def edit(folder, table, change):
    path = path_of(table, folder)
    path.write_bytes(change(path.read_bytes()))


def path_of(table, folder):
    return editions.edition(EDITION, folder).path(table)


def test_committed_tables_keep_the_contract(capsys):
    assert load.problems() == []
    assert main(["check"]) == 0
    assert f"all {len(load.package()['resources'])} tables" in capsys.readouterr().out


@pytest.mark.slow
def test_the_package_is_valid_for_frictionless():
    from frictionless import validate

    report = validate(str(editions.DATA / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_types(tables):
    itut = tables["itut_recommendations"]
    assert str(itut["year"].dtype) == "Int64" and str(itut["designation"].dtype) == "string"
    assert str(tables["observations"]["value"].dtype) == "Float64"
    assert str(tables["itur_recommendations"]["repaired"].dtype) == "boolean"
    assert tables["printed_totals"]["printed_total"].isna().sum() == 1


def test_every_column_is_declared_with_type_and_description():
    for resource in load.package()["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        if "edition" in resource:
            assert names == list(contract.columns(resource["table"])) and names[-2:] == ["section", "line"]
        else:
            assert names == list(contract.published()[resource["table"]]["columns"]) and "source" in names
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])
        assert "primaryKey" in resource["schema"] or resource["keyReason"]


def test_dictionary_is_up_to_date():
    assert (editions.DATA / "README.md").read_text("utf-8") == contract.dictionary(load.package())


HEAD = b"year,workshops,virtual_only,section,line\n"
BROKEN = {
    "missing column": ("itut_workshops", lambda b: b.replace(b",virtual_only", b"", 1), "missing virtual_only"),
    "wrong type": (
        "itut_workshops",
        lambda b: b.replace(b",53,", b",many,"),
        "row 1, column workshops: 'many' is not a whole number",
    ),
    "negative": ("itut_workshops", lambda b: b.replace(b",56,", b",-56,"), "row 2, column workshops: '-56' is below 0"),
    "year 2107": (
        "itut_workshops",
        lambda b: b.replace(b"2019,", b"2107,"),
        "row 2, column year: '2107' is above 2099",
    ),
    "repeated key": ("itut_workshops", lambda b: b.replace(b"2019,", b"2018,"), "row 2: repeats the key year=2018"),
    "NaN": ("itut_workshops", lambda b: b.replace(b",53,", b",NaN,"), "'NaN' is not a whole number"),
    "empty required": (
        "itut_workshops",
        lambda b: b.replace(b",53,", b",,"),
        "row 1, column workshops: empty is required",
    ),
    "unknown group": (
        "itut_recommendations",
        lambda b: b.replace(b"\nSG2,", b"\nGS2,", 1),
        "row 1, column study_group: 'GS2' does not match",
    ),
    "unknown study group": (
        "itut_recommendations",
        lambda b: b.replace(b"\nSG2,", b"\nSG99,", 1),
        "row 1, column study_group: 'SG99' does not match",
    ),
    "other digits": ("itut_workshops", lambda b: b.replace(b",53,", ",٥٣,".encode()), "'٥٣' is not a whole number"),
    "too large": ("itut_workshops", lambda b: b.replace(b",53,", b",99999999999999999999,"), "is not a whole number"),
    "infinite": ("observations", lambda b: b.replace(b",4.9,", b",1e400,", 1), "'1e400' is not a number"),
    "control character": (
        "focus_groups",
        lambda b: b.replace(b"Focus Group", b"Focus\x07Group", 1),
        "holds a control character",
    ),
    "unknown type": (
        "itut_recommendations",
        lambda b: b.replace(b",amendment,", b",change,", 1),
        "'change' is none of recommendation",
    ),
    "boolean": ("itur_recommendations", lambda b: b.replace(b",false,", b",no,", 1), "'no' is not true or false"),
    "foreign key": (
        "outcomes",
        lambda b: b.replace(b"R.1,R.1-a", b"R.9,R.1-a"),
        "row 1, column objective_id: 'R.9' is not in ",
    ),
    "byte-order mark": ("itut_workshops", lambda b: b"\xef\xbb\xbf" + b, "byte-order mark"),
    "CRLF": ("itut_workshops", lambda b: b.replace(b"\n", b"\r\n"), "Windows line ends"),
    "Latin-1": ("resolutions", lambda b: b.replace("’".encode(), b"\x92", 1), "not UTF-8"),
    "empty file": ("itut_workshops", lambda b: b"", "the file is empty"),
    "ragged row": ("itut_workshops", lambda b: b.replace(b"2018,53", b"2018,53,1,2,3,4", 1), "not a table"),
    "other content": ("itut_workshops", lambda b: b.replace(b",53,", b",54,"), "differs from the hash"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_gives_one_clear_line(copy, fault, capsys):
    table, change, said = BROKEN[fault]
    edit(copy, table, change)
    broken = load.problems(copy)
    assert len(broken) == 1 and broken[0].startswith(f"{EDITION}/{table}") and said in broken[0], broken
    assert main(["check", "--data", str(copy)]) == 1
    assert said in capsys.readouterr().err
    if fault != "foreign key":
        with pytest.raises(DataError):
            load.table(table, editions.edition(EDITION, copy))


def first_row(content, change):
    """A table's bytes with its first row changed."""
    head, row, *rest = content.split(b"\n")
    return b"\n".join([head, change(row), *rest])


# Faults that any table can have; each row ends in its section and its line.
ANYWHERE = {
    "missing column": (lambda b: b.replace(b",line\n", b"\n", 1), "missing line"),
    "wrong type": (lambda b: first_row(b, lambda r: r.rpartition(b",")[0] + b",many"), "is not a whole number"),
    "out of range": (lambda b: first_row(b, lambda r: r.rpartition(b",")[0] + b",0"), "is below 1"),
    "negative": (lambda b: first_row(b, lambda r: r.rpartition(b",")[0] + b",-7"), "is below 1"),
    "empty required": (lambda b: first_row(b, lambda r: r.rpartition(b",")[0] + b","), "empty is required"),
    "NaN": (lambda b: first_row(b, lambda r: r.rpartition(b",")[0] + b",NaN"), "is not a whole number"),
    "repeated row": (lambda b: first_row(b, lambda r: r + b"\n" + r), "repeats the key"),
    "ragged row": (lambda b: first_row(b, lambda r: r + b",1,2,3"), "not a table"),
    "byte-order mark": (lambda b: b"\xef\xbb\xbf" + b, "byte-order mark"),
    "CRLF": (lambda b: b.replace(b"\n", b"\r\n"), "Windows line ends"),
    "Latin-1": (lambda b: first_row(b, lambda r: b"\xe9" + r), "not UTF-8"),
    "empty file": (lambda b: b"", "the file is empty"),
    "other content": (lambda b: first_row(b, lambda r: r + b"9"), "differs from the hash"),
}


FILLED = [name for name in contract.tables() if editions.edition(EDITION).path(name).read_bytes().count(b"\n") > 1]


@pytest.mark.whole
@pytest.mark.parametrize("table", FILLED)
def test_each_table_refuses_each_fault_in_one_line(copy, table):
    path = path_of(table, copy)
    whole = path.read_bytes()
    for fault, (change, said) in ANYWHERE.items():
        if fault == "repeated row" and "key" not in contract.declaration()["tables"][table]:
            said = "differs from the hash"  # rows may be alike
        path.write_bytes(change(whole))
        with pytest.raises(DataError) as raised:
            load.table(table, editions.edition(EDITION, copy))
        (line,) = raised.value.problems
        assert line.startswith(f"{EDITION}/{table}") and said in line, (fault, line)


def test_all_faults_are_listed_at_once(copy):
    edit(copy, "itut_workshops", BROKEN["negative"][1])
    edit(copy, "focus_groups", lambda b: b"")
    path_of("targets", copy).unlink()
    assert {problem.split(",")[0].split(":")[0] for problem in load.problems(copy)} == {
        f"{EDITION}/{table}" for table in ("itut_workshops", "focus_groups", "targets")
    }


def test_missing_or_broken_package(tmp_path, copy):
    assert "not found" in load.problems(tmp_path)[0]
    (copy / "datapackage.json").write_text("{", "utf-8")
    assert "not JSON" in load.problems(copy)[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: [], "is no data package"),
        (lambda p: None, "is no data package"),
        (lambda p: p | {"resources": [1]}, "has a resource without an edition and a table"),
        (
            lambda p: p | {"resources": p["resources"][:1] * 2},
            "has a resource without an edition and a table, or one twice",
        ),
        (lambda p: p | {"resources": [{"edition": "../x", "table": "targets"}]}, "has a resource without an edition"),
        (lambda p: p | {"resources": [{"edition": "x", "table": "poems"}]}, "has an unknown table 'poems'"),
        (lambda p: p | {"version": "1'><img src=x>"}, "has no version number"),
        (lambda p: p | {"caveats": {}}, "its caveats are not the contract's"),
    ],
)
def test_a_package_that_is_not_the_contracts_is_refused(copy, change, said, capsys):
    path = copy / "datapackage.json"
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")
    assert any(said in problem for problem in load.problems(copy))
    assert main(["check", "--data", str(copy)]) == 1 and said in capsys.readouterr().err
    with pytest.raises(DataError, match="restore it or extract again"):
        load.table("targets", editions.edition(EDITION, copy))


def test_a_table_that_the_package_does_not_describe_is_a_stranger(copy):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    first, *others = package["resources"]
    path.write_text(json.dumps(package | {"resources": others}), "utf-8")
    said = f"{copy / first['path']}: is not in datapackage.json; extract again, or remove it"
    assert load.problems(copy) == [said]
    assert list(load.table(first["table"], editions.edition(EDITION, copy))) == list(contract.columns(first["table"]))


def test_an_edition_without_its_folder_is_told(copy):
    (copy / "editions" / EDITION / "edition.yaml").unlink()
    said = f"{copy / 'editions' / EDITION}: has no edition.yaml, but tables in datapackage.json"
    assert load.problems(copy) == [said]


def test_a_table_with_a_head_only_is_empty_and_typed(other):
    table = load.table("focus_groups", editions.edition("", other))
    assert table.empty and [str(kind) for kind in table.dtypes] == ["string"] * 5 + ["Int64"]
    assert load.every(editions.edition("", other)).keys() == set(contract.tables())


@pytest.mark.parametrize("part", ["path", "schema", "caveats", "hash"])
def test_a_resource_cannot_loosen_its_rules_or_read_elsewhere(copy, part):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"][4][part] = "../../secret.csv" if part == "path" else {}
    path.write_text(json.dumps(package), "utf-8")
    said = "has no hash" if part == "hash" else f"its {part} is not the contract's"
    assert load.problems(copy) == [f"{path}: printed_totals: {said}; restore it or extract again"]


def test_a_package_too_deep_or_a_folder_in_its_place(copy):
    path = copy / "datapackage.json"
    path.write_text("[" * 100_000, "utf-8")
    assert "not JSON" in load.problems(copy)[0]
    path.unlink()
    path.mkdir()
    assert "cannot be read" in load.problems(copy)[0]


def test_unknown_table_names_the_known_ones():
    with pytest.raises(KeyError, match="itut_workshops"):
        load.table("workshops")


def test_a_table_that_its_reader_changes_is_read_again_as_it_is():
    read = load.table("targets")
    read["value"] = 0
    del read["unit"]
    assert (load.table("targets")["value"] > 0).any() and "unit" in load.table("targets")


def test_caveats():
    assert load.caveats("printed_totals") == {"printed_total_missing": "The report prints no total for this row."}
    assert load.caveats("targets") == {}


@pytest.mark.slow
def test_a_million_rows_give_one_line(copy):
    path = path_of("itut_workshops", copy)
    path.write_text("year,workshops,virtual_only,section,line\n" + "2018,1,0,1,1\n" * 1_000_000, "utf-8")
    assert load.problems(copy) == [f"{EDITION}/itut_workshops, row 2: repeats the key year=2018"]
