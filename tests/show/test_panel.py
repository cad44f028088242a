"""The controls of JupyterLab without a browser: what they choose, say, copy and save."""

from __future__ import annotations

import json
import re
import shlex

import IPython.display
import nbformat
import pandas as pd
import pytest
from lxml import html
from nbclient import NotebookClient

from helpers import selection
from helpers.__main__ import main
from helpers.show.charts import Chart
from helpers.show.explore import panel as panels
from helpers.show.explore import throughput
from helpers.site import execute, jobs, keys, pages
from helpers.tables import load
from tests.golden import NOTEBOOKS, computed, words
from tests.site import made

FILES = {path.name[0]: path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}


class Lab:
    """What a cell displays, newest last, and the panel that it made."""

    def __init__(self) -> None:
        self.shown: list[object] = []

    def display(self, what, display_id=False):
        self.shown.append(what)
        return self

    def update(self, what):
        self.shown.append(what)

    def open(self, number, year="latest", **parameters):
        """Run the notebook's cell of controls as JupyterLab does; `parameters` are those that it names."""
        path = FILES[number]
        (cell,) = [
            "".join(cell["source"]) for cell in jobs.cells(path)
            if cell["cell_type"] == "code" and jobs.LAB_ALONE in cell["metadata"].get("tags", [])
        ]  # fmt: skip
        given = jobs.defaults(next(one for one in jobs.manifest() if one.path == path)) | parameters
        exec(cell, given | {"chosen": selection.choose(year)})
        return self.panel

    @property
    def text(self):
        return words(self.shown[-1]._repr_html_())


@pytest.fixture
def lab(monkeypatch):
    found = Lab()
    monkeypatch.setattr(IPython.display, "display", found.display)
    first = panels.Panel.redraw

    def redraw(panel, change=None):
        found.panel = panel
        first(panel, change)

    monkeypatch.setattr(panels.Panel, "redraw", redraw)
    return found


def choose(panel, **values):
    for name, value in values.items():
        panel.widgets[name].value = value


def lines(panel):
    """The line of parameters and the command, as they can be copied."""
    return [field.get("value") for field in html.fromstring(f"<div>{panel.copied.value}</div>").iter("input")]


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


# Choices in the controls; the page with the parameters that the panel then gives says the same.
SAME = [
    ("1", {"study_groups": ("SG15", "SG17"), "year": (2020,)}),
    ("1", {"study_groups": ("SG15",), "year": ("",), "shown": "by year"}),
    ("1", {"shown": "by series"}),
    ("1", {"shown": "change of pace", "year": (2019,)}),
    ("2", {"shown": "change against the year before"}),
    ("2", {"shown": "totals", "year": ("",)}),
    ("3", {"baseline_year": 2019, "shown": "pace"}),
    ("3", {"shown": "course to the aim", "year": (2020,)}),
    ("4", {"geography": ("World", "Africa"), "year": (2020,)}),
    ("4", {"geography": ("Europe",), "source": "itu-key-2024-11", "measure": "shares and points"}),
    ("5", {"topic": "ITU-T workshops", "year": (2020,)}),
    ("6", {"shown": "what the texts refer to", "year": (2019,)}),
    ("7", {}),
    ("8", {"words": "quantum, accessibility", "year": ("",)}),
    ("8", {"shown": "new or revised", "year": (2020,)}),
    *((number, {"year": (2019, 2021)}) for number in "12345678"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "values"), SAME, ids=str)
def test_what_is_chosen_says_what_the_page_of_its_parameters_says(lab, number, values):
    panel = lab.open(number)
    choose(panel, **values)
    parameters: dict[str, object] = {}
    exec(lines(panel)[0], {}, parameters)
    page = flat(computed(FILES[number], parameters))
    view = panel.view
    assert view.said and not [text for text in view.said if flat(text.replace("*", "")) not in page]
    if isinstance(view.chart, Chart):
        assert flat(words(view.chart.html(""))) in page
    if view.table is not None and len(view.table) <= panels.MOST:
        rows = lab.text.rpartition("[table]")[2].splitlines()  # a page may have them in several tables
        assert not [row for row in rows if flat(row) not in page]
    assert isinstance(view.chart, Chart) or view.table is not None


