"""Gaps over the years: the official workbook's figures by hand, and small tables with every branch."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analyses import gap_series
from helpers.analyses.gap_series import AGES, AREAS, CROSSED, NARROWED, ONLINE, PHONES, UNSURE, WIDENED
from helpers.rounding import Interval
from helpers.tables import load
from tests.analyses.test_gaps import men, stated, women

approx = pytest.approx
SERIES, SOURCES = load.published("series"), load.published("sources")
KINDS = {"World": "world", "LDCs": "group", "High-income countries": "income", "Developed countries": "development"}


def published(gap, *rows, source="new", sheet="S"):
    """Series of a gap: rows of geography, year, first share, second share; each cell on a row of its own."""
    made = []
    for line, (place, year, *shares) in enumerate(rows, 1):
        for letter, group, value in zip("AB", (gap.first, gap.second), shares, strict=True):
            column, code = gap_series.GROUPS[group]
            made.append(
                {"indicator": gap.indicator, "geography": place, "geography_kind": KINDS.get(place, "region"),
                 "sex": "_T", "age": "_T", "location": "_T", "year": year, "value": value, "unit": "percent",
                 "source": source, "place": f"{sheet}!{letter}{line}", column: code}
            )  # fmt: skip
    return pd.DataFrame(made, columns=SERIES.columns).astype(SERIES.dtypes)


def sources(**decimals):
    """Sources of 2030: name → decimals that it states, or a date and the decimals."""
    rows = [
        {"source": name, "publisher": "ITU", "title": "Key figures", "link": "https://example.org", "licence": "free",
         "edition_date": said[0] if isinstance(said, tuple) else "2030-05",
         "decimals": said[1] if isinstance(said, tuple) else said}
        for name, said in decimals.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=SOURCES.columns).astype(SOURCES.dtypes)


ONE = sources(new=1)


def course(gap, *rows, places=None, of=ONE):
    return gap_series.course(published(gap, *rows), of, gap, places or dict.fromkeys(row[0] for row in rows))


def moved(*rows, gap=ONLINE, of=ONE):
    """What became of the ratio and of the points of one geography."""
    row = course(gap, *rows, of=of).moves.iloc[0]
    return row["ratio_moved"], row["points_moved"]


class TestOfficialFigures:
    @pytest.mark.parametrize(
        ("gap", "place", "first", "last"),
        [
            (ONLINE, "World", (2019, 50.4, 55.5, 5.1), (2024, 65.3, 69.5, 4.2)),
            (ONLINE, "Arab States", (2019, 51.0, 59.0, 8.0), (2024, 64.4, 75.1, 10.7)),
            (ONLINE, "Americas", (2019, 75.5, 76.4, 0.9), (2024, 87.1, 85.5, -1.6)),
            (PHONES, "LDCs", (2021, 48.3, 66.1, 17.8), (2024, 54.9, 70.9, 16.0)),
            (AGES, "Africa", (2021, 48.2, 26.5, 21.7), (2024, 53.0, 33.6, 19.4)),
            (AREAS, "SIDS", (2021, 78.7, 38.4, 40.3), (2024, 81.4, 40.7, 40.7)),
        ],
    )
    def test_by_hand(self, gap, place, first, last):
        rows = gap_series.by_year(SERIES, SOURCES, gap, [place])
        assert list(rows["year"]) == list(range(first[0], last[0] + 1)) and set(rows["decimals"]) == {1}
        for row, (year, above, below, points) in zip(rows.iloc[[0, -1]].to_dict("records"), (first, last), strict=True):
            assert (row["year"], row[gap.first], row[gap.second], row["points"]) == (year, above, below, points)
            assert row["ratio"] == approx(above / below, abs=1e-9)
            assert row["low"] == approx((above - 0.05) / (below + 0.05), abs=1e-9)
            assert row["high"] == approx((above + 0.05) / (below - 0.05), abs=1e-9)
            assert (row["points_low"], row["points_high"]) == (approx(points - 0.1), approx(points + 0.1))

    def test_each_row_names_its_cells(self):
        rows = gap_series.by_year(SERIES, SOURCES, ONLINE, ["Arab States"]).set_index("year")
        assert rows.loc[2024, "place"] == "By gender!N20, U20" and set(rows["source"]) == {"itu-key-2024-11"}

    def test_the_world_first_then_regions_groups_and_incomes(self):
        every = gap_series.course(SERIES, SOURCES, ONLINE, gap_series.geographies(load.table("observations"), SERIES))
        assert list(dict.fromkeys(every.rows["geography"])) == [
            "World", "Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe", "LDCs", "LLDCs", "SIDS",
            "Low-income countries", "Lower-middle-income countries", "Upper-middle-income countries",
            "High-income countries",
        ]  # fmt: skip
        assert every.missing == ["Developed countries", "Developing countries"]
        assert every.sources["source"].tolist() == ["itu-key-2024-11"]

    def test_two_stories(self):
        told = [
            gap_series.two_stories(gap_series.course(SERIES, SOURCES, gap, SERIES["geography"].unique()).moves)
            for gap in (ONLINE, PHONES, AGES, AREAS)
        ]
        online, phones, ages, areas = (list(rows["geography"]) for rows in told)
        assert (online, phones, ages) == (["Africa", "Lower-middle-income countries"], [], [])
        assert areas == ["Africa", "Arab States", "LDCs", "LLDCs", "SIDS", "Low-income countries"]


def test_geographies_of_the_report_come_first_then_those_of_any_gap():
    observations = stated(women("Africa", 2020, 20), men("Africa", 2020, 30))
    series = pd.concat([published(AREAS, ("Mars", 2029, 2, 1)), published(ONLINE, ("Africa", 2029, 2, 1))])
    assert gap_series.geographies(observations, series) == ["Africa", "Mars"]
    assert gap_series.geographies(observations, SERIES.iloc[:0]) == ["Africa"]
    other = published(ONLINE, ("Venus", 2029, 2, 1)).assign(unit="million people")
    assert gap_series.geographies(observations.iloc[:0], other) == []


class TestByYear:
    def test_sources_are_never_mixed_the_newest_that_has_both_shares_counts(self):
        both = sources(new=("2030-05", 1), old=("2029", None), undated=(None, 2))
        series = pd.concat(
            [
                published(ONLINE, ("Africa", 2028, 20.0, 30.0), ("Africa", 2029, 21.0, 30.0), source="old", sheet="O"),
                published(ONLINE, ("Africa", 2028, 40.0, 50.0), source="undated"),
                published(ONLINE, ("Africa", 2029, 22.0, 30.0), ("World", 2029, 50.0, 55.0)),
            ]
        )
        rows = gap_series.by_year(series, both, ONLINE, ["Africa", "World"])
        assert rows[["geography", "year", "female", "source"]].values.tolist() == [
            ["World", 2029, 50.0, "new"], ["Africa", 2029, 22.0, "new"],
        ]  # fmt: skip
        alone = series[series["geography"] == "Africa"]
        assert gap_series.by_year(alone, both, ONLINE, ["Africa"])["female"].tolist() == [22.0]
        women_only = series[(series["source"] != "new") | (series["sex"] == "F")]
        rows = gap_series.by_year(women_only, both, ONLINE, ["Africa"])
        assert list(rows["source"]) == ["old", "old"] and list(rows["place"]) == ["O!A1, B1", "O!A2, B2"]
        # whole numbers of an edition that states no rounding: half of their last digit
        assert (rows.loc[0, "points_low"], rows.loc[0, "points_high"]) == (9, 11) and rows["decimals"].isna().all()
        assert gap_series.by_year(series, both.iloc[2:], ONLINE, ["Africa"])["female"].tolist() == [40.0]

    def test_years_in_order_whatever_the_order_of_the_rows(self):
        rows = course(ONLINE, ("Africa", 2029, 2, 4), ("Europe", 2028, 2, 4), ("Africa", 2028, 1, 4)).rows
        assert rows[["geography", "year"]].values.tolist() == [["Africa", 2028], ["Africa", 2029], ["Europe", 2028]]

    def test_a_second_group_of_nobody_has_no_ratio(self):
        assert course(ONLINE, ("Africa", 2029, 2, 0.0), ("Africa", 2028, 0.0, 2)).rows["year"].tolist() == [2028]

    def test_cells_name_a_shared_sheet_once(self):
        series = published(ONLINE, ("Africa", 2029, 2, 4))
        for first, second, said in [
            ("A!B1", "A!C1", "A!B1, C1"),
            ("A!B1", "B!C1", "A!B1, B!C1"),
            ("A!B1; X!Y2", "A!C1", "A!B1; X!Y2, A!C1"),
            ("A!B1", "A!C1; X!Y2", "A!B1, A!C1; X!Y2"),
        ]:
            rows = gap_series.by_year(series.assign(place=[first, second]), ONE, ONLINE, ["Africa"])
            assert rows["place"].tolist() == [said]

    def test_of_empty_tables(self):
        for series, of in ((SERIES.iloc[:0], SOURCES), (SERIES, SOURCES.iloc[:0])):
            empty = gap_series.course(series, of, AREAS, ["World", "Africa"])
            assert empty.rows.empty and empty.moves.empty and empty.sources.empty
            assert empty.missing == ["World", "Africa"] and gap_series.two_stories(empty.moves).empty
            assert list(empty.ratios) == [
                "geography",
                "year",
                "urban",
                "rural",
                "ratio",
                "low",
                "high",
                "source",
                "place",
            ]
            assert list(empty.points) == [
                "geography", "year", "urban", "rural", "points", "points_low", "points_high", "source", "place",
            ]  # fmt: skip


class TestTrends:
    def test_first_year_against_last_of_the_places_that_have_both(self):
        rows = [("World", 2027, 50.0, 60.0), ("World", 2028, 1, 2), ("World", 2029, 57.0, 63.5), ("Africa", 2029, 2, 4)]
        moves = course(ONLINE, *rows).moves
        assert moves[["geography", "year_from", "year_to"]].values.tolist() == [["World", 2027, 2029]]
        row = moves.iloc[0]
        assert (row["points_from"], row["points_to"], row["change"]) == (10.0, 6.5, -3.5)
        assert (row["female_from"], row["male_to"]) == (50.0, 63.5)
        assert (row["ratio_moved"], row["points_moved"]) == (NARROWED, NARROWED)

    def test_one_year_is_no_course(self):
        assert course(ONLINE, ("World", 2029, 50, 60), ("Africa", 2029, 2, 4)).moves.empty

    @pytest.mark.parametrize(
        ("before", "after", "points"),
        [
            ((50.0, 55.0), (50.0, 55.2), UNSURE),  # 4.9–5.1 and 5.1–5.3 meet
            ((50.0, 55.0), (50.0, 55.3), WIDENED),
            ((50.0, 55.0), (50.0, 54.8), UNSURE),
            ((50.0, 55.0), (50.0, 54.7), NARROWED),
            ((50.0, 50.2), (50.2, 50.0), CROSSED),
            ((50.0, 50.1), (50.2, 50.0), UNSURE),  # 0–0.2: nobody need have been ahead
            ((50.5, 50.0), (50.0, 50.3), CROSSED),
            ((50.0, 50.9), (50.0, 50.0), NARROWED),
            ((50.0, 50.0), (50.0, 50.4), WIDENED),
            ((50.9, 50.0), (51.5, 50.0), WIDENED),  # those usually behind are ahead, and more so
        ],
    )
    def test_a_change_of_points_is_one_beyond_rounding(self, before, after, points):
        assert moved(("World", 2028, *before), ("World", 2029, *after))[1] == points

    def test_a_finer_edition_sees_more_and_whole_numbers_less(self):
        rows = ("World", 2028, 50, 55), ("World", 2029, 50, 55.2)
        assert moved(*rows, of=sources(new=2))[1] == WIDENED
        assert moved(("World", 2028, 50, 55), ("World", 2029, 50, 57), of=sources(new=0))[1] == UNSURE
        assert moved(("World", 2028, 50, 55), ("World", 2029, 50, 58), of=sources(new=0))[1] == WIDENED

    def test_ratios_of_people_ahead_fall_to_one(self):
        assert moved(("World", 2028, 60, 40), ("World", 2029, 66, 48), gap=AREAS) == (NARROWED, NARROWED)
        assert moved(("World", 2028, 60, 40), ("World", 2029, 90, 62), gap=AREAS) == (NARROWED, WIDENED)

    def test_the_noise_of_floats_changes_no_side(self):
        # 94.75–94.85 and 94.85–94.95: the ratio may have been 1
        assert moved(("World", 2028, 94.8, 94.9), ("World", 2029, 96.1, 95.8)) == (UNSURE, UNSURE)


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ((0.8, 0.9), (0.91, 0.95), NARROWED), ((0.8, 0.9), (0.9, 0.95), UNSURE), ((0.8, 0.9), (0.7, 0.79), WIDENED),
        ((1.1, 1.2), (1.01, 1.09), NARROWED), ((1.1, 1.2), (1.3, 1.4), WIDENED), ((0.8, 0.9), (1.1, 1.2), CROSSED),
        ((1.1, 1.2), (0.8, 0.9), CROSSED), ((0.9, 1.1), (1.2, 1.3), WIDENED), ((0.8, 0.85), (0.9, 1.1), NARROWED),
        ((0.8, 1.0), (1.1, 1.2), UNSURE), ((0.9, 1.0), (1.2, 1.3), WIDENED),
    ],
)  # fmt: skip
def test_moved(before, after, how):
    assert gap_series.moved(Interval(*before), Interval(*after), 1.0) == how


def test_two_stories_are_told_where_ratio_and_points_go_opposite_ways():
    rows = [
        ("Africa", 2028, 20.0, 30.0), ("Africa", 2029, 30.0, 43.0),  # 0.67 → 0.70, 10 → 13
        ("Europe", 2028, 30.0, 43.0), ("Europe", 2029, 20.0, 30.0),  # the other way round
        ("CIS", 2028, 20.0, 30.0), ("CIS", 2029, 29.0, 30.0),
    ]  # fmt: skip
    moves = course(ONLINE, *rows).moves
    assert list(gap_series.two_stories(moves)["geography"]) == ["Africa", "Europe"]
    assert list(gap_series.two_stories(moves.iloc[1:])["geography"]) == ["Europe"]
