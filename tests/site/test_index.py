"""The folder of pages: notes, failures, the index over all editions, the bundle of a year."""

from __future__ import annotations

import csv
import html
from zipfile import ZipFile

import pytest
from lxml import html as lxml_html

from helpers.site import keys
from helpers.site.execute import Result
from helpers.site.index import Site
from helpers.site.jobs import plan
from helpers.tables import editions
from helpers.tables.editions import DataError
from tests.site import made


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "out")


def page(job, links=""):
    return f"<!doctype html>\n<head>\n<!-- job -->\n</head><body>{job.label} {links}</body></html>"


def store(site, edition, year="2021", notebook="1", error="", links="", **parameters):
    """A page as if made; its job."""
    (job,) = plan([year], [notebook], parameters, edition)
    result = Result(job, 1, f"Said of {job.label}.", error)
    assert site.store(result, page(job, links), "k").error == error
    return job


def cells(site):
    """Cells of the index by edition and notebook: how many columns wide, and the lines of each.

    A line is (labels, links, words) of a page, of pages that say the same, or of a selection.
    """
    rows = lxml_html.fromstring(site.index.read_text("utf-8")).xpath("//table[@class='grid']/tbody/tr")
    return {
        tuple(row.get("id").split("-", 1)): [
            (
                int(cell.get("colspan", 1)),
                [
                    (
                        ", ".join(said.text_content() for said in line.iter("strong")),
                        line.xpath(".//a/@href"),
                        " ".join(line.text_content().split()),
                    )
                    for line in cell.iter("p", "li")
                ],
            )
            for cell in row.iter("td")
        ]
        for row in rows
    }


def listed(site):
    """Lines of the index by edition and notebook."""
    return {row: [line for _, lines in row_cells for line in lines] for row, row_cells in cells(site).items()}


def test_a_page_says_what_it_is(site, older):
    job = store(site, older, study_groups=["SG2"])
    notes = site.notes(job.name)
    assert len(notes.pop("hash")) == 64
    assert notes == {
        "files": "",
        "key": "k",
        "headline": "Said of 2021, SG2.",
        "error": "",
        "label": "2021, SG2",
        "partial": "partial: counts close on 1 November 2021",
        "span": "January 2020 – June 2022",
        "until": "2022-06",
        "cited": "Our Union, Report older, January 2020 – June 2022",
        "years": "2020 2021 all",
    }
    assert site.holds(job.name, "k") and not site.holds(job.name, "other") and site.notes("none") == {}


@pytest.mark.whole
def test_hostile_words_in_the_notes_stay_notes(site, older):
    said = '"><script>alert(1)</script>'
    job = store(site, older, error=said, study_groups=[said])
    text = (site.out / f"{job.name}.html").read_text("utf-8")
    assert "<script" not in text.split("<body>")[0] and site.notes(job.name)["error"] == said
    site.refresh([older], {})
    assert "<script>alert" not in site.index.read_text("utf-8")


@pytest.mark.whole
def test_a_failure_stands_beside_a_whole_page_until_a_run_succeeds(site, older):
    job = store(site, older)
    whole = (site.out / f"{job.name}.html").read_bytes()
    store(site, older, error="ValueError: x")
    assert (site.out / f"{job.name}.html").read_bytes() == whole and not site.holds(job.name, "k")
    site.refresh([older], {})
    line = listed(site)["older", "1_standards_throughput"][1]
    assert line[:2] == ("2021", [f"{job.name}.html", f"{job.name}.failed.html"])
    assert line[2].endswith("The last run failed, this page is of the one before: ValueError: x")
    store(site, older)
    assert site.holds(job.name, "k") and not list(site.out.rglob("*.failed.html"))


@pytest.mark.whole
def test_a_page_that_only_failed_is_its_own_error_page(site, older):
    job = store(site, older, error="ValueError: x", study_groups=["SG2"])
    site.refresh([older], {})
    assert listed(site)["older", "1_standards_throughput"][1] == (
        "2021, SG2",
        [f"{job.name}.html"],
        "2021, SG2 failed: ValueError: x",
    )


