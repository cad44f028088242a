"""Findings by kind, severity and the year that they name."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import audit
from helpers.analyses.audit import Finding
from helpers.selection import Selection
from helpers.sentences import audit as words
from helpers.show import charts
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.tables import load

SHOWN = EVERY, NAMED = "every finding", "findings that name the year"


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("7_consistency_audit", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    found = audit.audit(load.every(chosen.edition), chosen, chosen.published("approvals"))
    kinds = dict.fromkeys(finding.kind for finding in found)
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("severity", "Severity", [(f"severity ‘{name}’", name) for name in audit.SEVERITIES], several=True),
        Control("kinds", "Kinds of check", [(words.KINDS[kind], kind) for kind in kinds], several=True),
    ]
    return Question(controls, partial(_view, found, words.findings(found)))


def _view(
    found: list[Finding], said: pd.DataFrame, chosen: Selection, shown: str, severity: list[str], kinds: list[str]
) -> View:
    rows = kept(kept(said.assign(nth=range(len(said))), "severity", severity), "kind", kinds)
    rows = words.naming(rows, chosen.period) if shown == NAMED else rows
    named = words.naming_caption(rows, chosen.period) if shown == NAMED else words.every_caption(rows)
    bars = words.kinds(audit.summary([found[nth] for nth in rows["nth"]]))
    whole = len(rows) and not severity  # which of all checks hold
    title, answer = (words.kinds_caption(rows), words.answer(rows)) if whole else (words.every_caption(rows), [])
    chart = charts.stacked_bars(bars, "kind", words.labels(bars), title, anchor=ANCHOR)
    return View(answer, chart, rows.drop(columns="nth"), words.table(rows), named)
