"""The folder of pages: what is in it, the index over it, the bundle of a year.

A page carries its own key, headline and error in its head, so that the folder
needs no state beside the pages: a broken batch resumes, and two batches on one
folder cannot disagree. A job that fails never takes a whole page away: its error
page then stands beside (`NAME.failed.html`) until a run succeeds.
"""

from __future__ import annotations

import contextlib
import csv
import html
import posixpath
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from helpers.files import write
from helpers.site import keys
from helpers.site.jobs import ALL, manifest

if TYPE_CHECKING:
    from helpers.site.batch import Result

PLACE = "<!-- job -->"
NOTE = re.compile(r'<meta name="job-(key|headline|error)" content="([^"]*)">')
HEAD_BYTES = 8192
LOG_COLUMNS = ["finished", "page", "parameters", "state", "seconds", "key", "commit", "error"]


class TablesError(Exception):
    """The data page cannot be made: the tables break the contract."""


class Site:
    """Pages under `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.index = out / "index.html"

    def notes(self, name: str) -> dict[str, str]:
        """What a page says of itself: key, headline, error; empty where there is none."""
        try:
            with (self.out / f"{name}.html").open("rb") as file:
                head = file.read(HEAD_BYTES).decode("utf-8", "ignore")
        except OSError:
            return {}
        return {part: html.unescape(text) for part, text in NOTE.findall(head)}

    def holds(self, name: str, key: str) -> bool:
        """Whether a whole page made with this key is there, and no later run failed."""
        notes = self.notes(name)
        return notes.get("key") == key and not notes.get("error") and not self.notes(_failed(name))

    def store(self, result: Result, page: str, key: str) -> Result:
        """Write a page with its notes; the result, with an error where that failed."""
        noted = {"key": key, "headline": result.headline, "error": result.error[:1000]}
        metas = "\n".join(f'<meta name="job-{part}" content="{html.escape(text)}">' for part, text in noted.items())
        name, whole = result.job.name, self.notes(result.job.name)
        beside = result.failed and "key" in whole and not whole.get("error")
        text = (page or _bare_page(result)).replace(PLACE, metas, 1)
        try:
            write(self.out / f"{_failed(name) if beside else name}.html", text)
            if not beside:
                (self.out / f"{_failed(name)}.html").unlink(missing_ok=True)
        except OSError as failure:
            return replace(result, error=result.error or f"the page could not be written: {failure}")
        return result

    def log(self, result: Result, key: str, commit: str) -> None:
        """Add a line on one job to `runs.csv`, whole even when several batches write.

        A log that cannot be written stops no batch.
        """
        line = StringIO()
        made = csv.writer(line, lineterminator="\n")
        path = self.out / "runs.csv"
        if not path.exists():
            made.writerow(LOG_COLUMNS)
        state = "failed" if result.failed else "done"
        now = datetime.now(UTC).isoformat(timespec="seconds")
        error = " ".join(result.error.split())[:300]
        made.writerow(
            [
                now,
                result.job.name,
                dict(result.job.parameters) or "",
                state,
                f"{result.seconds:.2f}",
                key[:12],
                commit,
                error,
            ]
        )
        with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
            file.write(line.getvalue().encode())

    def index_page(self, years: list[int | str], data_version: str, state: dict[str, dict[str, str]]) -> str:
        """HTML of an index over pages; `state` is what each says of itself."""
        from helpers.site import pages

        template = pages.exporter().environment.get_template("site_index.html.j2")
        return template.render(
            notebooks=manifest(), years=years, state=state, data_version=data_version, provenance=pages.provenance()
        )

    def _states(
        self, years: list[int | str], data_dir: Path | None, failed: dict[str, str]
    ) -> dict[str, dict[str, str]]:
        """What every page says of itself: notes, why it is partial, and a later failure."""
        state = {}
        for name, year, notebook in ((f"{year}/{n.name}", year, n) for year in years for n in manifest()):
            whole, beside = self.notes(name), self.notes(_failed(name))
            later = beside.get("error", "")
            if name in failed and not whole.get("error"):
                later = failed[name]
            partial = keys.partial(notebook, year, data_dir)
            state[name] = whole | {
                "partial": partial,
                "later": later,
                "beside": "yes" if beside else "",
            }
        return state

    def prepare(self) -> None:
        """Make the folder. Raises `OSError` where nothing can be written there, before any work is done."""
        self.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.out):
            pass

    def refresh(self, all_years: list[int], data_version: str, data_dir: Path | None, failed: dict[str, str]) -> None:
        """Write the index and the data page where they are not what they should be.

        `failed` are this run's errors, for pages that could not be written. Raises
        `TablesError` where the tables break the contract.
        """
        years = [*all_years, ALL]
        state = self._states(years, data_dir, failed)
        key = keys.site_key(state, years, data_version)
        if self.notes("index").get("key") != key:
            write(self.index, _noted(self.index_page(years, data_version, state), key))
        key = keys.site_key(keys.tables_state(data_dir))
        if self.notes("data").get("key") != key or not (self.out / "data.xlsx").is_file():
            self._write_data(data_dir, key)

    def _write_data(self, data_dir: Path | None, key: str) -> None:
        from helpers.site import data_page
        from helpers.tables.load import DataError  # here, as an unchanged batch needs no pandas

        try:
            page, book = data_page.page(data_dir), data_page.workbook(data_dir)
        except DataError as error:
            raise TablesError(str(error)) from None
        write(self.out / "data.xlsx", book)
        write(self.out / "data.html", _noted(page, key))

    def bundle(self, year: str, target: Path, data_dir: Path | None = None) -> tuple[int, list[str]]:
        """Zip the whole pages of one year, with an index of its own, data page and workbook.

        Links that lead out of the bundle become plain text. Returns the number of
        files and the pages that are missing or failed. Raises `FileNotFoundError`
        where the year has no whole page.
        """
        from helpers.site.data_page import STAMP

        chosen = ALL if year == ALL else int(year)
        names = [f"{year}/{notebook.name}" for notebook in manifest()]
        whole = [name for name in names if (notes := self.notes(name)).get("key") and not notes.get("error")]
        if not whole:
            raise FileNotFoundError(f"{self.out / year} has no pages; run `python -m helpers run --year {year}`")
        state = self._states([chosen], data_dir, {})
        files = {"index.html": self.index_page([chosen], keys.data_version(data_dir), state).encode()}
        for name in [*(f"{page}.html" for page in whole), "data.html", "data.xlsx"]:
            if (self.out / name).is_file():
                files[name] = (self.out / name).read_bytes()
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for name, body in files.items():
                entry = ZipInfo(f"itu-plan-report-{year}/{name}", STAMP)
                entry.external_attr = 0o644 << 16
                text = _unlinked(body.decode(), name, set(files)).encode() if name.endswith(".html") else body
                archive.writestr(entry, text, ZIP_DEFLATED)
        write(target, content.getvalue())
        return len(files), [name for name in names if name not in whole]


def _noted(page: str, key: str) -> str:
    """The index or the data page with its key in its head."""
    return page.replace(PLACE, f'<meta name="job-key" content="{key}">', 1)


def _failed(name: str) -> str:
    return f"{name}.failed"


LINK = re.compile(r'<a\b[^>]*\bhref="([^":#]+\.html)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


def _unlinked(text: str, name: str, names: set[str]) -> str:
    """A page without the links that lead to none of `names`."""

    def kept(match: re.Match[str]) -> str:
        leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        return match[0] if leads_to in names else match[2]

    return LINK.sub(kept, text)


def _bare_page(result: Result) -> str:
    """A page for a job that came back without one."""
    from helpers.site import pages

    template = pages.exporter().environment.get_template("site_failed.html.j2")
    return template.render(job=result.job, error=result.error, data_version="", provenance=pages.provenance())
