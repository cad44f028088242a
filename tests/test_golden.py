"""Golden texts: every computed word and table of every page is as it was reviewed.

`make golden` writes them again; the difference is what a reader of the pages will see.
"""

from __future__ import annotations

import pytest

from helpers.tables import editions
from tests import golden, small_report

PROJECT = golden.pages(editions.edition(), True)


def held(name, notebook, parameters):
    kept = golden.FOLDER / f"{name}.txt"
    assert kept.is_file(), f"{kept}: no such golden text; `make golden`, then review it"
    assert golden.computed(notebook, parameters) == kept.read_text("utf-8"), f"{name} reads otherwise: `make golden`"


LAST = str(editions.edition().years[-1])


def marks(name):
    """Of the last year those that do not read all tables are in every check; its others, and all years, in mutants'."""
    _, year, page = name.split("/")
    if year == LAST and "--" not in page and page[0] not in "07":
        return []
    return pytest.mark.whole if year in (LAST, "all") else pytest.mark.slow


@pytest.mark.parametrize("name", [pytest.param(name, marks=marks(name)) for name in PROJECT])
def test_a_page_of_the_project_reads_as_reviewed(name):
    held(name, *PROJECT[name])


@pytest.mark.slow
def test_every_page_of_another_edition_reads_as_reviewed(tmp_path):
    for name, page in golden.pages(small_report.edition(tmp_path), False).items():
        held(name, *page)


def test_no_golden_text_is_left_over(tmp_path):
    wanted = {*PROJECT, *golden.pages(small_report.edition(tmp_path), False)}
    kept = {path.relative_to(golden.FOLDER).with_suffix("").as_posix() for path in golden.FOLDER.rglob("*.txt")}
    assert kept == wanted
