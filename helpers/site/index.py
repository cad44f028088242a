"""The folder of pages: what is in it, the index over it, the bundle of a year.

    <edition>/<year>/<notebook>.html              a standard page
    <edition>/<year>/<notebook>--<what>.html      a selection of its own
    <edition>/<year>,<year>/<notebook>.html       several years held against each other, a selection, too
    <edition>/<year>/figures/                     each page's figures as SVG, PNG, CSV, JSON
    <edition>/data.html, data.xlsx, data/         the edition's tables, to read and as a data package
    index.html, find.html, runs.csv               over all editions

A page says itself what it is (`written.py`), so that the folder needs no state beside
the pages: a broken batch resumes, and two batches on one folder cannot disagree. A job
that fails never takes a whole page away: its error page then stands beside
(`NAME.failed.html`) until a run succeeds.
"""

from __future__ import annotations

import contextlib
import csv
import json
import posixpath
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from helpers.files import write
from helpers.period import ALL
from helpers.site import figures, jobs, keys
from helpers.site.execute import Result
from helpers.site.jobs import Notebook
from helpers.site.written import Written, sealed
from helpers.tables import editions as known
from helpers.tables.editions import Edition

LOG_COLUMNS = ["finished", "page", "parameters", "state", "seconds", "key", "commit", "error"]
SEVERAL = "Years side by side"
LINK = re.compile(r'<a\b[^>]*\bhref="([^":#]+\.html)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
Pages = Mapping[str, Mapping[str, str]]  # what each page says of itself, by its name


class Entry(NamedTuple):
    """One page of the index, made or not."""

    name: str
    year: str  # a year of the edition, `all`, or what else its folder is called
    label: str
    notes: Mapping[str, str]  # what the page says of itself; nothing where it is not made
    later: str  # error of a later run that failed
    beside: bool  # whether that run left a page of its own
    selection: bool

    @property
    def whole(self) -> bool:
        """Whether the page is made, and no error page."""
        return bool(self.notes.get("key")) and not self.notes.get("error")


class Cell(NamedTuple):
    """One cell of the index: standard pages of neighbouring years that say the same, and selections of theirs."""

    width: int  # columns
    pages: list[Entry]
    selections: list[Entry]


class Shelf(NamedTuple):
    """All pages of one edition, by notebook."""

    edition: str
    about: Mapping[str, str]
    entries: list[tuple[Notebook, list[Entry]]]

    @property
    def every(self) -> list[Entry]:
        """The pages of all notebooks."""
        return [entry for _, entries in self.entries for entry in entries]

    @property
    def columns(self) -> dict[str, str]:
        """Heading of each column of the index by its year; the last one's is that of several years, where there are."""
        years = {entry.year: entry.label for entry in self.every if not entry.selection}
        return years | ({"": SEVERAL} if any(entry.year not in years for entry in self.every) else {})

    @property
    def grid(self) -> list[tuple[Notebook, list[Cell]]]:
        """Rows of the index."""
        columns = list(self.columns)
        return [(notebook, _cells(entries, columns)) for notebook, entries in self.entries]


class Site(Written):
    """Pages under `out`."""

    def __init__(self, out: Path) -> None:
        super().__init__(out)
        self.index = out / "index.html"

    def holds(self, name: str, key: str) -> bool:
        """Whether a whole page made with this key is there with its figures, and no later run failed."""
        notes = self.taken(name)
        failed = (self.out / f"{_failed(name)}.html").exists()
        return notes.get("key") == key and not notes.get("error") and not failed and not self._files(name, notes)[1]

    def store(self, result: Result, page: str, key: str) -> Result:
        """Write a page with its notes; the result, with an error where that failed."""
        job, name, whole = result.job, result.job.name, self.notes(result.job.name)
        noted = {
            "key": key,
            "headline": result.headline,
            "error": result.error[:1000],
            "label": job.label[:300],
            "partial": keys.partial(job),
        } | _about(job.edition)
        beside = result.failed and "key" in whole and not whole.get("error")
        try:
            drawn = {} if result.failed else figures.of(page, name, self._pictures(name, whole))
            self.write(_failed(name) if beside else name, page or _bare_page(result), noted, drawn)
            if not beside:
                (self.out / f"{_failed(name)}.html").unlink(missing_ok=True)
        except OSError as failure:
            return replace(result, error=result.error or f"the page could not be written: {failure}")
        return result

    def _pictures(self, name: str, notes: Mapping[str, str]) -> dict[str, bytes]:
        """The pictures that stand beside a page (`figures/<file>` → content)."""
        files = [file for file in self._files(name, notes)[0] if file.endswith((".svg", ".png"))]
        return {file.split("/", 2)[2]: (self.out / file).read_bytes() for file in files}

    def log(self, result: Result, key: str, commit: str) -> None:
        """Add a line on one job to `runs.csv`, whole even when several batches write.

        A log that cannot be written stops no batch.
        """
        line, path = StringIO(), self.out / "runs.csv"
        made = csv.writer(line, lineterminator="\n")
        if not path.exists():
            made.writerow(LOG_COLUMNS)
        state, error = "failed" if result.failed else "done", " ".join(result.error.split())[:300]
        now, parameters = datetime.now(UTC).isoformat(timespec="seconds"), dict(result.job.parameters) or ""
        made.writerow([now, result.job.name, parameters, state, f"{result.seconds:.2f}", key[:12], commit, error])
        with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
            file.write(line.getvalue().encode())

    def prepare(self) -> None:
        """Make the folder. Raises `OSError` where nothing can be written there, before any work is done."""
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.out):
                pass
        except OSError as error:
            why = "there is a file of that name" if isinstance(error, FileExistsError) else error.strerror
            raise OSError(f"{self.out} can be no folder of pages ({why}); name another with --out") from None

    def refresh(self, editions: Iterable[Edition], failed: Mapping[str, str]) -> None:
        """Write the index and the editions' data pages where they are not what they should be.

        `failed` are this run's errors, for pages that could not be written. Raises
        `DataError` where the tables break the contract.
        """
        shelves = self._shelves({edition.name: _about(edition) for edition in editions}, failed)
        key = keys.site_key(shelves)
        if self.taken("index").get("key") != key:
            self.write("index", _index_page(shelves), {"key": key})
        for edition in editions:
            key, name = keys.site_key(keys.data_state(edition)), f"{edition.name}/data"
            if self.taken(name).get("key") != key or self.beside(name)[1]:
                self._write_data(edition, key)
        self._write_find(shelves, next((edition.data_dir for edition in editions), None))

    def _write_find(self, shelves: list[Shelf], data_dir: Path | None) -> None:
        """The find page over the editions that have a data page here, and their standard pages."""
        here = [known.edition(name, data_dir) for name in reversed(known.names(data_dir))]
        here = [edition for edition in here if self.notes(f"{edition.name}/data")]
        every = [entry for shelf in shelves for entry in shelf.every]
        made = {e.name: e.notes["headline"] for e in every if e.whole and not e.selection}
        drawn = [(name, self.out / file) for name in made for file in self.beside(name)[0] if file.endswith(".json")]
        charts = [(name, json.loads(file.read_bytes())) for name, file in drawn]
        listed = [(name, f"{name}.html#{said['page'].partition('#')[2]}", said["title"]) for name, said in charts]
        key = keys.site_key(made, listed, *map(keys.data_state, here))
        if self.taken("find").get("key") != key:
            from helpers.site import find

            self.write("find", find.page(here, made, listed), {"key": key})

    def _write_data(self, edition: Edition, key: str) -> None:
        from helpers.site import data_page, package, workbook

        page = data_page.page(edition)
        files = {"data.xlsx": workbook.workbook(edition, data_page.stamp(edition)), **package.tables(edition)}
        self.write(f"{edition.name}/data", page, {"key": key}, files)

    def _shelves(self, known: Pages, failed: Mapping[str, str]) -> list[Shelf]:
        """Every edition that has pages here, or is known, newest first."""
        ours = tuple(notebook.name for notebook in jobs.manifest())
        found: dict[str, dict[str, dict[str, str]]] = {name: {} for name in known}
        for path in sorted(self.out.glob("*/*/*.html")):
            name = path.relative_to(self.out).as_posix().removesuffix(".html")
            notes = self.taken(name) if path.name.startswith(ours) else {}
            if "years" in notes:
                found.setdefault(name.split("/")[0], {})[name] = notes
        shelves = []
        for edition, pages in found.items():
            about = known.get(edition) or next(iter(pages.values()))
            entries = [(n, _entries(edition, n, about["years"].split(), pages, failed)) for n in jobs.manifest()]
            shelves.append(Shelf(edition, {part: about[part] for part in ("span", "until", "cited")}, entries))
        return sorted(shelves, key=lambda shelf: (shelf.about["until"], shelf.edition), reverse=True)

    def bundle(self, edition: Edition, year: str, target: Path) -> tuple[int, list[str]]:
        """Zip the whole pages of one year, with an index of its own, data page and workbook.

        Selections stand in a folder of their own, those of several years in the bundle of each;
        the find page, over all years, stays out.
        Links that lead out of the bundle become plain text. Returns the number of files and
        what is left out, as it is missing, has failed, or is not what was written there. Raises
        `FileNotFoundError` where the year has no whole page.
        """
        from helpers.site import package
        from helpers.site.data_page import stamp

        shelf = next(s for s in self._shelves({edition.name: _about(edition)}, {}) if s.edition == edition.name)
        of_year = [(n, [e for e in entries if year in e.year.split(",")]) for n, entries in shelf.entries]
        shelf = shelf._replace(entries=of_year)
        if not any(entry.whole and not entry.selection for entry in shelf.every):
            command = f"python -m helpers run --edition {edition.name} --year {year}"
            raise FileNotFoundError(f"{self.out / edition.name / year} has no pages; run `{command}`")
        places, missing = self._bundled(shelf)
        contents = {name: (self.out / name).read_bytes() for name in places}
        contents |= {"index.html": _index_page([shelf]).encode(), "README.txt": package.readme(edition, year)}
        places |= {"index.html": "index.html", "README.txt": "README.txt"}
        raw = BytesIO()
        with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            for name, body in contents.items():
                entry = ZipInfo(f"{target.stem}/{places[name]}", stamp(edition))
                entry.external_attr = 0o644 << 16
                if name.endswith(".html"):
                    place = places[name].removesuffix(".html")
                    body = sealed(place, _relinked(body.decode(), name, places).encode())
                archive.writestr(entry, body, ZIP_DEFLATED)
        write(target, raw.getvalue())
        return len(contents), missing

    def _bundled(self, shelf: Shelf) -> tuple[dict[str, str], list[str]]:
        """The files of a bundle by their place here, with that in the bundle, and what is left out."""
        places: dict[str, str] = {}
        missing = [f"{entry.name}.html" for entry in shelf.every if not entry.whole]
        for page in [entry for entry in shelf.every if entry.whole]:
            drawn, wrong = self.beside(page.name)
            places |= {name: _in_bundle(page, name) for name in [f"{page.name}.html", *drawn]}
            missing += wrong
        files, wrong = self.beside(f"{shelf.edition}/data")
        data = [f"{shelf.edition}/data.html", *files, *wrong]
        if files and not wrong:
            return places | {name: name for name in data}, missing
        return places, missing + data