@pytest.mark.slow
@pytest.mark.parametrize("number", [number for number in FILES if number != "0"])
def test_every_choice_of_every_control_is_answered(lab, number):
    """No choice raises, each changes what is shown, its lines or both, and the cell starts from the page's year."""
    panel = lab.open(number, 2019)
    assert panel.widgets["year"].value == (2019,)
    for name, widget in panel.widgets.items():
        first, seen = widget.value, {(lab.text, panel.copied.value)}
        options = [value for _, value in widget.options] if hasattr(widget, "options") else []
        for value in options:
            choose(panel, **{name: (value,) if isinstance(first, tuple) else value})
            seen.add((lab.text, panel.copied.value))
        assert len(seen) >= len(options)
        widget.value = first


@pytest.mark.whole
def test_controls_combine_and_none_chosen_stands_for_all(lab):
    panel = lab.open("1", 2021)
    assert panel.widgets["study_groups"].value == ("",) and "SG15" in lab.text and "SG17" in lab.text
    choose(panel, study_groups=("", "SG15"), kinds=("amendment",), series=("G",))
    itut = load.table("itut_recommendations")
    left = itut[
        (itut["study_group"] == "SG15") & (itut["document_type"] == "amendment") & (itut["series"] == "G")
        & (itut["year"] == 2021)
    ]  # fmt: skip
    assert len(left) and f"SG15 approved {len(left)} texts in 2021, to 1 November" in lab.text
    assert lab.text.startswith("Only Amendments, series G.\n")
    assert "[figure] Amendments, series G: SG15 " in lab.text
    assert "Chosen here alone, no page takes it: Amendments, series G." in panel.copied.value
    choose(panel, study_groups=("",), kinds=("",), series=("",))
    assert "Only" not in lab.text and "alone" not in panel.copied.value


def test_chosen_kinds_of_several_years_are_told_year_by_year_and_of_these_kinds_alone(lab):
    panel = lab.open("8", "all")
    choose(panel, kinds=("amendment",), year=(2019, 2021))
    only, *years = panel.view.said
    assert only == "Only Amendments." and len(years) == 2
    for year, text in zip((2019, 2021), years, strict=True):
        assert text.startswith("The catalogue has ") and str(year) in text and text.count(".") == 1


@pytest.mark.whole
def test_the_selection_is_copied_as_parameters_and_as_a_command_that_makes_the_page(lab, capsys):
    panel = lab.open("1", "all")
    assert lines(panel) == ['year = "all"', ".venv/bin/python -m helpers run --notebook 1 --year all"]
    choose(panel, study_groups=("SG15", "SG17"), year=(2020,))
    parameters, command = lines(panel)
    assert parameters == 'study_groups = ["SG15", "SG17"]; year = 2020'
    assert command == (
        """.venv/bin/python -m helpers run --notebook 1 -p 'study_groups=["SG15", "SG17"]' --year 2020"""
    )
    _, _, _, run, *rest = shlex.split(command)
    assert run == "run" and main(["jobs", "--json", *rest]) == 0
    (job,) = json.loads(capsys.readouterr().out)
    assert job["name"] == "2018-2022/2020/1_standards_throughput--study_groups-SG15-SG17"
    assert job["parameters"]["study_groups"] == ["SG15", "SG17"] and job["parameters"]["year"] == 2020
    choose(panel, study_groups=("",), year=(2019, 2021))
    assert lines(panel) == ["year = [2019, 2021]", ".venv/bin/python -m helpers run --notebook 1 --year 2019,2021"]


@pytest.mark.whole
def test_a_panel_starts_with_the_notebooks_parameters(lab):
    panel = lab.open("3", baseline_year=2019)
    assert lines(panel)[0] == "baseline_year = 2019; year = 2021"
    assert lab.open("8", words=["quantum"]).widgets["words"].value == "quantum"


