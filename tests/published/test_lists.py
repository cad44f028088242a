"""Lists made here: M49, single figures, the catalogue as a list and as a folder of YAML files."""

from __future__ import annotations

import csv

import pytest

from helpers.__main__ import main
from helpers.published import PublishError, publish
from tests.published.conftest import read

M49_HEAD = (
    "Region Name;Country or Area;M49 Code;ISO-alpha3 Code;Least Developed Countries (LDC);"
    "Land Locked Developing Countries (LLDC);Small Island Developing States (SIDS)\n"
)
SINGLE_HEAD = "target_id,indicator,geography,year,value,unit,publication,where,url,how_obtained,confidence\n"
CATALOGUE_HEAD = "docid,document_type,approved,approved_basis,study_group_today,edition,status,title\n"
DAY = "day in the catalogue"


@pytest.fixture
def own_limit():
    """Python's own limit of a field, which importing frictionless raises for everybody."""
    raised = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(raised)


@pytest.fixture
def text(tmp_path):
    def make(content):
        path = tmp_path / "list"
        path.write_text(content, "utf-8")
        return path

    return make


def test_countries_and_their_marks(text):
    lines = "Africa;Aland;001;AAA;x;x;\nAsia;Sark;680;;;;x\nAsia;Bad;1;BBB;;;\nAsia;Worse;003;CCC;yes;;\n"
    tables, unplaced = read(text("\ufeff" + M49_HEAD + lines))
    rows = [
        tuple(row[column] for column in ("iso3", "m49", "name", "region", "ldc", "lldc", "sids", "place"))
        for row in tables["economies"]
    ]
    assert rows == [
        ("AAA", "001", "Aland", "Africa", True, True, False, "row 2"),
        ("", "680", "Sark", "Asia", False, False, True, "row 3"),
    ]
    assert unplaced == ["row 4: no code and marks in 'Bad'", "row 5: no code and marks in 'Worse'"]
    assert tables["sources"][0]["source"] == "unsd-m49-2030-05"


def test_single_figures(text):
    known = '"Facts and Figures 2023, ITU",page 3'
    lines = (
        f"1.2,Individuals using the Internet,World,2023,67,percent,{known},https://itu.int/a,x,medium: seen\n"
        f"2.1,rural households with Internet at home,LDC,2020-2022,39,percent,{known},same,x,medium: seen\n"
        f"2.6,economies meeting 2% (mobile data-only),World,2023,114,of 188 economies,{known},same,x,low\n"
        f"1.2,Individuals using the Internet,World,2023,65.4,percent,{known},https://itu.int/b,x,high\n"
        f"9.9,Dogs,World,2023,1,dogs,{known},same,x,medium\n"
        f"9.9,Individuals using the Internet,Moon,2023,1,percent,{known},same,x,medium\n"
        f"9.9,Individuals using the Internet,World,soon,1,percent,{known},same,x,medium\n"
        f"9.9,Individuals using the Internet,World,2023,many,percent,{known},same,x,medium\n"
        "9.9,Individuals using the Internet,World,2023,1,percent,Unknown,x,same,x,medium\n"
    )
    reading = publish(text(SINGLE_HEAD + lines))
    columns = (
        "indicator",
        "geography",
        "location",
        "year",
        "value",
        "unit",
        "economies",
        "confidence",
        "note",
        "place",
    )
    assert [tuple(row[column] for column in columns) for row in reading.tables["single_figures"]] == [
        (
            "individuals_using_internet",
            "World",
            "_T",
            "2023",
            "67",
            "percent",
            "",
            "medium",
            "seen",
            "page 3, https://itu.int/a",
        ),
        (
            "households_with_internet",
            "LDCs",
            "R",
            "2022",
            "39",
            "percent",
            "",
            "medium",
            "seen; of 2020-2022",
            "page 3, https://itu.int/a",
        ),
        (
            "economies_within_mobile_price_target",
            "World",
            "_T",
            "2023",
            "114",
            "economies",
            "188",
            "low",
            "",
            "page 3, https://itu.int/a",
        ),
    ]
    assert [source["source"] for source in reading.tables["sources"]] == ["ff2023"]
    assert reading.left_out == ["figures that the workbooks themselves give (1)"]
    assert reading.unplaced == [
        "row 6: 'Dogs' in 'World' is not declared",
        "row 7: 'Individuals using the Internet' in 'Moon' is not declared",
        "row 8: no year or number in 'soon', '1'",
        "row 9: no year or number in '2023', 'many'",
        "row 10: the publication 'Unknown' is not declared",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,age\nx,1\n", "no known list"),
        ("", "no known list"),
        (CATALOGUE_HEAD + "ITU-T A.1 (01/2020),recommendation\n", "row 2: has more or fewer fields"),
        (CATALOGUE_HEAD + "a,b,c,d,e,f,g,h,i\n", "row 2: has more or fewer fields"),
        (CATALOGUE_HEAD + "x" * 200_000 + "\n", "is no list"),
    ],
)
@pytest.mark.usefixtures("own_limit")
def test_another_list_is_refused(text, content, said):
    with pytest.raises(PublishError, match=said):
        publish(text(content), None, "2030")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "list").write_bytes(b"\xff\xfe\x00d")
    with pytest.raises(PublishError, match="cannot be read"):
        publish(tmp_path / "list", None, "2030")


