"""Which edition a text is of, and how the folder of another one is started."""

from __future__ import annotations

import shutil

import pytest

from helpers.extract import ReportError, extract, new_edition, recognise, unread, write
from helpers.extract.layout import read
from helpers.tables import editions, load
from tests import small_report
from tests.conftest import TESTS

MADE_UP = editions.edition("", TESTS)


@pytest.fixture
def rules(tmp_path):
    """A data folder with the rules of the made-up edition alone."""
    shutil.copytree(MADE_UP.folder, tmp_path / "data" / "editions" / MADE_UP.name)
    return tmp_path / "data"


def change(folder, name, old, new):
    path = folder / "editions" / MADE_UP.name / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_text_is_recognised_among_editions_by_its_first_lines(small, both):
    assert extract(small, data_dir=both).edition.name == MADE_UP.name
    lines = read(small).lines
    assert recognise(lines, both) == editions.edition(MADE_UP.name, both)
    assert recognise(["A line of print."] * 59 + lines, both) is None
    assert recognise(["", ""] * 59 + lines, both) is not None


def test_a_text_of_no_known_edition_is_refused_and_the_known_ones_are_named(small, tmp_path):
    with pytest.raises(ReportError, match=r"not the text of an edition that is known here \(2018-2022\)"):
        extract(small)
    with pytest.raises(ReportError, match="edition 2018-2022: its first lines do not hold 'April 2018 – June 2022'"):
        extract(small, editions.edition())
    with pytest.raises(ReportError, match="2018-2022"):  # a folder without editions knows the project's
        extract(small, data_dir=tmp_path)


def test_a_text_that_fits_two_editions_is_not_guessed(small, rules):
    shutil.copytree(rules / "editions" / MADE_UP.name, rules / "editions" / "twin")
    with pytest.raises(ReportError, match="fits the editions 2022-2024, twin; name one with --edition"):
        extract(small, data_dir=rules)
    assert extract(small, editions.edition("twin", rules)).edition.name == "twin"


def test_a_closing_day_that_the_edition_does_not_know_is_noted(small, rules):
    change(rules, "edition.yaml", "space_notices: 2024-05-05", "space_notices: not stated")
    change(rules, "edition.yaml", "itut_workshops: 2024-06-30", "itut_workshops: 2024-06-29")
    said = [problem.text for problem in extract(small, data_dir=rules).problems if "edition.yaml says" in problem.text]
    assert said == [
        "space_notices: the text closes on 2024-05-05, edition.yaml says not stated",
        "itut_workshops: the text closes on 2024-06-30, edition.yaml says 2024-06-29",
    ]


def test_a_declared_heading_that_is_nowhere_is_noted(small, rules):
    change(rules, "edition.yaml", "Another heading is lost", "No such words")
    extraction = extract(small, data_dir=rules)
    assert any("no line begins with 'No such words'" in problem.text for problem in extraction.problems)
    assert "2.2" not in set(extraction.tables["observations"]["section"])


def test_a_rule_that_fits_no_sentence_is_noted(small, rules):
    change(rules, "statements.yaml", "drew over <n>", "drew under <n>")
    said = [problem.text for problem in extract(small, data_dir=rules).problems]
    assert "no sentence fits the rule 'forum of <y> drew under <n> participants'" in said


@pytest.mark.parametrize("name", ["", "2022 2024", "../x", "Ünion", "-x", "A"])
def test_a_new_edition_needs_a_name_that_is_a_folders(small, tmp_path, name):
    with pytest.raises(ReportError, match="is no name for an edition"):
        new_edition(small, name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_edition_needs_a_name_that_is_free(small, rules):
    with pytest.raises(ReportError, match="'2022-2024' is there already; extract again with --edition 2022-2024"):
        new_edition(small, "2022-2024", rules)


@pytest.mark.whole
def test_a_new_editions_folder_is_started_with_what_the_text_says(small, rules, tmp_path):
    later = tmp_path / "later.txt"
    text = small_report.text().replace("January 2022 – September 2024", "The years from March 2025 - May 2027 in short")
    later.write_text(text, "utf-8")
    started = new_edition(later, "next", rules)
    assert not (rules / "editions" / "next").exists()  # nothing is written yet
    assert started.lost == [] and not any("edition.yaml says" in problem.text for problem in started.problems)
    assert [problem.text for problem in unread(started)][:2] == [
        "'2025' in 'The years from March 2025 - May 2027 in short'",
        "'2027' in 'The years from March 2025 - May 2027 in short'",
    ]
    write(started, rules)
    assert load.problems(rules) == []
    edition = editions.edition("next", rules)
    assert edition.about == {
        **dict.fromkeys(["title", "publisher", "short", "document", "link"], "not stated"),
        "from": "2025-03",
        "to": "2027-05",
        "tables_version": "0.1.0",
        "recognised_by": ["March 2025 - May 2027"],
        "years_from": MADE_UP.about["years_from"],
        "closes": MADE_UP.about["closes"],
    }
    assert edition.rules("captions") == MADE_UP.rules("captions")
    assert sorted(path.name for path in edition.folder.glob("*.yaml")) == [
        "aside.yaml", "captions.yaml", "edition.yaml", "labels.yaml", "statements.yaml", "survey.yaml", "targets.yaml"
    ]  # fmt: skip
    assert all(edition.rules(name) == {} for name in ("aside", "labels", "statements", "survey", "targets"))
    assert len(load.table("itut_recommendations", edition)) == 85 and set(
        load.table("observations", edition)["topic"]
    ) == {"enablers"}
    assert extract(later, data_dir=rules).edition.name == "next"


def test_a_new_edition_without_a_period_takes_the_years_of_its_tables(small, rules, tmp_path):
    later = tmp_path / "later.txt"
    later.write_text(small_report.text(small_report.BLOCKS[1:]), "utf-8")
    about = editions.yaml.safe_load(new_edition(later, "next", rules).started["edition.yaml"])
    assert (about["from"], about["to"]) == ("2022-01", "2024-12")
    assert about["recognised_by"] == ["This is a letter to the reader, who will find more in Chapte"]


@pytest.mark.whole
def test_a_new_edition_says_which_tables_its_captions_do_not_find(tmp_path, small):
    started = new_edition(small, "next", tmp_path)  # the captions of the project's newest edition
    names = {problem.text.partition(":")[0] for problem in started.lost}
    assert {"itut_recommendations", "space_notices", "targets", "resolutions"} <= names
    write(started, tmp_path)
    assert load.problems(tmp_path) == [] and editions.names(tmp_path) == ["next"]
