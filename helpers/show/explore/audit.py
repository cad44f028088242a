"""Findings of one severity, by kind of check."""

from __future__ import annotations

from functools import partial

from helpers.analyses import audit
from helpers.analyses.audit import Finding
from helpers.sentences import audit as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

EVERY = "All findings"


def explore(found: list[Finding]) -> None:
    """Findings of one severity, by kind of check."""
    panel(partial(_draw, found), severity=[EVERY, *audit.SEVERITIES])


def _draw(found: list[Finding], severity: str) -> Chart | Shown:
    rows = [finding for finding in found if severity in (EVERY, finding.severity)]
    bars = words.kinds(audit.summary(rows))
    return charts.stacked_bars(
        bars, "kind", words.labels(bars), words.severity_caption(len(rows), severity), anchor="explore"
    )