@pytest.mark.whole
def test_the_index_lists_selections_under_their_notebook_and_year(site, older):
    standard, chosen = store(site, older), store(site, older, study_groups=["SG2", "SG15"])
    whole = store(site, older, "all", study_groups=["SG2"])
    site.refresh([older], {})
    partial = "partial: counts close on 1 November 2021"

    def made(job, label):
        return label, [f"{job.name}.html"], f"{label} Said of {job.label}. {partial}"

    assert cells(site)["older", "1_standards_throughput"] == [
        (1, [("2020", [], "2020 not made yet")]),
        (1, [made(standard, "2021"), made(chosen, "2021, SG2 and SG15")]),
        (1, [("Whole period", [], "Whole period not made yet"), made(whole, "Whole period, SG2")]),
    ]
    assert cells(site)["older", "0_overview"] == [
        (3, [("2020, 2021, Whole period", [], "2020, 2021, Whole period not made yet")])
    ]


@pytest.mark.whole
def test_neighbours_that_say_the_same_share_a_cell_and_a_failure_has_its_own(site, older, monkeypatch):
    def say(headline, *years, error=""):
        for year in years:
            (job,) = plan([year], ["0"], {}, older)
            site.store(Result(job, 1, headline, error), page(job), "k")
        site.refresh([older], {})
        row = cells(site)["older", "0_overview"]
        return [(width, lines[0][0], lines[0][2].rpartition(" ")[2]) for width, lines in row]

    monkeypatch.setattr(keys, "partial", lambda job: "")
    assert say("Same.", "2020", "2021", "all") == [(3, "2020, 2021, Whole period", "Same.")]
    assert say("Other.", "2021") == [(1, "2020", "Same."), (1, "2021", "Other."), (1, "Whole period", "Same.")]
    assert say("Other.", "all") == [(1, "2020", "Same."), (2, "2021, Whole period", "Other.")]
    broken = (1, "Whole period", "Broken")
    assert say("", "all", error="Broken") == [(1, "2020", "Same."), (1, "2021", "Other."), broken]
    monkeypatch.setattr(keys, "partial", lambda job: "partial" if job.year == 2021 else "")
    assert say("Same.", "2021") == [(1, "2020", "Same."), (1, "2021", "partial"), broken]


@pytest.mark.whole
def test_pages_of_several_years_stand_in_a_column_of_their_own(site, older):
    job = store(site, older)
    name = "older/2020,2021/1_standards_throughput"
    site.write(name, page(job), site.notes(job.name) | {"label": "2020 and 2021"})
    site.refresh([older], {})
    head = lxml_html.fromstring(site.index.read_text("utf-8")).xpath("//table[@class='grid']/thead/tr/th/text()")
    assert head == ["Question", "2020", "2021", "Whole period", "Years side by side"]
    assert [len(row) for row in cells(site).values()] == [2, 4], "the other notebook's is empty"
    (line,) = cells(site)["older", "1_standards_throughput"][-1][1]
    assert line[:2] == ("2020 and 2021", [f"{name}.html"])


@pytest.mark.whole
def test_several_years_are_a_selection_after_the_years(site, tmp_path):
    made.edition(tmp_path / "data", "third", [2023, 2024, 2025], "2025-12", {"SG2": 1})
    third = editions.edition("third", tmp_path / "data")
    for year in ("2023", "2025", "2023,2025"):
        store(site, third, year)
    store(site, third, "2025,2023", study_groups=["SG2"])
    site.refresh([third], {})
    page = "1_standards_throughput"
    lines = listed(site)["third", page]
    assert [line[:2] for line in lines[-2:]] == [
        ("2023 and 2025", [f"third/2023,2025/{page}.html"]),
        ("2023 and 2025, SG2", [f"third/2023,2025/{page}--study_groups-SG2.html"]),
    ]
    assert [line[0] for line in lines[:-2]] == ["2023", "2024", "2025", "Whole period"]
    for year, other in (("2023", "2025"), ("2025", "2023")):
        site.bundle(third, year, site.out / "x.zip")
        names = {name.partition("/")[2] for name in ZipFile(site.out / "x.zip").namelist()}
        assert {f"third/selections/2023,2025/{page}.html", f"third/{year}/{page}.html"} <= names
        assert f"third/{other}/{page}.html" not in names


