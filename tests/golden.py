"""Every computed word and table of a page as plain text, for the golden texts.

`words` leaves out what no reader reads as a sentence: code, drawings, hovers, and
what changes with every commit (key, versions). One block a line or paragraph, a
table row with ` | ` between its cells, so that a changed formula shows as a small
difference in review.
"""

from __future__ import annotations

import ast
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from helpers import files
from helpers.show.charts import Chart
from helpers.site.jobs import LAB_ALONE, NOTEBOOKS
from helpers.tables import editions
from helpers.tables.editions import Edition
from tests import small_report

LEFT_OUT = ".//details[@class='code'] | .//svg | .//button | .//a[@class='take'] | .//details/summary"


def words(page: str) -> str:
    """The text of a page's `<main>`, or of a fragment that has none."""
    tree = html.fromstring(page)
    found = tree.xpath(".//main")
    main = found[0] if found else tree
    for gone in main.xpath(LEFT_OUT):
        gone.drop_tree()
    text = "\n".join(_blocks(main))
    text = re.sub(r"commit \S+( of \d{4}-\d\d-\d\d)?\.", "commit ….", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _blocks(element: HtmlElement) -> Iterator[str]:
    """Blocks of an element, in order."""
    tag, kind = element.tag, element.get("class", "")
    if tag in ("h1", "h2", "h3"):
        yield f"\n{'#' * int(tag[1])} {_flat(element)}"
    elif tag == "figure":
        yield f"\n[figure] {_flat(element.find('figcaption'))}"
        yield f"  drawn: {element.find('.//div').get('aria-label', '')}"
        yield from (f"  note: {_flat(note)}" for note in element.findall("ul[@class='notes']/li"))
        yield from (f"  {_flat(p)}" for p in element.findall("p"))
        yield from (f"  {block}" for table in element.iter("table") for block in _rows(table))
    elif kind == "tiles":
        yield from ("[tile] " + " · ".join(filter(None, (_flat(part) for part in tile))) for tile in element)
    elif tag == "table":
        yield from _rows(element)
    elif tag in ("p", "li", "pre", "dt", "dd"):
        yield _flat(element)
    else:
        for child in element:
            yield from _blocks(child)


def _rows(table: HtmlElement) -> Iterator[str]:
    yield f"\n[table] {_flat(table.find('caption'))}"
    yield from (" | ".join(_flat(cell) for cell in row) for row in table.iter("tr"))


def _flat(element: HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def computed(notebook: Path, parameters: dict[str, Any]) -> str:
    """Every computed word and table of a notebook, run in this process without drawing.

    Headings of the prose stand between, so that a reader finds the place. Cells for JupyterLab alone are left out.
    """
    names: dict[str, Any] = {}
    blocks: list[str] = []
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if LAB_ALONE in cell["metadata"].get("tags", []):
            continue
        if cell["cell_type"] == "markdown":
            blocks += re.findall(r"(?m)^(#+ .+)$", source)
        elif "parameters" in cell["metadata"].get("tags", []):
            exec(source, names)
            names |= parameters
        else:
            shown = _last_value(source, names)
            if shown is not None:
                markup = shown.html("") if isinstance(shown, Chart) else shown._repr_html_()
                blocks += [words(markup)] if markup else []  # a page without figures has no tiles
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _last_value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: the value of its last line, None where that is no expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


FOLDER = Path(__file__).parent / "golden"
SIDE_BY_SIDE = "2019,2021"
SELECTIONS: list[tuple[str, str, Any]] = [
    ("1_standards_throughput", "study_groups", ["SG15"]),
    ("1_standards_throughput", "study_groups", ["SG15", "SG17"]),
    ("1_standards_throughput", "study_groups", ["TSAG"]),
    ("3_target_progress", "baseline_year", 2019),
    ("4_gender_and_youth_gaps", "geography", ["Africa"]),
    ("4_gender_and_youth_gaps", "geography", ["Africa", "LDCs"]),
    ("8_approvals", "words", ["quantum", "accessibility"]),
]


def pages(edition: Edition, selections: bool) -> dict[str, tuple[Path, dict[str, Any]]]:
    """Golden texts of an edition: file name → notebook and parameters.

    The last year and the whole period have the pages of `SELECTIONS`, too, where asked for, and two years that are
    no neighbours, the later one cut, have a page side by side.
    """
    found = {}
    for year in [*edition.years, "all", *([SIDE_BY_SIDE] if selections else [])]:
        common = {"year": year, "edition": edition.name, "data_dir": str(edition.data_dir)}
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
            found[f"{edition.name}/{year}/{notebook.stem}"] = (notebook, common)
        for name, parameter, value in SELECTIONS if selections and year in (edition.years[-1], "all") else ():
            said = "-".join(value) if isinstance(value, list) else value
            chosen = (NOTEBOOKS / f"{name}.ipynb", common | {parameter: value})
            found[f"{edition.name}/{year}/{name}--{parameter}-{said}"] = chosen
    return found


def main() -> None:
    """Write all golden texts again; the diff is for review."""
    with tempfile.TemporaryDirectory() as scratch:
        every = pages(editions.edition(), True) | pages(small_report.edition(Path(scratch)), False)
        for name, (notebook, parameters) in every.items():
            files.write(FOLDER / f"{name}.txt", computed(notebook, parameters))


if __name__ == "__main__":
    main()