# docid, kind, day, group, edition, status, title: as catalogued
TEXTS = [
    ("ITU-T G.1/Y.1 (10/2012)", "recommendation", "2012-10-29", "SG15", "3", "Published", "A fibre"),
    ("ITU-T G.1 (11/1988)", "recommendation", "1988-11-25", "SG15", "1", "Withdrawal", "A wire"),
    ("ITU-T Q.7 (11/1988)", "recommendation", "1988-11-25", "SG11", "1", "Withdrawal", "Nothing since"),
    ("ITU-T G.1 (1988) Amd. 1 (11/1990)", "amendment", "1990-11-25", "SG15", "1.1", "Withdrawal", "Old change"),
    ("ITU-T G.1/Y.1 (2012) Amd. 2 (01/2014)", "amendment", "2014-01-31", "SG15", "3.2", "Published", "New change"),
    ("ITU-T X.9 (2009) Technical Cor. 3 (02/2011)", "corrigendum", "2011-02-01", "SG17", "2.3", "Published", ""),
    ("ITU-T X.9 (09/2009)", "recommendation", "2009-09-09", "SG17", "2", "Withdrawal", "Of a corrigendum since"),
    ("ITU-T H.2 (V8) (2021) Amd. 1 Cor. 2 (12/2022)", "corrigendum", "2022-12-01", "SG21", "8.2", "Published", ""),
    ("ITU-T H.2 (V7) (08/2009)", "recommendation", "2009-08-01", "SG21", "7", "Withdrawal", "Version seven"),
    ("ITU-T Q.4 (2025) Err. 1 (07/2025)", "recommendation", "2025-07-21", "SG11", "1.0", "Published", ""),
    (
        "ITU-T D.6 R (07/2021)",
        "recommendation",
        "2021-07-01",
        "Telecommunication Standardization Advisory Group",
        "1",
        "Published",
        "A group's own",
    ),
    ("ITU-R M.2-0", "recommendation", "1994-03", "", "", "", "A radio"),
    ("ITU-R M.5/BL/10:", "recommendation", "1995-05", "", "", "", "A draft"),
]
ROWS = [  # designation, document type, number, of edition
    ("M.2-0", "recommendation", "", ""),
    ("D.6 R", "recommendation", "", ""),
    ("G.1", "recommendation", "", ""),
    ("G.1/Y.1", "recommendation", "", ""),
    ("G.1/Y.1", "amendment", "2", "2012"),
    ("H.2 (V7)", "recommendation", "", ""),
    ("H.2 (V8)", "corrigendum", "2", "2021 Amd. 1"),
    ("Q.4", "erratum", "1", "2025"),
    ("X.9", "recommendation", "", ""),
    ("X.9", "corrigendum", "3", "2009"),
]


def csv_line(entry):
    docid, kind, day, group, edition, status, title = entry
    basis = DAY if len(day) == 10 else "publication month"
    return ",".join((docid, kind, day, basis, group, edition, status, f'"{title}"')) + "\n"


def relaton(entry):
    """A text as the Relaton project writes it, with what the reader does not need."""
    docid, kind, day, group, edition, status, title = entry
    kind = kind if kind == "recommendation" else f"recommendation-{kind}"
    who = group.replace("SG", "ITU-T Study Group ")
    parts = [f"docidentifier:\n- content: '{docid}'\n  type: ITU\n  primary: true\n- content: ISO 1\n  type: ISO"]
    parts += [f"date:\n- type: published\n  at: '{day}'", f"ext:\n  doctype:\n    content: {kind}\n  flavor: itu"]
    parts += ["contributor:\n- role:\n  - type: publisher\n  organization:\n    name:\n    - content: ITU"]
    parts += [
        f"- role:\n  - type: author\n  organization:\n    subdivision:\n    - name:\n      - content: {who}"
    ] * bool(group)
    parts += [f"title:\n- language: en\n  content: {title!r}\n  type: main"] * bool(title)
    parts += [f"edition:\n  content: '{edition}'\nstatus:\n  stage:\n    content: {status}"] * bool(edition)
    return "---\n" + "\n".join(parts) + "\nrelation:\n- type: hasEdition\n  bibitem:\n    title: []\n"


@pytest.fixture
def yaml_folder(tmp_path):
    folder = tmp_path / "relaton" / "data"
    folder.mkdir(parents=True)
    for number, entry in enumerate(TEXTS):
        (folder / f"{number}.yaml").write_text(relaton(entry), "utf-8")
    return folder


