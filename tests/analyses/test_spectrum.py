"""Notices: figures of the committed tables by hand, and small tables with every trap."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import spectrum
from helpers.period import Period
from helpers.selection import Selection
from helpers.tables import load
from helpers.tables.editions import Edition
from tests.frames import values


def made(tmp_path, years=(2023, 2024), year=2024, space=date(2024, 5, 5), ground="not stated", rules=""):
    """A selection of a made-up edition with these closing days."""
    (tmp_path / "editions" / "made").mkdir(parents=True, exist_ok=True)
    (tmp_path / "editions" / "made" / "spectrum.yaml").write_text(rules, "utf-8")
    closes = {"space_notices": space, "terrestrial_notices": ground}
    edition = Edition("made", tmp_path, {"closes": {k: v for k, v in closes.items() if v}})
    return Selection(edition, Period(years, year))


def space(*rows):
    """Rows of category, year, requests, note; lines counted from 1."""
    return _table("space_notices", rows)


def ground(*rows):
    """Rows of category, measure, year, notices; lines counted from 101."""
    return _table("terrestrial_notices", rows, 101)


def printed(*rows):
    """Rows of table, category, measure, printed_total; lines counted from 201."""
    return _table("printed_totals", rows, 201)


def _table(name, rows, line=1):
    empty = load.table(name).head(0)
    frame = pd.DataFrame(rows, columns=list(empty.columns)[:-2])
    return frame.assign(section="1.2", line=range(line, line + len(rows))).astype(empty.dtypes)


@pytest.fixture(scope="module")
def chosen():
    return selection.choose(2021)


@pytest.fixture(scope="module")
def both(chosen):
    return spectrum.notices(chosen.table("space_notices"), chosen.table("terrestrial_notices"), chosen)


class TestNotices:
    def test_the_edition_names_the_series(self, both):
        assert list(both.columns) == spectrum.NOTICES and len(both) == 12 + 32
        assert list(both["series"].unique()) == [
            "Coordination and notification requests", "Broadcasting-satellite requests", "Fixed-satellite requests",
            "Notices recorded (MIFR)", "Notices recorded (Plans)", "Reviews of findings", "Coast and ship stations",
            "HF broadcasting requirements", "Monitoring observations (2850-28000 kHz)",
            "Monitoring observations (406-406.1 MHz)",
            "Reports of harmful interference",
        ]  # fmt: skip

    def test_the_closing_day_of_each_table_tells_the_coverage(self, both):
        found = both.groupby(["table", "year"])["coverage"].unique().map(list)
        assert found["space_notices"].to_dict() == {
            2018: ["whole"],
            2019: ["whole"],
            2020: ["whole"],
            2021: ["partial"],
        }
        assert found["terrestrial_notices"][2021] == ["unknown"] and found["terrestrial_notices"][2020] == ["whole"]

    def test_without_names_the_printed_category_stands(self, tmp_path):
        rows = spectrum.notices(
            space(("Kind", 2023, 5, "late")), ground(("A/B", "A", 2024, 7), ("C", "value", 2024, 8)), made(tmp_path)
        )
        assert values(rows, "table", "category", "measure", "series", "year", "value", "note", "coverage", "line") == [
            ("space_notices", "Kind", "value", "Kind", 2023, 5, "late", "whole", 1),
            ("terrestrial_notices", "A/B", "A", "A/B (A)", 2024, 7, None, "unknown", 101),
            ("terrestrial_notices", "C", "value", "C", 2024, 8, None, "unknown", 102),
        ]

    def test_short_names(self, tmp_path):
        rows = spectrum.notices(space(("Kind", 2024, 5, None)), ground(), made(tmp_path, rules="short: {Kind: K}"))
        assert values(rows, "category", "series", "coverage") == [("Kind", "K", "partial")]

    def test_no_rows(self, tmp_path):
        rows = spectrum.notices(space(), ground(), made(tmp_path))
        assert rows.empty and list(rows.columns) == spectrum.NOTICES


class TestTotals:
    def test_the_reports_own(self, both, chosen):
        sums = spectrum.totals(both, chosen.table("printed_totals")).set_index("series")
        assert list(sums["state"].value_counts().reindex(["agrees", "ours only"])) == [10, 1] and len(sums) == 11
        assert sums.loc["HF broadcasting requirements", "ours"] == 31215 + 34344 + 31738 + 20806
        assert sums.loc["Notices recorded (MIFR)", "printed"] == 79134 + 81602 + 252555 + 73686

    def test_each_state(self, tmp_path):
        rows = ground(
            ("A", "value", 2023, 5), ("A", "value", 2024, 6),
            ("B", "value", 2023, 5), ("B", "value", 2024, None),
            ("C/D", "C", 2023, 1), ("C/D", "D", 2023, 2), ("E", "value", 2023, None),
        )  # fmt: skip
        told = [
            ("terrestrial_notices", "A", "value", 13), ("terrestrial_notices", "B", "value", 5),
            ("terrestrial_notices", "C/D", "C", 1), ("terrestrial_notices", "C/D", "D", None),
            ("space_notices", "A", "value", 11),
        ]  # fmt: skip
        sums = spectrum.totals(spectrum.notices(space(), rows, made(tmp_path)), printed(*told))
        assert values(sums, "series", "ours", "printed", "difference", "state", "line") == [
            ("A", 11, 13, -2, "differs", 201),
            ("B", 5, 5, 0, "incomplete", 202),
            ("C/D (C)", 1, 1, 0, "agrees", 203),
            ("C/D (D)", 2, None, None, "ours only", 204),
            ("E", None, None, None, "ours only", None),
        ]

    def test_no_rows(self, tmp_path):
        columns = ["table", "series", "ours", "printed", "difference", "state", "section", "line"]
        for told in (printed(), printed(("space_notices", "A", "value", 3))):
            sums = spectrum.totals(spectrum.notices(space(), ground(), made(tmp_path)), told)
            assert sums.empty and list(sums.columns) == columns


class TestChanges:
    def test_the_reports_own(self, both, chosen):
        moved = spectrum.changes(both, chosen).set_index("series")
        plan = moved.loc["Fixed-satellite requests"]
        assert plan["rate"] == pytest.approx(62 / (320 / 365)) and plan["ratio"] == pytest.approx(62 * 365 / 320 / 27)
        findings = moved.loc["Reviews of findings"]
        assert pd.isna(findings["rate"]) and findings["ratio"] == pytest.approx(51468 / 5221)
        assert (plan["coverage"], findings["coverage"], plan["note"]) == ("partial", "unknown", "until 16 November")

    def test_a_whole_year_is_its_own_rate(self, both):
        moved = spectrum.changes(both, selection.choose(2020)).set_index("series")
        assert list(moved.loc["Fixed-satellite requests", ["before", "now", "rate"]]) == [51, 27, 27]
        assert moved.loc["Fixed-satellite requests", "ratio"] == pytest.approx(27 / 51)

    def test_the_whole_period_holds_last_against_first(self, both):
        moved = spectrum.changes(both, selection.choose("all")).set_index("series")
        assert list(moved.loc["Reports of harmful interference", ["before", "now"]]) == [1096, 1163]

    def test_a_leap_year_has_366_days(self, tmp_path):
        chosen = made(tmp_path)  # to 5 May 2024: 31 + 29 + 31 + 30 + 5 days
        moved = spectrum.changes(
            spectrum.notices(space(("A", 2023, 10, None), ("A", 2024, 7, None)), ground(), chosen), chosen
        )
        assert moved["rate"].item() == pytest.approx(7 / (126 / 366))
        assert moved["ratio"].item() == pytest.approx(7 / (126 / 366) / 10)

    def test_zero_and_missing_have_no_ratio_and_stay(self, tmp_path):
        chosen = made(tmp_path, space=None)
        rows = space(
            ("none before", 2023, 0, None), ("none before", 2024, 3, None), ("none now", 2023, 4, None),
            ("none now", 2024, 0, None), ("new", 2024, 5, None), ("gone", 2023, 6, None), ("hole", 2023, 7, None),
            ("hole", 2024, None, None),
        )  # fmt: skip
        moved = spectrum.changes(spectrum.notices(rows, ground(), chosen), chosen)
        assert values(moved, "series", "before", "now", "ratio") == [
            ("none before", 0, 3, None), ("none now", 4, 0, 0), ("new", None, 5, None), ("gone", 6, None, None),
            ("hole", 7, None, None),
        ]  # fmt: skip

    @pytest.mark.parametrize("years", [(2024,), (2022, 2024)])
    def test_no_year_before(self, tmp_path, years):
        chosen = made(tmp_path, years=years)
        moved = spectrum.changes(spectrum.notices(space(("A", 2024, 7, None)), ground(), chosen), chosen)
        assert moved.empty
        assert list(moved.columns) == ["series", "before", "now", "rate", "ratio", "coverage", "note"]

    def test_no_rows(self, tmp_path):
        chosen = made(tmp_path)
        assert spectrum.changes(spectrum.notices(space(), ground(), chosen), chosen).empty

    def test_one_name_in_both_tables_is_two_series(self, tmp_path):
        chosen = made(tmp_path)
        rows = [("A", year, 10, None) for year in (2023, 2024)], [("A", "value", year, 8) for year in (2023, 2024)]
        moved = spectrum.changes(spectrum.notices(space(*rows[0]), ground(*rows[1]), chosen), chosen)
        assert values(moved, "series", "now", "coverage") == [("A", 10, "partial"), ("A", 8, "unknown")]


class TestStanding:
    def test_half_of_the_terrestrial_series(self, both, chosen):
        found = spectrum.standing(both, chosen.period)
        assert found[:3] == (2020, 4, 8)
        assert found.low == pytest.approx(20806 / 31738) and found.high == pytest.approx(125 / 174)

    def test_the_shortest_half_of_an_odd_number(self, tmp_path):
        chosen = made(tmp_path)  # ratios 0.5, 0.6, 0.9, 7, 20; none of D and E, which have nothing before
        rows = [(name, "value", 2023, 100) for name in "ABC"]
        rows += [("A", "value", 2024, 90), ("B", "value", 2024, 60), ("C", "value", 2024, 50), ("D", "value", 2024, 1)]
        rows += [("E", "value", 2023, 0), ("E", "value", 2024, 1)]
        rows += [("F", "value", 2023, 1), ("F", "value", 2024, 7), ("G", "value", 2023, 1), ("G", "value", 2024, 20)]
        found = spectrum.standing(spectrum.notices(space(), ground(*rows), chosen), chosen.period)
        assert found == (2023, 3, 5, 0.5, 0.9)

    def test_two_series_are_no_half(self, tmp_path):
        chosen = made(tmp_path)
        rows = ground(*((name, "value", year, year) for name in "AB" for year in (2023, 2024)))
        assert spectrum.standing(spectrum.notices(space(), rows, chosen), chosen.period) is None

    def test_none_where_every_closing_day_is_known(self, tmp_path):
        chosen = made(tmp_path, ground=None)
        rows = [(name, "value", year, year) for name in "ABC" for year in (2023, 2024)]
        assert spectrum.standing(spectrum.notices(space(), ground(*rows), chosen), chosen.period) is None


class TestComposition:
    def test_shares_of_2020(self, both):
        found = spectrum.composition(both, "space_notices", selection.choose(2020).period)
        assert values(found, "series", "value") == [
            ("Coordination and notification requests", 886), ("Broadcasting-satellite requests", 186),
            ("Fixed-satellite requests", 27),
        ]  # fmt: skip
        assert list(found["share"]) == pytest.approx([886 / 1099, 186 / 1099, 27 / 1099])

    def test_the_whole_period_together_without_what_has_no_count(self, tmp_path):
        chosen = made(tmp_path, year=None)
        rows = ground(
            ("A", "value", 2023, 1), ("A", "value", 2024, 2), ("B", "value", 2024, 9), ("C", "value", 2023, None)
        )
        found = spectrum.composition(spectrum.notices(space(), rows, chosen), "terrestrial_notices", chosen.period)
        assert values(found, "series", "value", "share") == [("B", 9, 0.75), ("A", 3, 0.25)]

    def test_equal_series_stand_in_the_reports_order(self, tmp_path):
        chosen, rows = made(tmp_path), ground(*((f"S{n}", "value", 2024, 1 + n % 2) for n in range(40)))
        found = spectrum.composition(spectrum.notices(space(), rows, chosen), "terrestrial_notices", chosen.period)
        assert list(found["series"]) == [f"S{n}" for n in (*range(1, 40, 2), *range(0, 40, 2))]

    def test_no_share_of_nothing(self, tmp_path):
        chosen = made(tmp_path)
        zero = spectrum.notices(space(("A", 2024, 0, None)), ground(), chosen)
        assert values(spectrum.composition(zero, "space_notices", chosen.period), "value", "share") == [(0, None)]
        found = spectrum.composition(zero, "terrestrial_notices", chosen.period)
        assert found.empty and list(found.columns) == ["series", "value", "share"]


class TestFootnotes:
    def test_the_reports_own(self, both):
        assert values(spectrum.counted_apart(both), "series", "year", "resolution", "under", "rest", "all") == [
            ("Broadcasting-satellite requests", 2020, "Resolution 559", 90, 96, 186)
        ]
        assert values(spectrum.split_years(both), "year", "rest", "under", "coverage") == [
            (2018, 135, 0, "whole"), (2019, 73, 0, "whole"), (2020, 96, 90, "whole"), (2021, 63, 0, "partial"),
        ]  # fmt: skip

    def test_series_with_counted_footnotes_stand_together(self, tmp_path):
        rows = space(
            ("A", 2023, 10, "includes 4 requests under Resolution 1 (WRC-23)"), ("A", 2024, 5, None),
            ("B", 2023, 20, "late; includes 1 requests under Resolution 2"), ("C", 2023, 7, "postponed"),
            ("B", 2024, None, "includes 3 requests under Resolution 2"),
        )  # fmt: skip
        both = spectrum.notices(rows, ground(), made(tmp_path))
        assert values(spectrum.counted_apart(both), "series", "year", "under", "rest") == [
            ("A", 2023, 4, 6),
            ("B", 2023, 1, 19),
        ]
        assert values(spectrum.split_years(both), "year", "rest", "under") == [(2023, 25, 5), (2024, 5, 0)]
        assert list(spectrum.counted_apart(both).index) == [0, 1]

    def test_none(self, tmp_path):
        for rows in (space(), space(("A", 2023, 10, None))):
            both = spectrum.notices(rows, ground(), made(tmp_path))
            assert spectrum.counted_apart(both).empty and spectrum.split_years(both).empty
            assert list(spectrum.split_years(both).columns) == ["year", "rest", "under", "coverage"]


class TestSwings:
    def test_whole_years_alone(self, both):
        found = spectrum.swings(both)
        assert found.index[0] == "Reviews of findings" and found.iloc[0] == pytest.approx(5221 / 164)
        assert found.index[-1] == "Reports of harmful interference" and found.iloc[-1] == pytest.approx(1165 / 1088)
        assert len(found) == 11

    def test_zero_one_year_and_missing_are_left_out(self, tmp_path):
        chosen = made(tmp_path, years=(2022, 2023, 2024))
        rows = space(
            ("A", 2022, 2, None), ("A", 2023, 6, None), ("A", 2024, 60, None), ("zero", 2022, 0, None),
            ("zero", 2023, 1, None), ("one", 2022, 1, None), ("hole", 2022, 1, None), ("hole", 2023, None, None),
        )  # fmt: skip
        assert spectrum.swings(spectrum.notices(rows, ground(), chosen)).to_dict() == {"A": 3}

    def test_no_rows(self, tmp_path):
        assert spectrum.swings(spectrum.notices(space(), ground(), made(tmp_path))).empty
