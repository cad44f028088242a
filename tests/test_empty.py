"""Any one table without rows: every page still comes out, and says what is not reported."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from helpers import selection
from helpers.period import ALL, ParameterError
from helpers.site import jobs
from helpers.tables import contract, editions, load
from tests.golden import computed

PAGES = [
    pytest.param(table, notebook, id=f"{table}-{notebook.name}")
    for table in [*contract.tables(), *contract.published()]
    for notebook in jobs.manifest()
    if table in [*(notebook.tables or contract.tables()), *notebook.published]
]
# Python's and pandas' own words for nothing; `None of them was …` is a sentence.
LEAK = re.compile(r"\b(nan|NaN|NaT|inf)\b|<NA>|\bNone\b(?! (of|is|are|was|were|has|have)\b)")


def described(folder):
    """The folder with a data package that fits its tables."""
    package = contract.datapackage([editions.edition(name, folder) for name in editions.names(folder)], folder)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return folder


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """A function that makes a data folder without the rows (or the file) of a table; each is made once."""
    made = {}

    def make(table, keep_the_file=True):
        if (table, keep_the_file) not in made:
            folder = tmp_path_factory.mktemp("data") / "data"
            shutil.copytree(editions.DATA, folder)
            published = folder / contract.published_path(table) if table in contract.published() else None
            path = published or editions.edition("", folder).path(table)
            head = path.read_text("utf-8").partition("\n")[0] + "\n"
            path.write_text(head, "utf-8") if keep_the_file else path.unlink()
            made[table, keep_the_file] = described(folder)
        return made[table, keep_the_file]

    return make


@pytest.mark.slow
@pytest.mark.parametrize(("table", "notebook"), PAGES)
def test_every_page_without_the_rows_of_a_table(without, table, notebook):
    folder = without(table)
    years = editions.edition("", folder).years
    # a year without one before, one that is cut, and the period; the golden texts have every year with its rows.
    # The audit reads every table, and its year only picks a few findings: two are enough.
    for year in [*([years[0], years[-1]] if notebook.tables else years[-1:]), ALL]:
        said = computed(notebook.path, {"year": year, "data_dir": str(folder)})
        leaks = [line for line in said.splitlines() if LEAK.search(line)]
        assert not leaks, f"{year}: {leaks[:5]}"
        assert len(said.splitlines()) > 10, year


@pytest.mark.slow
@pytest.mark.parametrize("table", contract.tables())
def test_a_missing_table_is_the_same_as_one_without_rows(without, table):
    emptied, missing = (editions.edition("", without(table, keep)) for keep in (True, False))
    assert not missing.path(table).exists() and missing.years == emptied.years
    none, gone = load.table(table, emptied), load.table(table, missing)
    assert gone.empty and gone.dtypes.equals(none.dtypes) and list(gone) == list(load.table(table))
    assert load.problems(missing.data_dir) == []


def test_an_edition_without_years_says_so(without):
    about = editions.edition()
    folder = without("targets")
    for table in about.about["years_from"]:
        editions.edition("", folder).path(table).unlink()
    described(folder)
    with pytest.raises(ParameterError, match=r"no rows in .*so there are no years to make pages for"):
        selection.choose("latest", "", str(folder))


@pytest.mark.parametrize("text", ["nan %", "a NaN", "<NA>", "| None |", "None in 2020", "inf times", "in 2020: None"])
def test_a_leak_is_seen(text):
    assert LEAK.search(text) and not LEAK.search("None of them; information; Nantes; none; Nonetheless")