def test_a_list_and_a_folder_give_the_same_rows(text, yaml_folder):
    listed = publish(text(CATALOGUE_HEAD + "".join(map(csv_line, TEXTS))), None, "2030-05-07")
    folder = publish(yaml_folder.parent, None, "2030-05-07")
    assert listed.tables == folder.tables and listed.left_out == folder.left_out
    columns = ("designation", "document_type", "number", "of_edition")
    assert [tuple(row[column] for column in columns) for row in listed.tables["approvals"]] == ROWS
    assert listed.tables["approvals"][4] == {
        "designation": "G.1/Y.1",
        "document_type": "amendment",
        "number": "2",
        "of_edition": "2012",
        "approved": "2014-01-31",
        "approved_basis": DAY,
        "edition": "3.2",
        "status": "Published",
        "study_group_today": "SG15",
        "title": "New change",
        "source": "relaton-itu-2030-05",
        "docid": "ITU-T G.1/Y.1 (2012) Amd. 2 (01/2014)",
    }
    assert listed.tables["approvals"][1]["study_group_today"] == "TSAG"
    assert sorted(listed.left_out) == [
        "approved before 2010, of no Recommendation since (2)",
        "the number of a document of an approval procedure, not of a Recommendation (1)",
    ]
    assert listed.unplaced == folder.unplaced == []


def test_annexes_supplements_and_reports_of_a_folder(yaml_folder):
    more = [
        ("ITU-T Z.1 Annex F1 (11/2018)", "annex", "2018-11-13", "SG17", "1", "Published", "Part"),
        ("ITU-T Y Suppl. 6 (2020) Err. 1 (03/2021)", "supplement", "2021-03-01", "SG13", "1.0", "Published", ""),
        ("ITU-T G.722 (1988) App. IV (07/2011)", "recommendation", "2011-07-01", "SG12", "1", "Published", ""),
    ]
    for number, entry in enumerate(more):
        (yaml_folder / f"more{number}.yaml").write_text(relaton(entry), "utf-8")
    report = relaton(("ITU-R BT.9-1", "recommendation", "2012-07", "", "", "", "x")).replace(
        "content: recommendation\n", "content: technical-report\n"
    )
    (yaml_folder / "report.yaml").write_text(report, "utf-8")
    reading = publish(yaml_folder, None, "2030")
    rows = {row["docid"]: row for row in reading.tables["approvals"]}
    columns = ("designation", "document_type", "number", "of_edition")
    assert [tuple(rows[entry[0]][column] for column in columns) for entry in more] == [
        ("Z.1", "annex", "F1", ""),
        ("Y Suppl. 6", "erratum", "1", "2020"),
        ("G.722", "appendix", "IV", "1988"),
    ]
    assert "Reports are no Recommendations (1)" in reading.left_out and "ITU-R BT.9-1" not in rows


def test_an_itu_r_month_is_that_of_the_address_where_it_has_one(yaml_folder):
    entry = relaton(("ITU-R M.3-1", "recommendation", "2015-06", "", "", "", "x"))
    link = "source:\n- type: pdf\n  content: https://www.itu.int/R-REC-M.3-1-201412-I!!PDF-E.pdf\n"
    (yaml_folder / "radio.yaml").write_text(entry + link, "utf-8")
    rows = {row["docid"]: row for row in publish(yaml_folder, None, "2030").tables["approvals"]}
    assert [rows["ITU-R M.3-1"][part] for part in ("approved", "approved_basis")] == ["2014-12", "month in the link"]
    assert [rows["ITU-R M.2-0"][part] for part in ("approved", "approved_basis")] == ["1994-03", "publication month"]


def test_what_is_wrong_in_a_catalogue_is_listed(text, yaml_folder):
    wrong = [
        ("ITU-T G.1/Y.1 (10/2012)", "recommendation", "2012-10-29", "SG15", "3", "Published", "twice"),
        ("ITU-T G.8", "recommendation", "2012-10-29", "SG15", "3", "Published", "no date in its name"),
        ("ITU-R M.8-1", "recommendation", "lately", "", "", "", "no month"),
        ("ISO 8", "recommendation", "2012-10-29", "", "", "", "another's"),
    ]
    listed = publish(text(CATALOGUE_HEAD + "".join(map(csv_line, [*TEXTS, *wrong]))), None, "2030")
    form = "the identifier or the date has no known form"
    assert listed.unplaced == [
        "'ITU-T G.1/Y.1 (10/2012)': stands twice",
        f"'ITU-T G.8': {form}",
        f"'ITU-R M.8-1': {form}",
        f"'ISO 8': {form}",
    ]
    (yaml_folder / "a.yaml").write_text("docidentifier: [", "utf-8")
    (yaml_folder / "b.yaml").write_text("docidentifier:\n- content: ITU-T A.1 (01/2020)\n", "utf-8")
    (yaml_folder / "c.yaml").write_text("- no text at all\n", "utf-8")
    reading = publish(yaml_folder, None, "2030")
    assert [line.partition(" (")[0] for line in reading.unplaced] == [
        "a.yaml: no text can be read",
        "b.yaml: no text can be read",
    ]
    assert len(reading.tables["approvals"]) == len(ROWS)


def test_a_folder_of_something_else_is_refused(tmp_path, capsys):
    (tmp_path / "a.yaml").write_text("a: 1\n", "utf-8")
    with pytest.raises(PublishError, match="has no Relaton files"):
        publish(tmp_path, None, "2030")
    assert main(["publish", str(tmp_path), "--source-date", "2030"]) == 2
