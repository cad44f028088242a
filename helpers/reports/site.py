"""The folder of pages: what is in it, and the index over it."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.reports.jobs import ALL, manifest

if TYPE_CHECKING:
    from helpers.reports.batch import Result

STATE = "state.json"


class Site:
    """Pages under `out`, with a state file: page name → key, headline, error."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.index = out / "index.html"
        self.state: dict[str, dict[str, Any]] = _read_state(out)

    def holds(self, name: str, key: str) -> bool:
        """Whether a whole page made with this key is there."""
        entry = self.state.get(name, {})
        return entry.get("key") == key and not entry.get("error") and (self.out / f"{name}.html").is_file()

    def store(self, result: Result, page: str, key: str) -> Result:
        """Write a page and remember it at once, so that a broken batch resumes."""
        name = result.job.name
        try:
            page = page or _bare_page(result)
            write(self.out / f"{name}.html", page)
            self.state[name] = {"key": key, "headline": result.headline, "error": result.error}
            write(self.out / STATE, json.dumps(self.state, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        except OSError as failure:
            reason = f"the page could not be written: {failure}"
            return replace(result, error=result.error or reason)
        return result

    def write_index(self, all_years: list[int], data_version: str, data_dir: Path | None) -> None:
        """Write the index of every page that is in the folder, and the data page."""
        from helpers.reports import data_page, pages

        self.state = {name: entry for name, entry in self.state.items() if (self.out / f"{name}.html").exists()}
        text = (
            pages.exporter()
            .environment.get_template("site_index.html.j2")
            .render(
                notebooks=manifest(),
                years=[*all_years, ALL],
                state=self.state,
                data_version=data_version,
                provenance=pages.provenance(),
            )
        )
        write(self.index, text)
        write(self.out / "data.html", data_page.page(data_dir))
        write(self.out / "data.xlsx", data_page.workbook(data_dir))


def _bare_page(result: Result) -> str:
    """A page for a job that never came back."""
    import html

    said = html.escape(result.error)
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Failed</title><h1>This page failed.</h1><pre>{said}</pre></html>\n'


def _read_state(out: Path) -> dict[str, dict[str, Any]]:
    try:
        state = json.loads((out / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


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