@pytest.mark.whole
def test_two_editions_stand_side_by_side_newest_first(site, older, newer):
    store(site, older)
    site.refresh([older], {})
    alone = listed(site)
    store(site, newer, "2024")
    site.refresh([newer], {})
    both = listed(site)
    assert [name for name, _ in both] == ["newer", "newer", "older", "older"]
    assert {name: lines for name, lines in both.items() if name[0] == "older"} == alone
    text = site.index.read_text("utf-8")
    assert '<a href="#newer">January 2023 – June 2026</a>' in text and '<a href="#older">' in text
    assert "Our Union, Report newer, Document 9, January 2023 – June 2026" in text
    store(site, older, "2020")
    site.refresh([older], {})
    assert {name: lines for name, lines in listed(site).items() if name[0] == "newer"} == {
        name: lines for name, lines in both.items() if name[0] == "newer"
    }


@pytest.mark.whole
def test_one_edition_needs_no_choice_of_editions(site, older):
    store(site, older)
    site.refresh([older], {})
    assert 'href="#older"' not in site.index.read_text("utf-8")


@pytest.mark.whole
def test_pages_that_are_no_pages_of_ours_are_left_alone(site, older):
    (site.out / "x/y").mkdir(parents=True)
    (site.out / "x/y/z.html").write_text("<p>mine</p>", "utf-8")
    store(site, older)
    site.refresh([older], {})
    assert {name for name, _ in listed(site)} == {"older"}


@pytest.mark.whole
def test_an_unchanged_index_is_not_written_again(site, older):
    store(site, older)
    site.refresh([older], {})
    before = {path: path.stat().st_mtime_ns for path in site.out.rglob("*") if path.is_file()}
    site.refresh([older], {})
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.whole
def test_each_edition_has_its_own_data_page_and_workbook(site, older, newer):
    site.prepare()
    site.refresh([older, newer], {})
    assert {path.relative_to(site.out).as_posix() for path in site.out.rglob("data.*")} == {
        f"{name}/data.{kind}" for name in ("older", "newer") for kind in ("html", "xlsx")
    }
    before = (site.out / "older/data.html").stat().st_mtime_ns
    (newer.folder / "gaps.yaml").write_text("a: 1", "utf-8")
    site.refresh([newer], {})
    assert (site.out / "older/data.html").stat().st_mtime_ns == before


def test_broken_tables_are_told_after_the_index(site, older):
    older.path("itut_workshops").write_text("year\n", "utf-8")
    store(site, older)
    with pytest.raises(DataError, match="itut_workshops: wrong columns"):
        site.refresh([older], {})
    assert site.index.is_file()


