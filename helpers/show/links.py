"""Links from one page to the others of the same year."""

from __future__ import annotations

import html

import pandas as pd

from helpers.selection import ALL, Period
from helpers.show.tables import Shown

NAMES = {
    "1_standards_throughput": "Standards throughput",
    "2_spectrum_notices": "Spectrum notices",
    "3_target_progress": "Target progress",
    "4_gender_and_youth_gaps": "Gender and youth gaps",
    "5_participation": "Participation",
    "6_resolutions_and_results": "Resolutions and results",
    "7_consistency_audit": "Consistency audit",
}


def links(figures: pd.DataFrame, period: Period) -> Shown:
    """A list of the other pages of the period, with the figures that each explains."""
    year = period.year or ALL
    items = []
    for name, title in NAMES.items():
        explains = ", ".join(html.escape(what) for what in figures.loc[figures["page"] == name, "what"])
        about = f": {explains}" if explains else ""
        items.append(f'<li><a href="../{year}/{name}.html">{title}</a>{about}</li>')
    return Shown(f'<ul class="links">{"".join(items)}</ul>')
