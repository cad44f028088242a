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
import os
import posixpath
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from helpers.reports import keys
from helpers.reports.jobs import ALL, manifest

if TYPE_CHECKING:
    from helpers.reports.batch import Result

PLACE = "<!-- job -->"
NOTE = re.compile(r'<meta name="job-(key|headline|error)" content="([^"]*)">')
HEAD_BYTES = 8192
LOG_COLUMNS = ["finished", "page", "parameters", "state", "seconds", "key", "commit", "error"]


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

    def index_page(self, years: list[int | str], data_version: str, data_dir: Path | None) -> str:
        """HTML of an index over the pages of `years` that are in the folder."""
        from helpers.reports import pages

        template = pages.exporter().environment.get_template("site_index.html.j2")
        return template.render(
            notebooks=manifest(),
            years=years,
            state={f"{year}/{n.name}": self._state(year, n, data_dir) for year in years for n in manifest()},
            data_version=data_version,
            provenance=pages.provenance(),
        )

    def _state(self, year: int | str, notebook: keys.Notebook, data_dir: Path | None) -> dict[str, Any]:
        name = f"{year}/{notebook.name}"
        whole, failed = self.notes(name), self.notes(_failed(name))
        return whole | {"partial": keys.partial(notebook, year, data_dir), "later": failed.get("error", "")}

    def write_index(self, all_years: list[int], data_version: str, data_dir: Path | None) -> None:
        """Write the index of every page that is in the folder, and the data page."""
        from helpers.reports import data_page

        write(self.index, self.index_page([*all_years, ALL], data_version, data_dir))
        write(self.out / "data.html", data_page.page(data_dir))
        write(self.out / "data.xlsx", data_page.workbook(data_dir))

    def bundle(self, year: str, target: Path) -> int:
        """Zip the pages of one year, with an index of its own, data page and workbook; the number of files.

        Links that lead out of the bundle become plain text. Raises
        `FileNotFoundError` where the year has no pages.
        """
        from helpers.reports.data_page import STAMP

        found = sorted((self.out / year).glob("*.html"))
        if not found:
            raise FileNotFoundError(f"{self.out / year} has no pages; run `python -m helpers run --year {year}`")
        chosen = ALL if year == ALL else int(year)
        files = {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}
        files["index.html"] = self.index_page([chosen], keys.data_version(), None).encode()
        for name in ("data.html", "data.xlsx"):
            if (self.out / name).is_file():
                files[name] = (self.out / name).read_bytes()
        with tempfile.TemporaryDirectory(prefix=".bundle-", dir=self.out) as beside:
            with ZipFile(Path(beside) / target.name, "w", ZIP_DEFLATED) as archive:
                for name, content in files.items():
                    body = _unlinked(content.decode(), name, set(files)).encode() if name.endswith(".html") else content
                    archive.writestr(ZipInfo(f"itu-plan-report-{year}/{name}", STAMP), body, ZIP_DEFLATED)
            os.replace(Path(beside) / target.name, target)
        return len(files)


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
    """A page for a job that never came back."""
    said = html.escape(result.error)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8">{PLACE}<title>Failed</title>'
    return f"{head}<main><h1>This page failed.</h1><pre>{said}</pre></main></html>\n"


def write(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it in when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
