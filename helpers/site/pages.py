"""An executed notebook to one self-contained page (nbconvert, own template)."""

from __future__ import annotations

import hashlib
import html
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.period import ALL
from helpers.show import theme
from helpers.site import adapter, jobs, keys, package
from helpers.site.jobs import LAB_ALONE, Job
from helpers.tables import load
from helpers.tables.editions import NOT_STATED, DataError, Edition

if TYPE_CHECKING:
    import nbformat
    from nbconvert import HTMLExporter

LIBRARIES = ["pandas", "matplotlib", "seaborn", "scipy", "papermill", "nbconvert", "jupyterlab"]
TEMPLATE = files(__package__).joinpath("template")
NAMED = "<!-- texts named -->"
MAX_ROWS, MAX_HOVER = 4, 160  # of a hover
MAX_PRINTED = 20_000  # characters that a cell may print on a page
FIGURE = re.compile(r'<figure class="chart" id="[^"]*" data-about="([^"]*)"')
DESIGNATION = re.compile(r"\b[A-Z]{1,3}\.\d+(?:\.\d+)*(?:-\d+)?\b")
TABLE = re.compile(r'<table class="data-table">(?:(?!>Title</th>).)*?</table>', re.DOTALL)  # one that has no titles
CELL = re.compile(r"(<td[^>]*>)([^<]*)(</td>)")
WORDS, UNIT = (
    re.compile(r'<(div class="answer"|figcaption)>.*?</(div|figcaption)>', re.DOTALL),
    re.compile(r"(?<=\d) %"),
)
HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.DOTALL)


@cache
def exporter() -> HTMLExporter:
    """nbconvert's exporter with this project's template, made once."""
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML
    from traitlets.config import Config

    made = HTMLExporter(
        config=Config(TagRemovePreprocessor={"remove_cell_tags": [LAB_ALONE]}),
        template_file="page.html.j2",
        extra_template_paths=[str(TEMPLATE)],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        # the same cells come back year after year
        filters={"highlight_code": lru_cache(500)(Highlight2HTML(pygments_lexer="ipython3"))},
    )
    style = theme.css_tokens() + read("style.css")
    made.environment.globals.update(style=style, script=read("page.js"), policy=policy())
    return made


@cache
def read(name: str) -> str:
    """A file of the template."""
    return TEMPLATE.joinpath(name).read_text("utf-8")


@cache
def policy(*more: str) -> str:
    """Content-Security-Policy of a page: nothing from outside, own scripts only (`more` beside every page's)."""
    digests = [b64encode(hashlib.sha256(read(name).encode()).digest()).decode() for name in ("page.js", *more)]
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def as_sender(made: dict[str, str]) -> None:
    """On a worker: pages name the commit of the machine that asked for them."""
    provenance().update(commit=made["commit"], date=made["date"])


@cache
def provenance() -> dict[str, str]:
    """What made the pages: commit and library versions."""
    return {"commit": keys.commit(), "date": keys.git("log", "-1", "--format=%cs")} | {
        name: version(name) for name in LIBRARIES
    }


def page(notebook: nbformat.NotebookNode, job: Job, error: str = "") -> str:
    """HTML of an executed notebook; `error` puts a failed run's message on top of it."""
    shorten(notebook)
    failed = ""
    if error:
        notebook, failed = as_far_as_it_ran(notebook)
    context = _context(job, answer(notebook)) | {"error": error, "failed_cell": failed}
    text = WORDS.sub(lambda words: UNIT.sub("\u00a0%", words[0]), adapter.html(exporter(), notebook, {"page": context}))
    return _with_contents(entitled(trace(_credited(text, job), rows_by_line(job)), titles(job)))


def _context(job: Job, headline: str) -> dict[str, Any]:
    notebooks = jobs.manifest()
    place = [notebook.name for notebook in notebooks].index(job.notebook.name)
    before, after = (notebooks[i] if 0 <= i < len(notebooks) else None for i in (place - 1, place + 1))
    return said_of(job.edition) | {
        "job": job,
        "parameters": shown_parameters(job),
        "years": [*job.edition.years, ALL],
        "previous": before,
        "next": after,
        "partial": keys.partial(job),
        "cite": cite(job),
        "about": package.article(job, headline, provenance()["date"]),
    }


def shown_parameters(job: Job) -> dict[str, Any]:
    """What makes the page again, for its footer."""
    return {"year": job.year, "edition": job.edition.name, **job.parameters}


def said_of(edition: Edition) -> dict[str, Any]:
    """What header and footer say of an edition, and of what made the page."""
    return {"edition": edition, "tables_version": edition.about["tables_version"], "provenance": provenance()}


