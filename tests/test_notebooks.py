"""The notebooks' form: what makes them readable, runnable, diffable, and true of any edition."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import nbformat
import pytest

from helpers import selection
from helpers.site import jobs
from helpers.tables import contract, editions, load

ENTRIES = {notebook.path: notebook for notebook in jobs.manifest()}
FILES = sorted(jobs.NOTEBOOKS.glob("*.ipynb"))
# What only one edition has: its years, groups, sections, conferences and days.
OF_ONE_EDITION = re.compile(
    r"\b(19|20)\d\d\b|\bSG ?\d|\b[Ss]ections? \d|\bAnnex(es)? \d|\b[A-Z]{2,}-\d\d\b|\bTables? \d"
    r"|\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
NOT_A_STEP = ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While | ast.Try | ast.If | ast.comprehension


def test_the_manifest_lists_every_notebook():
    assert list(ENTRIES) == FILES


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    """The code cells of a page: all but those for JupyterLab alone."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and not in_lab_alone(cell)]


def prose(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def in_lab_alone(cell):
    return jobs.LAB_ALONE in cell.metadata.get("tags", [])


def test_the_controls_stand_above_the_page_and_the_overview_has_none(path, notebook):
    alone = [place for place, cell in enumerate(notebook.cells) if in_lab_alone(cell)]
    if path.stem.startswith("0"):  # nothing to choose but its year
        assert not alone
        return
    head, controls = (notebook.cells[place] for place in alone)
    assert head.source.startswith("## Explore\n") and alone[1] == alone[0] + 1
    question = re.fullmatch(
        r"from helpers\.show\.explore\.(\w+) import explore\n\nexplore\(chosen(, \w+)?\)", controls.source
    )
    assert question
    own = [cell for cell in code(notebook) if cell.source.startswith(("charts.", "tables.", "tiles.", "links."))]
    assert alone[1] < notebook.cells.index(own[0])


def names_of_editions():
    """Names that the project's editions give to events, groups and notice series."""
    found = set()
    for edition in map(editions.edition, editions.names()):
        events = load.table("observations", edition)["breakdown"].dropna().str.partition(": ")[0]
        found |= {name for name in events if re.search(r"[A-Z].*[A-Z0-9]", name)}  # names, no plain words
        found |= set(load.table("focus_groups", edition)["acronym"])
        found |= set(load.table("space_notices", edition)["category"])
        found |= {edition.title, edition.name, edition.span}
    return found - {"ITU-T", "ITU-R", "ITU-D"}  # the Sectors are in the Union's Constitution


def test_valid_and_without_outputs(notebook):
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_exactly_one_parameters_cell_typed_and_commented(notebook):
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1 and not any("parameter" in cell.metadata.get("tags", []) for cell in notebook.cells)
    assert tagged[0] is code(notebook)[0]
    lines = tagged[0].source.splitlines()
    for line in lines:
        assert re.match(r"\w+: \w+ = .+  # .+", line), line
    assert lines[0].startswith('year: str = "latest"  # ') and lines[1].startswith('edition: str = ""  # ')
    assert lines[-1].startswith('data_dir: str = ""  # ')


def test_the_setup_imports_and_then_chooses(notebook):
    """Helpers only, one import a line; a blank line; the selection; then what all parts share."""
    imports, _, rest = code(notebook)[1].source.partition("\n\n")
    lines = imports.splitlines()
    assert lines[0] == "from helpers import selection" and lines == sorted(lines)
    modules = [re.fullmatch(r"from helpers(\.\w+)* import [\w, ]+", line) for line in lines]
    assert all(modules), lines
    words = [line for line in lines if line.startswith("from helpers.sentences")]
    name = "said" if "words: " in code(notebook)[0].source else "words"  # a parameter keeps its name
    assert words[-1].endswith(f" as {name}") and all(" as " in line for line in words)
    assert rest.startswith("chosen = selection.choose(year, edition, data_dir)\n") and "\n\n" not in rest
    for cell in code(notebook)[2:]:
        assert "import" not in cell.source


def test_cells_tell_and_do_not_compute(notebook):
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 10, cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, NOT_A_STEP | ast.BinOp), cell.source
            assert not (isinstance(node, ast.ImportFrom) and node.names[0].name == "*")


def test_every_cell_after_the_setup_makes_a_step_or_shows_something(notebook):
    for cell in code(notebook)[2:]:
        *steps, last = ast.parse(cell.source).body
        assert all(isinstance(step, ast.Assign) for step in steps), cell.source
        assert isinstance(last, ast.Assign) or (isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)), (
            cell.source
        )


def test_prose_is_true_of_every_edition(notebook):
    known = names_of_editions()
    for cell in prose(notebook):
        assert not (found := OF_ONE_EDITION.search(cell.source)), found
        assert not [name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", cell.source)]


def test_code_names_nothing_of_one_edition(notebook):
    known = names_of_editions()
    for cell in code(notebook)[1:]:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not OF_ONE_EDITION.search(node.value) and node.value not in known, node.value
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, int) and 1900 < node.value < 2100)


@pytest.mark.parametrize(
    "text",
    ["since 2018", "SG15", "section 1.11", "Annex 1", "at WRC-19", "on 1 November", "Table 3", "Sections 2 and 3"],
)
def test_words_of_one_edition_are_seen(text):
    assert OF_ONE_EDITION.search(text)


def test_words_of_every_edition_pass():
    assert not OF_ONE_EDITION.search(
        "ITU-T and ITU-R; 0.98–1.02; 95 %; ages 15–24; section and annex; SGs; in May; COVID"
    )
    assert {"WSIS Forum", "GSR", "FG-AI4H"} <= names_of_editions()


def test_tables_read_here_are_in_the_manifest_and_in_the_prose(path, notebook):
    source = "\n".join(cell.source for cell in code(notebook))
    read = set(re.findall(r'\b(?:table|of)\("(\w+)"\)', source))
    declared = set(ENTRIES[path].tables or contract.tables())
    assert read <= declared and declared <= set(contract.tables())
    published = set(ENTRIES[path].published)
    assert set(re.findall(r'\bpublished\("(\w+)"\)', source)) <= published <= set(contract.published())
    listed = re.search(r"## Tables used\s+(.+)", prose(notebook)[-1].source)
    assert listed is None or set(re.findall(r"`(\w+)`", listed[1])) <= declared | published


def test_one_title_and_headings_in_order(path, notebook):
    headings = [match for cell in prose(notebook) for match in re.findall(r"^(#+) (.+)$", cell.source, re.M)]
    headings = [heading for heading in headings if heading[1] != "Explore"]
    levels = [len(marks) for marks, _ in headings]
    assert levels[0] == 1 and levels.count(1) == 1 and headings[0][1] == ENTRIES[path].title
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert headings[1] == ("##", "The answer")


def test_papermill_explains_the_parameters(path):
    from papermill import inspect_notebook

    found = inspect_notebook(str(path))
    assert list(found)[:2] == ["year", "edition"] and list(found)[-1] == "data_dir"
    assert all(entry["help"] and entry["inferred_type_name"] != "None" for entry in found.values())


def test_the_defaults_are_a_selection_of_the_newest_edition():
    assert selection.choose("latest", "", "").edition.name == editions.names()[-1]