def test_a_run_is_a_line_of_the_log(site, older):
    site.prepare()
    (job,) = plan(["2021"], ["1"], {"study_groups": ["SG2"]}, older)
    site.log(Result(job, 1.234, "", "bad\nthing"), "k" * 64, "abc")
    site.log(Result(plan(["2021"], ["0"], {}, older)[0], 2), "j" * 64, "abc")
    with (site.out / "runs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["page"] for row in rows] == [job.name, "older/2021/0_overview"]
    assert rows[0]["parameters"] == "{'study_groups': ['SG2']}" and rows[0]["error"] == "bad thing"
    assert [row["state"] for row in rows] == ["failed", "done"] and rows[0]["seconds"] == "1.23"


@pytest.fixture
def bundled(site, older, tmp_path):
    """The bundle of 2021 of a folder with a standard page, a selection, and pages of other years."""
    links = (
        '<a href="../2020/1_standards_throughput.html">2020</a> <a href="../data.html#line-11">line 11</a> '
        '<a href="../../index.html">All</a> <a href="../2021/1_standards_throughput.html">this</a> '
        '<a rel="prev" href="../2021/0_overview.html">Overview</a>'
    )
    store(site, older, links=links)
    store(site, older, links=links, study_groups=["SG2"])
    store(site, older, study_groups=["SG15"], error="ValueError: x")
    store(site, older, "2020")
    site.refresh([older], {})
    target = site.out / "itu-older-2021.zip"
    told = site.bundle(older, "2021", target)
    ZipFile(target).extractall(tmp_path / "unpacked")
    return told, tmp_path / "unpacked/itu-older-2021"


@pytest.mark.whole
def test_a_bundle_holds_the_year_with_selections_apart(bundled):
    (count, missing), folder = bundled
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    page = "1_standards_throughput"
    assert files == {
        "index.html",
        "README.txt",
        "older/data/datapackage.json",
        "older/data/itut_recommendations.csv",
        "older/data/itut_workshops.csv",
        "older/data.html",
        "older/data.xlsx",
        f"older/2021/{page}.html",
        f"older/selections/2021/{page}--study_groups-SG2.html",
    }
    assert count == 9
    assert missing == ["older/2021/0_overview.html", f"older/2021/{page}--study_groups-SG15.html"]
    assert Site(folder).notes(f"older/2021/{page}")["key"] == "k", "a page of a bundle is whole, too"


@pytest.mark.whole
def test_links_of_a_bundle_lead_to_what_is_in_it(bundled):
    _, folder = bundled
    for path in folder.rglob("*.html"):
        for link in lxml_html.fromstring(path.read_text("utf-8")).xpath("//a/@href"):
            if not link.startswith(("data:", "#")):
                assert (path.parent / link.partition("#")[0]).is_file(), (path.name, link)
    chosen = (folder / "older/selections/2021/1_standards_throughput--study_groups-SG2.html").read_text("utf-8")
    assert 'href="../../data.html#line-11"' in chosen and 'href="../../2021/1_standards_throughput.html"' in chosen
    assert "2020</a>" not in chosen and "Overview</a>" not in chosen and "Overview" in chosen
    index = html.unescape((folder / "index.html").read_text("utf-8"))
    assert 'href="older/selections/2021/1_standards_throughput--study_groups-SG2.html"' in index
    assert "2020" not in index.split("<main")[1].replace("January 2020", "").split("<footer")[0]


def test_a_year_with_selections_alone_makes_no_bundle(site, older, tmp_path):
    store(site, older, study_groups=["SG2"])
    with pytest.raises(FileNotFoundError, match="run --edition older --year 2021"):
        site.bundle(older, "2021", tmp_path / "x.zip")


def test_the_same_pages_give_the_same_bundle(site, older, tmp_path):
    store(site, older)
    made = []
    for name in "ab":
        (tmp_path / name).mkdir()
        site.bundle(older, "2021", tmp_path / name / "x.zip")
        made.append((tmp_path / name / "x.zip").read_bytes())
    assert made[0] == made[1]
    assert {entry.date_time for entry in ZipFile(tmp_path / "a/x.zip").infolist()} == {(2022, 6, 30, 0, 0, 0)}


@pytest.mark.whole
def test_the_index_depends_on_what_makes_it(site, older, monkeypatch):
    site.prepare()
    monkeypatch.setattr(keys, "MAKERS", [])
    site.refresh([older], {})
    before = site.notes("index")["key"]
    monkeypatch.undo()
    site.refresh([older], {})
    assert site.notes("index")["key"] != before
