"""The index over all pages: notebooks by years, with headline and state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.reports import pages
from helpers.reports.jobs import ALL, manifest

if TYPE_CHECKING:
    from helpers.reports.batch import Result

STATE = "state.json"


def read_state(out: Path) -> dict[str, dict[str, Any]]:
    """What earlier batches left: page name → headline, error."""
    try:
        return json.loads((out / STATE).read_text("utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError):
        return {}


def write_index(out: Path, results: Sequence[Result], all_years: list[int], data_version: str) -> None:
    """Write the index of what is in `out`: these results and earlier pages."""
    state = read_state(out)
    for result in results:
        state[result.job.name] = {"headline": result.headline, "error": result.error}
    state = {name: entry for name, entry in state.items() if (out / f"{name}.html").exists()}
    pages.write(out / STATE, json.dumps(state, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    environment = pages.exporter().environment
    text = environment.get_template("site_index.html.j2").render(
        notebooks=manifest(),
        years=[*all_years, ALL],
        state=state,
        data_version=data_version,
        provenance=pages.provenance(),
    )
    pages.write(out / "index.html", text)