@pytest.mark.whole
def test_the_rows_are_saved_beside_the_notebook_with_what_they_are(lab, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    panel = lab.open("1", 2021)
    choose(panel, study_groups=("SG15",), kinds=("corrigendum",))
    panel.save_button.click()
    (path,) = tmp_path.iterdir()
    assert str(path) in panel.saved.value and path.name.startswith("1_standards_throughput-") and "SG15" in path.name
    content = path.read_text("utf-8")
    assert content.startswith("\ufeff# ") and '# "Source: ITU report, section 1.3, line' in content
    assert "Rows behind: Corrigenda: SG15 " in content.splitlines()[0]
    rows = pd.read_csv(path, comment="#")
    assert set(rows["study_group"]) == {"SG15"} and set(rows["document_type"]) == {"corrigendum"}
    assert set(rows["year"]) == {2021} and f"{len(rows)} rows are in" in panel.saved.value
    choose(panel, year=(2020,))
    assert panel.saved.value == ""  # what it said was of other rows
    monkeypatch.setattr(panels.files, "write", lambda *_: (_ for _ in ()).throw(OSError("read-only")))
    panel.save_button.click()
    assert panel.saved.value == "Not saved: read-only"


@pytest.mark.whole
def test_what_the_notebook_refuses_is_said_in_its_place(lab):
    panel = lab.open("3")
    choose(panel, baseline_year=2021, year=(2018,))
    assert lab.text.startswith("baseline_year: 2021 is no baseline; allowed are 0, or a year from 1990 to 2018")
    assert panel.save_button.disabled
    choose(panel, year=(2021,))
    assert "baseline_year" not in lab.text and not panel.save_button.disabled


@pytest.mark.whole
def test_another_edition_brings_its_own_options(lab, tmp_path):
    made.edition(tmp_path, "older", [2020, 2021], "2022-06", {"SG2": 3, "SG15": 2, "SG17": 1})
    made.edition(tmp_path, "newer", [2023, 2024], "2026-06", {"SG15": 4, "SG21": 5}, document="Document 9")
    made.package(tmp_path)
    throughput.explore(selection.choose("latest", data_dir=tmp_path))
    panel = lab.panel
    assert panel.widgets["study_groups"].options == (("all", ""), ("SG15", "SG15"), ("SG21", "SG21"))
    assert lines(panel)[0] == f'year = 2024; data_dir = "{tmp_path}"' and "2024" in lab.text
    choose(panel, edition="older", year=(2020,), study_groups=("SG17",))
    assert "SG17 approved" in lab.text and "2020" in lab.text
    folder = f'edition = "older"; study_groups = ["SG17"]; year = 2020; data_dir = "{tmp_path}"'
    assert lines(panel)[0] == folder and "--edition older -p 'study_groups=[\"SG17\"]' --year 2020" in lines(panel)[1]
    assert lines(panel)[1].endswith(f"--data {tmp_path}")


@pytest.mark.whole
def test_a_long_table_is_cut_and_says_so(lab):
    panel = lab.open("8", "all")
    choose(panel, shown="years")
    assert "the first 100 of 1,096 rows" in lab.text and len(panel.view.rows) == 1096


@pytest.mark.whole
def test_no_page_runs_shows_or_depends_on_the_controls():
    """The tag is the one that nbclient, and so papermill, skips."""
    notebook = nbformat.read(FILES["1"], as_version=4)
    assert NotebookClient(notebook).skip_cells_with_tag == jobs.LAB_ALONE
    for cell in notebook.cells:
        if cell.cell_type == "code" and jobs.LAB_ALONE not in cell.metadata.get("tags", []):
            cell.execution_count = 1
    assert execute.what_went_wrong(notebook) == ""
    (job,) = jobs.plan(["2021"], ["1"])
    page = pages.page(notebook, job)
    assert "by_group" in page and "xplore" not in page
    assert not [path for path in keys.modules(FILES["1"]) if "explore" in path.parts]
