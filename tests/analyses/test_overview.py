"""The overview's figures: counts by year, stated figures, against small tables worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import overview
from helpers.selection import Period, Selection
from helpers.tables import load
from helpers.tables.editions import Edition
from tests.analyses.test_spectrum import values

RULES = """
figures:
  - {indicator: use, page: 3_targets, what: of people online, unit: " %", sentence: of people were online}
  - {indicator: projects, breakdown: Prizes, page: 5_participation, what: projects}
counts:
  - {series: Texts, table: itut_recommendations}
  - {series: Requests, table: space_notices, value: requests}
  - {series: Recorded, table: terrestrial_notices, value: notices, where: {category: Kind, measure: A}}
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
SPACE = [{"category": name, "year": year, "requests": n} for name, year, n in
         (("A", 2023, 5), ("B", 2023, 7), ("A", 2024, None), ("B", 2024, 2), ("A", 2022, None))]  # fmt: skip
GROUND = [{"category": name, "measure": of, "year": 2024, "notices": n} for name, of, n in
          (("Kind", "A", 9), ("Kind", "B", 100), ("Other", "A", 1000))]  # fmt: skip


class TestDelivered:
    def test_rows_or_a_column(self):
        found = tables(itut_recommendations=TEXTS, space_notices=SPACE)
        assert overview.by_year(found["itut_recommendations"]).to_dict() == {2022: 1, 2023: 2, 2024: 1}
        requests = overview.by_year(found["space_notices"], "requests")
        assert requests[2023] == 12 and requests[2024] == 2 and pd.isna(requests[2022])

    @pytest.mark.parametrize(
        ("year", "texts", "requests"), [(2022, 1, None), (2023, 2, 12), (2024, 1, 2), (None, 4, 14)]
    )
    def test_the_chosen_years_together(self, year, texts, requests):
        found, period = tables(itut_recommendations=TEXTS, space_notices=SPACE), Period((2022, 2023, 2024), year)
        assert overview.delivered(found["itut_recommendations"], period) == texts
        total = overview.delivered(found["space_notices"], period, "requests")
        assert total == requests or (requests is None and pd.isna(total))
        assert pd.isna(overview.delivered(found["itut_workshops"], period, "workshops"))


class TestCounts:
    def test_as_the_edition_names_them(self, tmp_path):
        chosen = made(tmp_path, space_notices=date(2024, 5, 5), terrestrial_notices="not stated")
        found = tables(itut_recommendations=TEXTS, space_notices=SPACE, terrestrial_notices=GROUND)
        small = overview.counts(found, chosen)
        assert values(small, *overview.COUNTS) == [
            ("Texts", 2022, 1, "whole", "1.2", 1), ("Texts", 2023, 2, "whole", "1.2", 2),
            ("Texts", 2024, 1, "whole", "1.2", 4), ("Requests", 2022, None, "whole", "1.2", 5),
            ("Requests", 2023, 12, "whole", "1.2", 1), ("Requests", 2024, 2, "partial", "1.2", 3),
            ("Recorded", 2024, 9, "unknown", "1.2", 1),
        ]  # fmt: skip

    @pytest.mark.parametrize("rules", ["", RULES])
    def test_none_named_or_no_rows(self, tmp_path, rules):
        small = overview.counts(tables(), made(tmp_path, rules=rules))
        assert small.empty and list(small.columns) == overview.COUNTS

    def test_the_reports_own(self):
        chosen = selection.choose(2021)
        small = overview.counts(overview.tables(chosen), chosen)
        last = small[small["year"] == 2021]
        assert values(last, "series", "value", "coverage", "section", "line") == [
            ("ITU-T texts", 189, "partial", "1.3", 323), ("Space requests", 1618, "partial", "1.2", 198),
            ("MIFR notices recorded", 73686, "unknown", "1.2", 234), ("ITU-T workshops", 44, "partial", "1.10", 1148),
        ]  # fmt: skip
        assert len(small) == 16


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


def test_progress_counts_up_to_the_last_chosen_year():
    measured = {}
    for year in (2018, 2021, "all"):
        chosen = selection.choose(year)
        measured[year] = overview.progress(overview.tables(chosen), chosen)["value"].notna().sum()
    assert measured == {2018: 2, 2021: 8, "all": 8}
