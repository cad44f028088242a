"""Editions: which there are, what each says of itself, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from helpers.tables import editions
from helpers.tables.editions import DataError
from tests.conftest import TESTS


@pytest.mark.whole
def test_the_newest_edition_is_the_one_that_ends_last(both):
    assert editions.names(both) == ["2018-2022", "2022-2024"]
    assert editions.edition("", both).name == "2022-2024" and editions.edition("2018-2022", both).short == "ITU report"
    with pytest.raises(DataError, match="no edition 'x'; there are 2018-2022, 2022-2024"):
        editions.edition("x", both)


def test_what_an_edition_says_of_itself(other):
    edition = editions.edition("", other)
    assert (edition.title, edition.short) == ("Four years of work, told briefly", "Test report")
    assert edition.span == "January 2022 – September 2024" and edition.years == (2022, 2023, 2024)
    assert edition.closes("space_notices") == date(2024, 5, 5) and not edition.close_is_unknown("space_notices")
    assert edition.closes("terrestrial_notices") is None and edition.close_is_unknown("terrestrial_notices")
    assert edition.closes("targets") is None and not edition.close_is_unknown("targets")
    assert edition.rules("survey") == {} == edition.rules("no_such_file") and "3.2" not in edition.rules("measures")


def test_years_come_from_the_first_table_with_rows(other, tmp_path):
    shutil.copytree(other, tmp_path / "data")
    edition = editions.edition("", tmp_path / "data")
    for table in ("itut_recommendations", "itut_workshops"):
        path = edition.path(table)
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    assert edition.years == (2022, 2023, 2024)  # of the space notices
    edition.path("space_notices").unlink()
    with pytest.raises(DataError, match="no rows in itut_recommendations, space_notices, itut_workshops"):
        _ = edition.years


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "titel:", "lacks the text 'title'"),
        ("from: 2022-01", "from: 2022-13", "from: '2022-13' is no month"),
        ("recognised_by: [", "recognised_by: x # [", "lacks the list 'recognised_by'"),
        ("2024-05-05", "soon", "closes: space_notices: 'soon' is no day"),
        ("closes:", "ends:", "lacks 'closes'"),
        ("title:", "title: [", "cannot be read"),
    ],
)
def test_an_edition_that_lacks_something_is_refused_by_name(tmp_path, old, new, said):
    folder = tmp_path / "editions" / "x"
    folder.mkdir(parents=True)
    text = (TESTS / "editions" / "2022-2024" / "edition.yaml").read_text("utf-8")
    assert old in text
    (folder / "edition.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=r"edition\.yaml: ") as raised:
        editions.edition("x", tmp_path)
    assert any(said in problem for problem in raised.value.problems), raised.value.problems


def test_a_folder_without_editions(tmp_path):
    with pytest.raises(DataError, match="has no editions"):
        editions.edition("", tmp_path)
