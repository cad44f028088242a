"""The overview's figures: stated figures, and targets measured, against small tables worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import overview
from helpers.period import Period
from helpers.selection import Selection
from helpers.tables import load
from helpers.tables.editions import Edition

RULES = """
figures:
  - {indicator: use, unit: " %", sentence: of people were online}
  - {indicator: projects, breakdown: Prizes, unit: "", sentence: projects were submitted}
silent:
  - Nothing is said of money.
"""


def made(tmp_path, years=(2022, 2023, 2024), year=2024, rules=RULES, **closes):
    """A selection of a made-up edition with these rules; closing days by table."""
    folder = tmp_path / "editions" / "made"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overview.yaml").write_text(rules, "utf-8")
    return Selection(Edition("made", tmp_path, {"closes": closes}), Period(years, year))


def tables(**rows):
    """Every table of the page, empty but for the `rows` given as dicts; section and line filled in."""
    found = {name: load.table(name).head(0) for name in overview.TABLES}
    for name, given in rows.items():
        frame = pd.DataFrame([{"section": "1.2", "line": line, **row} for line, row in enumerate(given, 1)])
        found[name] = frame.reindex(columns=found[name].columns).astype(found[name].dtypes)
    return found


def observed(indicator, year, value, breakdown=None, qualifier="exact", **other):
    """A row of `observations`, of the world unless told."""
    row = {"indicator": indicator, "year": year, "value": value, "breakdown": breakdown, "qualifier": qualifier}
    return {**row, "geography": "World", "sex": "_T", "age": "_T", **other}


TEXTS = [{"year": year, "study_group": "SG1"} for year in (2022, 2023, 2023, 2024)]


class TestStated:
    ROWS = (
        observed("use", 2022, 50), observed("use", 2024, 60), observed("use", 2024, 61), observed("use", 2019, 9),
        observed("use", 2023, 99, geography="LDCs"), observed("use", 2023, 98, sex="F"),
        observed("use", 2023, 97, "young"), observed("projects", 2023, 7, "Prizes"), observed("projects", 2023, 8),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("year", "now", "before"), [(2022, 50, None), (2023, None, None), (2024, 60, 50), (None, 60, 50)]
    )
    def test_chosen_year_and_the_figure_before(self, year, now, before):
        period = Period((2022, 2023, 2024), year)
        found = overview.stated(tables(observations=self.ROWS)["observations"], {"indicator": "use"}, period)
        assert list(found.rows["year"]) == [2022, 2024] and list(found.rows["value"]) == [50, 60]
        assert [row if row is None else row["value"] for row in found[1:]] == [now, before]

    def test_a_breakdown(self):
        entry = {"indicator": "projects", "breakdown": "Prizes"}
        found = overview.stated(tables(observations=self.ROWS)["observations"], entry, Period((2023,), 2023))
        assert found.now["value"] == 7 and found.before is None

    def test_nothing_stated(self):
        found = overview.stated(tables()["observations"], {"indicator": "use"}, Period((2023,), 2023))
        assert found.rows.empty and found.now is None and found.before is None


@pytest.mark.whole
def test_progress_counts_up_to_the_last_chosen_year():
    measured = {}
    for year in (2018, 2021, "all"):
        chosen = selection.choose(year)
        measured[year] = overview.progress(overview.tables(chosen), chosen)["value"].notna().sum()
    assert measured == {2018: 2, 2021: 8, "all": 8}