def shorten(notebook: nbformat.NotebookNode) -> None:
    """Cut what a cell has printed without end, in however many pieces it came."""
    for cell in notebook.cells:
        printed = [output for output in cell.get("outputs", []) if output.get("output_type") == "stream"]
        text = "".join(output.text for output in printed)
        if len(text) > MAX_PRINTED:
            left_out = f"{len(text) - MAX_PRINTED:,} characters more are left out"
            printed[0].text = f"{text[:MAX_PRINTED]}\n… {left_out}"
            cell.outputs = [output for output in cell.outputs if not any(output is gone for gone in printed[1:])]


def as_far_as_it_ran(notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, str]:
    """A failed notebook up to the cell that raised, and that cell's source (empty where none raised)."""
    shown = notebook.copy()
    # papermill puts cells of its own around the error, which the page shows in its way
    shown.cells = [c for c in notebook.cells if adapter.NOTE not in c.metadata.get("tags", [])]
    for place, cell in enumerate(shown.cells):
        if any(output.get("output_type") == "error" for output in cell.get("outputs", [])):
            shown.cells = shown.cells[: place + 1]
            return shown, str(cell.source)
    return shown, ""


def cite(job: Job) -> str:
    """How to cite what a page works out: publisher, title, what was chosen, edition, data version, licence."""
    made, document, (by, licence) = provenance(), job.edition.about["document"], package.publisher()
    edition = job.edition.span + (f", {document}" if document != NOT_STATED else "")
    return (
        f"{by}: {job.notebook.title}, {job.label}. ITU plan report ({edition}), recomputed. "
        f"Data package {job.edition.about['tables_version']}, commit {made['commit']}"
        + (f" of {made['date']}" if made["date"] else "")
        + f", licence {licence}."
    )


def _credited(text: str, job: Job) -> str:
    """A page with its citation at each figure: of what is worked out, and of the figures that it is worked out from.

    Those are the report's, and the published ones that the figure's caption credits. The page cites all of them.
    """
    every, ours = {job.edition.cited: None}, cite(job)

    def put(match: re.Match[str]) -> str:
        about = json.loads(html.unescape(match[1]))
        every.update(dict.fromkeys(about["credits"]))
        credits = [*([job.edition.cited] if about["reported"] else []), *about["credits"]]
        cited = f"{ours} Figures: {'; '.join(credits)}."
        return f'{match[0]} data-cited="{html.escape(cited)}"'

    return FIGURE.sub(put, text).replace("<!-- credits -->", html.escape("; ".join(every)), 1)


def _with_contents(text: str) -> str:
    """Give every heading an id and fill the contents list."""
    seen: dict[str, int] = {}
    entries: list[tuple[str, str]] = []

    def anchor(match: re.Match[str]) -> str:
        level, attributes, inner = match[1], match[2], match[3]
        words = re.sub(r"<[^>]+>", "", inner)
        slug = re.sub(r"[^a-z0-9]+", "-", html.unescape(words).lower()).strip("-") or "part"
        seen[slug] = seen.get(slug, 0) + 1
        slug = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        if level == "2":
            entries.append((slug, words.strip()))
        bare = re.sub(r'\s*id="[^"]*"', "", attributes)
        return f'<h{level} id="{slug}"{bare}>{inner}</h{level}>'

    start, middle, end = text.partition("<main")
    article, closing, rest = end.partition("</main>")
    article = HEADING.sub(anchor, article)
    listed = "".join(f'<li><a href="#{slug}">{words}</a></li>' for slug, words in entries)
    return start.replace("<!-- contents -->", listed) + middle + article + closing + rest


def rows_by_line(job: Job) -> dict[int, str]:
    """What stands on each line of the report, in the tables that a page reads: for its sources."""
    found: dict[int, list[str]] = {}
    for name in job.notebook.tables or keys.tables(job.edition):
        for line, said in _lines_of(job.edition, name, keys.table_state(name, job.edition)):
            found.setdefault(line, []).append(said)
    more = {line: f"\n(and {len(rows) - MAX_ROWS} more rows)" for line, rows in found.items() if len(rows) > MAX_ROWS}
    return {line: "\n".join(rows[:MAX_ROWS]) + more.get(line, "") for line, rows in found.items()}


@lru_cache(40)
def _lines_of(edition: Edition, name: str, state: str) -> list[tuple[int, str]]:
    """Line and content of each row of a table in this state; nothing where it breaks the contract."""
    try:
        table = load.table(name, edition)
    except DataError:  # the notebook has said so
        return []
    rows = []
    for *values, _, line in table.itertuples(index=False, name=None):
        said = ", ".join(_plain(value) for value in values if not pd.isna(value) and value != "_T")
        rows.append((int(line), f"{name}: {said}"[:MAX_HOVER]))
    return rows


