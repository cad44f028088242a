"""Made-up editions and two small notebooks of our own, so that the batch is tested apart from the real ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import yaml

from helpers.site import jobs
from helpers.tables import contract, editions

SETUP = """from helpers import selection
from IPython.display import HTML

chosen = selection.choose(year, edition, data_dir)
itut = chosen.table("itut_recommendations")
chosen = chosen.pick("study_groups", study_groups, list(itut["study_group"].unique()))"""
COUNT = """groups = chosen.members("study_groups", list(itut["study_group"].unique()))
rows = itut[itut["year"].isin(chosen.period.chosen) & itut["study_group"].isin(groups)]
who = chosen.who("study_groups", "ITU-T")
HTML(f'<div class="answer"><p><strong>{who} approved {len(rows)} texts.</strong> Twice.</p></div>')"""
PLACES = """shown = [f'<li id="source-{line}">section 1.3, line {line}</li>' for line in rows["line"]]
HTML(f'<p class="source">section 1.3, line {rows["line"].min()}</p>')"""


def edition(data: Path, name: str, years: list[int], last_month: str, counts: dict[str, int], **more: object) -> None:
    """Write an edition's folder: so many texts of each group in each year, and one table of workshops."""
    folder = data / "editions" / name
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    about = {
        "title": f"Report {name}",
        "publisher": "Our Union",
        "short": "our report",
        "document": "not stated",
        "link": "https://example.org",
        "from": f"{years[0]}-01",
        "to": last_month,
        "tables_version": "0.3.0",
        "recognised_by": [name],
        "years_from": ["itut_recommendations", "itut_workshops"],
        "closes": {},
    }
    (folder / "edition.yaml").write_text(yaml.safe_dump(about | more, allow_unicode=True), "utf-8")
    line, rows, shops = 10, [], []
    for year in years:
        for group, count in counts.items():
            for place in range(1, count + 1):
                line += 1
                said = f"X.{line}"
                row = [group, f"{group} name", year, place, said, said, "recommendation", "", "X", "1.3", line]
                rows.append(",".join(map(str, row)))
        shops.append(f"{year},{year - 2000},1,1.4,{line + 1000}")
    write_table(folder / "tables/itut_recommendations.csv", "itut_recommendations", rows)
    write_table(folder / "tables/itut_workshops.csv", "itut_workshops", shops)
    package(data)


def write_table(path: Path, table: str, rows: list[str]) -> None:
    """A CSV file of the contract."""
    path.write_text("\n".join([",".join(contract.columns(table)), *rows]) + "\n", "utf-8")


def package(data: Path) -> None:
    """The data package over all editions of a folder, hashes and all."""
    known = [editions.edition(name, data) for name in editions.names(data)]
    (data / "datapackage.json").write_text(json.dumps(contract.datapackage(known, data)), "utf-8")


def notebook(path: Path, parameters: str, *cells: str) -> None:
    """A notebook of these cells below its parameters."""
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Made up", id="title"),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters"),
            *(nbformat.v4.new_code_cell(cell, id=f"cell-{place}") for place, cell in enumerate(cells)),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(made, path)


def notebooks(folder: Path) -> tuple[jobs.Notebook, ...]:
    """Two notebooks, one of which takes groups and a flag, and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    common = 'year: str = "latest"  # year\nedition: str = ""  # edition\ndata_dir: str = ""  # folder'
    own = "study_groups: list = []  # groups\nannualise: bool = False  # a flag\nbaseline_year: int = 0  # a year\n"
    notebook(folder / "0_overview.ipynb", common, SETUP.rpartition("\n")[0], "study_groups = []", COUNT)
    notebook(folder / "1_standards_throughput.ipynb", own + common, SETUP, COUNT, PLACES)
    return entries(folder)


def entries(folder: Path) -> tuple[jobs.Notebook, ...]:
    """The manifest of the two notebooks in a folder."""
    table = ("itut_recommendations",)
    return (
        jobs.Notebook("0_overview", "Overview", "What?", table, folder),
        jobs.Notebook("1_standards_throughput", "Throughput", "How many?", table, folder, table),
    )


# The command line on the two notebooks, as a process of its own.
_COMMAND = """
import sys
from pathlib import Path
from helpers.__main__ import main
from helpers.site import jobs
from tests.site import made
found = made.entries(Path(sys.argv[1]))
jobs.manifest = lambda: found
sys.exit(main(sys.argv[2:]))
"""


def command(folder: Path, *arguments: object) -> list[str]:
    """Arguments that run `python -m helpers` on the notebooks and the editions of a test's folder."""
    asked = [*arguments, "--data", folder / "data", "--out", folder / "out"]
    return [sys.executable, "-c", _COMMAND, str(folder / "notebooks"), *map(str, asked)]
