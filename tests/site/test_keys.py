"""A page's key: what it covers, what it leaves alone, and why a year is called partial."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from helpers.files import ROOT
from helpers.site import jobs, keys
from helpers.site.jobs import JobError, plan
from helpers.tables import editions
from tests.site import made


def key(data, name="older", notebook="1", **parameters):
    (job,) = plan(["2021" if name == "older" else "2024"], [notebook], parameters, editions.edition(name, data))
    return keys.key(job)


def test_equal_jobs_have_equal_keys_and_others_have_others(two_editions):
    assert key(two_editions) == key(two_editions)
    others = [key(two_editions, notebook="0"), key(two_editions, "newer"), key(two_editions, study_groups=["SG2"])]
    assert len({key(two_editions), *others}) == 4


def changed(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("older/edition.yaml", "0.3.0", "0.4.0"),
        ("older/tables/itut_recommendations.csv", "X.11", "X.99"),
        ("../datapackage.json", "The count closes", "The counting closes"),
    ],
)
def test_a_key_depends_on_the_editions_rules_and_tables(two_editions, file, old, new):
    before = key(two_editions)
    changed(two_editions / "editions" / file, old, new)
    assert key(two_editions) != before


def test_a_new_rule_file_of_the_edition_changes_the_key_of_its_pages_alone(two_editions):
    older, newer = key(two_editions), key(two_editions, "newer")
    (two_editions / "editions/older/gaps.yaml").write_text("a: 1\n", "utf-8")
    assert key(two_editions) != older and key(two_editions, "newer") == newer


def test_a_table_that_the_notebook_does_not_read_leaves_the_key_alone(two_editions):
    before = key(two_editions)
    changed(two_editions / "editions/older/tables/itut_workshops.csv", ",1,1.4", ",2,1.4")
    assert key(two_editions) == before


def test_the_years_that_a_page_leads_to_count(two_editions):
    before = key(two_editions, "older", "0")
    path = two_editions / "editions/older/tables/itut_recommendations.csv"
    path.write_text("".join(line for line in path.open(encoding="utf-8") if ",2020," not in line), "utf-8")
    assert key(two_editions, "older", "0") != before


def test_a_notebook_that_reads_every_table_follows_those_that_there_are(two_editions, own_notebooks, monkeypatch):
    every = jobs.Notebook("0_overview", "All", "?", (), own_notebooks[0].folder)
    monkeypatch.setattr(jobs, "manifest", lambda: (every,))
    before = key(two_editions, "older", "0")
    changed(two_editions / "editions/older/tables/itut_workshops.csv", ",1,1.4", ",2,1.4")
    assert key(two_editions, "older", "0") != before


def test_a_missing_table_has_the_state_none(newer):
    assert keys.table_state("itut_workshops", newer) == "itut_workshops.csv: none null"
    assert keys.tables(newer) == ["itut_recommendations"]


def test_what_cannot_be_read_of_the_package_is_told(two_editions):
    for content in ("", "[]", '{"resources": '):
        (two_editions / "datapackage.json").write_text(content, "utf-8")
        with pytest.raises(JobError, match=r"datapackage\.json cannot be read"):
            key(two_editions)


def test_imports_are_followed_through_packages(tmp_path):
    cells = ["from helpers.sentences import wording as words\nimport helpers.show.explore.panel", "%time 1", "x ="]
    made.notebook(tmp_path / "a.ipynb", "year = 0", *cells, "from helpers import selection\n!true")
    found = {path.relative_to(ROOT / "helpers").as_posix() for path in keys.modules(tmp_path / "a.ipynb")}
    packages = {"__init__.py", "sentences/__init__.py", "show/__init__.py", "show/explore/__init__.py"}
    assert found >= packages | {"sentences/wording.py", "show/explore/panel.py", "selection.py", "tables/load.py"}
    assert {"tables/contract.py", "tables/contract.yaml"} <= found
    assert "analyses/audit.py" not in found and "site/keys.py" not in found


def test_a_change_below_reaches_the_notebook(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "ROOT", tmp_path)
    for name, source in {
        "__init__.py": "",
        "analyses/__init__.py": "from helpers.deep import thing",
        "analyses/gaps.py": "",
        "deep.py": "import helpers.deeper",
        "deeper.py": "",
        "alone.py": "",
    }.items():
        (tmp_path / "helpers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "helpers" / name).write_text(source, "utf-8")
    made.notebook(tmp_path / "a.ipynb", "year = 0", "from helpers.analyses import gaps as g")
    names = [path.relative_to(tmp_path / "helpers").as_posix() for path in keys.modules(tmp_path / "a.ipynb")]
    assert names == ["__init__.py", "analyses/__init__.py", "analyses/gaps.py", "deep.py", "deeper.py"]


@pytest.mark.parametrize(
    ("closes", "by_year", "year", "said"),
    [
        ({}, ["itut_recommendations"], 2021, ""),
        ({"itut_recommendations": date(2021, 11, 1)}, [], 2021, ""),
        (
            {"itut_recommendations": date(2021, 11, 1)},
            ["itut_recommendations"],
            2021,
            "partial: counts close on 1 November 2021",
        ),
        ({"itut_recommendations": date(2021, 11, 1)}, ["itut_recommendations"], 2020, ""),
        (
            {"itut_recommendations": date(2021, 11, 1), "itut_workshops": date(2021, 11, 16)},
            ["itut_workshops", "itut_recommendations"],
            "all",
            "partial: counts close on 1 November 2021 and 16 November 2021",
        ),
        (
            {"itut_recommendations": date(2021, 11, 1), "itut_workshops": "not stated"},
            ["itut_recommendations", "itut_workshops"],
            2021,
            "partial: counts close on 1 November 2021; closing day of itut workshops not stated",
        ),
        ({"itut_workshops": "not stated"}, ["itut_workshops"], 2021, "closing day of itut workshops not stated"),
        ({"itut_workshops": "not stated"}, ["itut_workshops"], "all", "closing day of itut workshops not stated"),
        ({"itut_workshops": "not stated"}, ["itut_workshops"], 2020, ""),
        ({"space_notices": date(2021, 11, 16)}, ["space_notices"], 2021, ""),  # the edition has no such table
    ],
)
def test_why_a_year_is_not_whole(two_editions, closes, by_year, year, said):
    path = two_editions / "editions/older/edition.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | {"closes": closes}), "utf-8")
    notebook = jobs.Notebook("n", "N", "?", (), by_year=tuple(by_year))
    assert keys.partial(jobs.Job(notebook, editions.edition("older", two_editions), year)) == said