def _plain(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def trace(text: str, rows: dict[int, str]) -> str:
    """Turn `line 1417` and `lines 9–12` of sources into links to their rows, which stand at the end of the page.

    So a page that is opened alone has what it cites; from there a link leads on to the
    data page. A line without a row leads to the data page at once.
    """
    cited: dict[int, str] = {}

    def linked(match: re.Match[str]) -> str:
        line, place, title = int(match[2]), "../data.html", ""
        if said := rows.get(line):
            place, title = "", f' title="{html.escape(said)}"'
            cited[line] = html.escape(said).replace("\n", "<br>")
        return f'<a class="trace" href="{place}#line-{line}"{title}>{match[1]} {line}</a>{match[3] or ""}'

    pattern = re.compile(r"\b(lines?) (\d+)(–\d+)?")
    places = re.compile(
        r'(<p class="source">)(.*?)(</p>)|(<td>)((?:[\w. ]+, line \d+)|(?:[^<]*\(section [^<]*line \d+[^<]*))(</td>)',
        re.S,
    )
    traced = places.sub(
        lambda m: (m[1] or m[4]) + _outside_links(m[2] if m[1] else m[5], pattern, linked) + (m[3] or m[6]), text
    )
    return traced.replace("<!-- cited rows -->", _cited_rows(cited), 1)


def titles(job: Job) -> dict[str, str]:
    """Title of each Recommendation by its designation, where the notebook reads the catalogue: of its last approval."""
    if "approvals" not in job.notebook.published:
        return {}
    try:
        return _titles(job.edition.data_dir, tuple(keys.published_state(job.notebook, job.edition)))
    except DataError:  # the notebook has said so
        return {}


@lru_cache(4)
def _titles(data_dir: Path, state: tuple[str, ...]) -> dict[str, str]:
    texts = load.published("approvals", data_dir).query("document_type == 'recommendation'").sort_values("approved")
    named = zip(texts["designation"], texts["title"], strict=True)
    return {name: title for names, title in named for name in names.split("/") if not pd.isna(title)}


def entitled(text: str, titles: Mapping[str, str]) -> str:
    """A page whose tables lead from each Recommendation that they name to its title, which the script shows on hover.

    The titles stand at the end of the page, as the cited rows do. A table with titles of its own stays as it is.
    """
    named: dict[str, str] = {}

    def linked(match: re.Match[str]) -> str:
        if (name := match[0]) not in titles:
            return name
        named[name] = html.escape(titles[name])
        return f'<a href="#text-{name}">{name}</a>'

    def cells(match: re.Match[str]) -> str:
        return CELL.sub(lambda cell: cell[1] + DESIGNATION.sub(linked, cell[2]) + cell[3], match[0])

    text = TABLE.sub(cells, text)
    listed = "".join(f'<div id="text-{name}"><dt>{name}</dt><dd>{named[name]}</dd></div>' for name in sorted(named))
    head = '<section class="cited" aria-labelledby="texts-named"><h2>Texts named</h2>'
    said = f"{head}<details><summary>Titles of {len(named)} Recommendations in the tables</summary><dl>{listed}</dl>"
    return text.replace(NAMED, f"{said}</details></section>" if named else "", 1)


def _cited_rows(cited: dict[int, str]) -> str:
    """The rows that a page cites, by line, folded."""
    listed = "".join(
        f'<div id="line-{line}"><dt>Line {line}, <a href="../data.html#line-{line}">in the tables</a></dt>'
        f"<dd>{cited[line]}</dd></div>"
        for line in sorted(cited)
    )
    head = '<section class="cited" aria-labelledby="rows-cited"><h2>Rows cited</h2>'
    folded = f"<details><summary>The {len(cited)} lines of the report that this page cites</summary><dl>{listed}</dl>"
    return f"{head}{folded}</details></section>" if cited else ""


def _outside_links(text: str, pattern: re.Pattern[str], linked: Callable[[re.Match[str]], str]) -> str:
    parts = re.split(r"(<a .*?</a>|<button .*?</button>)", text, flags=re.S)
    return "".join(part if part.startswith(("<a ", "<button ")) else pattern.sub(linked, part) for part in parts)


def answer(notebook: nbformat.NotebookNode) -> str:
    """First sentence of the page's answer, as plain text; empty where none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get("text/html", "")
            match = re.search(r'<div class="answer"><p>(.*?)</p>', "".join(shown), re.DOTALL)
            if match:
                said = html.unescape(re.sub(r' <a class="page".*?</a>|<[^>]+>', "", match[1]))
                return UNIT.sub("\u00a0%", said)
    return ""