def _about(edition: Edition) -> dict[str, str]:
    """What the index needs to know of an edition, wherever its tables are."""
    years = [*map(str, edition.years), ALL]
    return {"span": edition.span, "until": edition.about["to"], "cited": edition.cited, "years": " ".join(years)}


def _entries(
    edition: str, notebook: Notebook, years: list[str], pages: Pages, failed: Mapping[str, str]
) -> list[Entry]:
    """A notebook's pages, year by year, each standard page before the selections of its year; then several years."""
    entries, places = [], {year: place for place, year in enumerate(years)}
    standards = {f"{edition}/{year}/{notebook.name}" for year in years}
    made = {name.removesuffix(".failed") for name in [*pages, *failed] if name.startswith(f"{edition}/")}
    made = {name for name in made if {*name.split("/")[1].split(",")} <= {*years}}
    ours = standards | {name for name in made if name.rpartition("/")[2].partition("--")[0] == notebook.name}
    for name in sorted(ours, key=lambda name: (places.get(name.split("/")[1], len(years)), name)):
        whole, beside = pages.get(name, {}), pages.get(_failed(name), {})
        later, year = beside.get("error", ""), name.split("/")[1]
        if name in failed and not whole.get("error"):
            later = failed[name]
        label = year.replace(ALL, "Whole period")
        if name not in standards:
            label = whole.get("label") or beside.get("label") or name.rpartition("--")[2]
        label = label[:1].upper() + label[1:]
        entries.append(Entry(name, year, label, whole, later, bool(beside), name not in standards))
    return entries


