"""The committed tables against the report itself, where it is present."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from datetime import date

import pytest

from helpers.__main__ import main
from helpers.extract import ReportError, extract, new_edition, unread, write
from helpers.extract.layout import read
from helpers.tables import editions, load

pytestmark = pytest.mark.whole

EDITION = "2018-2022"


@pytest.fixture(scope="module")
def found(real):
    return extract(real)


def test_extracting_again_gives_the_same_bytes(found, tmp_path):
    shutil.copytree(editions.DATA / "published", tmp_path / "published")
    write(found, tmp_path)
    committed = sorted((editions.DATA / "editions" / EDITION / "tables").glob("*.csv"))
    for path in [*committed, editions.DATA / "datapackage.json", editions.DATA / "README.md"]:
        again = tmp_path / path.relative_to(editions.DATA)
        assert again.read_bytes() == path.read_bytes(), f"{path}: extract the report again"


def test_the_text_is_recognised_and_nothing_of_it_is_lost_or_left_unread(found):
    assert found.edition.name == EDITION and found.lost == [] and unread(found) == []


def test_closing_days_of_the_text_are_those_of_the_edition(found):
    edition = editions.edition(EDITION)
    stated = [name for name in edition.about["closes"] if not edition.close_is_unknown(name)]
    assert found.closes == {name: edition.closes(name) for name in stated}


def test_rules_that_infer_a_year_are_those_that_must(found):
    """A rule says `inferred: true` only where a row of it needs it."""
    inferred = found.tables["observations"].query("year_basis == 'inferred'")
    rules = [rule for topic in editions.edition(EDITION).rules("statements").values() for rule in topic]
    assert sum(rule.get("inferred", False) for rule in rules) == 10
    assert inferred.groupby("line", sort=False).size().to_dict() == {
        "19": 3, "65": 2, "83": 1, "939": 1, "1163": 3, "1171": 1, "1244": 2, "1247": 2, "1250": 2
    }  # fmt: skip


@pytest.fixture
def later(real, tmp_path):
    """The same text with all its years four later: an edition that nobody knows."""
    path = tmp_path / "later.txt"
    years = re.compile(r"(?<!\d)20[0-2]\d(?!\d)")
    path.write_text(years.sub(lambda year: str(int(year[0]) + 4), real.read_text("utf-8")), "utf-8")
    return path


def test_another_editions_text_is_never_read_with_these_rules(later, capsys):
    with pytest.raises(ReportError, match=f"not the text of an edition that is known here .*{EDITION}.*--new-edition"):
        extract(later)
    with pytest.raises(ReportError, match=f"not the text of edition {EDITION}: its first lines do not hold"):
        extract(later, editions.edition(EDITION))
    assert main(["extract", str(later)]) == 2 and "--new-edition NAME" in capsys.readouterr().err


def test_another_editions_folder_is_started_from_its_structure(later, found, tmp_path):
    started = new_edition(later, "2022-2026")
    assert started.lost == [] and len(unread(started)) > 1000
    write(started, tmp_path)
    edition = editions.edition("", tmp_path)
    assert (edition.name, edition.span, edition.years) == (
        "2022-2026",
        "April 2022 – June 2026",
        (2022, 2023, 2024, 2025),
    )
    assert edition.closes("space_notices") == date(2025, 11, 16) and edition.close_is_unknown("terrestrial_notices")
    read = ["itut_recommendations", "space_notices", "targets", "outcomes", "resolutions", "figures_lost"]
    assert {name: len(started.tables[name]) for name in read} == {name: len(found.tables[name]) for name in read}
    assert set(started.tables["observations"]["topic"]) == {"enablers"}
    assert load.problems(tmp_path) == [] and extract(later, edition).lost == []


def test_no_sentence_of_the_report_is_in_the_project(real):
    """Titles and printed labels carry over, sentences do not: no twelve words in a row but those of the tables.

    The words of a table run along its rows and down its columns: a page may list designations in the report's order.
    """
    root = editions.DATA.parent
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True
    )
    tables = {path for path in editions.DATA.rglob("*.csv")}
    ours = {root / name for name in listed.stdout.splitlines() if name != "requirements.lock"} - tables
    written = set().union(*(_runs(path.read_text("utf-8", "ignore")) for path in ours if path.is_file()))
    printed = set().union(*(_runs(path.read_text("utf-8")) for path in tables))
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            printed |= set().union(*(_runs(" ".join(cells)) for cells in zip(*csv.reader(file), strict=True)))
    of_the_report = set().union(*map(_runs, read(real).lines))
    assert (of_the_report & written) - printed == set()


def _runs(text):
    """Every twelve words that follow each other."""
    words = re.sub(r"\W+", " ", text.lower()).split()
    return {" ".join(words[start : start + 12]) for start in range(len(words) - 11)}


@pytest.mark.parametrize(
    ("group", "counts"),
    [("SG15", [94, 46, 84, 39]), ("SG17", [32, 40, 42, 50]), ("TSAG", [0, 4, 0, 0]), ("SG5", [41, 32, 29, 12])],
)
def test_counts_known_to_the_eye(tables, group, counts):
    itut = tables["itut_recommendations"]
    assert [
        int(((itut["study_group"] == group) & (itut["year"] == year)).sum()) for year in range(2018, 2022)
    ] == counts


def test_table_sizes(tables):
    sizes = {name: len(table) for name, table in tables.items()}
    assert sizes["itut_recommendations"] == 1096 and tables["itut_recommendations"]["study_group"].nunique() == 12
    assert (sizes["focus_groups"], sizes["targets"], sizes["outcomes"]) == (14, 24, 64)
    assert list(tables["objectives"].groupby("sector", sort=False).size()) == [3, 5, 4, 6]
    owner = tables["outcomes"]["objective_id"].str[0]
    assert list(owner.value_counts().reindex(["R", "T", "D", "I"])) == [15, 14, 16, 19]
    assert int(tables["itur_recommendations"]["repaired"].sum()) == 8
