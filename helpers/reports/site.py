"""The folder of pages: what is in it, and the index over it.

A page carries its own key, headline and error in its head, so that the folder
needs no state beside the pages: a broken batch resumes, and two batches on one
folder cannot disagree.
"""

from __future__ import annotations

import html
import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reports.jobs import ALL, manifest

if TYPE_CHECKING:
    from helpers.reports.batch import Result

PLACE = "<!-- job -->"
NOTE = re.compile(r'<meta name="job-(key|headline|error)" content="([^"]*)">')
HEAD_BYTES = 8192


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
        """Whether a whole page made with this key is there."""
        notes = self.notes(name)
        return notes.get("key") == key and not notes.get("error")

    def store(self, result: Result, page: str, key: str) -> Result:
        """Write a page with its notes; the result, with an error where that failed."""
        noted = {"key": key, "headline": result.headline, "error": result.error[:1000]}
        metas = "\n".join(f'<meta name="job-{part}" content="{html.escape(text)}">' for part, text in noted.items())
        try:
            write(self.out / f"{result.job.name}.html", (page or _bare_page(result)).replace(PLACE, metas, 1))
        except OSError as failure:
            return replace(result, error=result.error or f"the page could not be written: {failure}")
        return result

    def write_index(self, all_years: list[int], data_version: str, data_dir: Path | None) -> None:
        """Write the index of every page that is in the folder, and the data page."""
        from helpers.reports import data_page, pages

        years = [*all_years, ALL]
        state = {f"{year}/{n.name}": self.notes(f"{year}/{n.name}") for year in years for n in manifest()}
        text = (
            pages.exporter()
            .environment.get_template("site_index.html.j2")
            .render(
                notebooks=manifest(),
                years=years,
                state={name: notes for name, notes in state.items() if notes},
                data_version=data_version,
                provenance=pages.provenance(),
            )
        )
        write(self.index, text)
        write(self.out / "data.html", data_page.page(data_dir))
        write(self.out / "data.xlsx", data_page.workbook(data_dir))


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