def _cells(entries: list[Entry], columns: list[str]) -> list[Cell]:
    """A row of the index: one cell a column, and one for neighbours whose pages say the same."""
    cells: list[Cell] = []
    for year in columns:
        of_year = [entry for entry in entries if (entry.year if entry.year in columns else "") == year]
        pages = [entry for entry in of_year if not entry.selection]
        chosen = [entry for entry in of_year if entry.selection]
        if cells and pages and cells[-1].pages and _said(cells[-1].pages[0]) == _said(pages[0]):
            last = cells[-1]
            cells[-1] = Cell(last.width + 1, last.pages + pages, last.selections + chosen)
        else:
            cells.append(Cell(1, pages, chosen))
    return cells


def _said(entry: Entry) -> tuple[str, ...]:
    """What a page's cell says; a failure stands alone."""
    failure = entry.name if entry.later or entry.notes.get("error") else ""
    return failure, entry.notes.get("headline", ""), entry.notes.get("partial", "")


def _index_page(shelves: list[Shelf]) -> str:
    """HTML of an index over pages."""
    from helpers.site import package, pages

    template = pages.exporter().environment.get_template("site_index.html.j2")
    about = package.index(" ".join(notebook.question for notebook in jobs.manifest()))
    return template.render(shelves=shelves, about=about, provenance=pages.provenance())


def _failed(name: str) -> str:
    return f"{name}.failed"


def _in_bundle(entry: Entry, name: str) -> str:
    """Place of a page's file in a bundle: a selection apart, so that nobody takes it for the standard page."""
    edition, year, file = name.split("/", 2)
    return f"{edition}/selections/{year}/{file}" if entry.selection else name


def _relinked(text: str, name: str, places: Mapping[str, str]) -> str:
    """A page with its links leading to where pages stand now, and without those to pages that are not there."""

    def kept(match: re.Match[str]) -> str:
        leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        if leads_to not in places:
            return match[2]
        there = posixpath.relpath(places[leads_to], posixpath.dirname(places[name]) or ".")
        return match[0].replace(f'href="{match[1]}', f'href="{there}', 1)

    return LINK.sub(kept, text)


def _bare_page(result: Result) -> str:
    """A page for a job that came back without one."""
    from helpers.site import package, pages

    template = pages.exporter().environment.get_template("site_failed.html.j2")
    job, parameters = result.job, pages.shown_parameters(result.job)
    about = package.article(job, "", pages.provenance()["date"])
    said = pages.said_of(job.edition)
    return template.render(job=job, parameters=parameters, error=result.error, about=about, **said)
