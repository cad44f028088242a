"""Words on notices: the standard pages' sentences, and every branch on small tables."""

from __future__ import annotations

from datetime import date

import pytest

from helpers import selection
from helpers.analyses import spectrum
from helpers.sentences import spectrum as words
from tests.analyses.test_spectrum import ground, made, printed, space

FIRST = "2018 is the first year of the tables"
UNCLOSED = (
    "The terrestrial table names no closing day for 2021; four of its eight series stand at 66 % to 72 % of 2020."
)
UNTIL = (
    "2021, Coordination and notification requests, Broadcasting-satellite requests and Fixed-satellite "
    "requests: until 16 November."
)
RATES = (
    "At an annual rate: Coordination and notification requests, Broadcasting-satellite requests and Fixed-satellite "
    "requests."
)
APART = "2020, Broadcasting-satellite requests: includes 90 requests under Resolution 559 (WRC-19)."
HELD = "2020, Fixed-satellite requests: other submissions postponed under Article 7 of Appendix 30B."
TOTALS = "All 10 printed totals add up; the total of HF broadcasting requirements (118,103) is not printed and is ours."


def _space(when, requests, share):
    return (
        f"In {when} the Bureau processed **{requests} space requests**; {share} % of them were coordination and "
        "notification requests."
    )


class Page:
    """A page's frames, as its notebook makes them."""

    def __init__(self, chosen, requests=None, notices=None, told=None):
        self.chosen = chosen
        requests = chosen.table("space_notices") if requests is None else requests
        notices = chosen.table("terrestrial_notices") if notices is None else notices
        self.printed = chosen.table("printed_totals") if told is None else told
        self.both = spectrum.notices(requests, notices, chosen)
        self.sums = spectrum.totals(self.both, self.printed)
        self.moved = spectrum.changes(self.both, chosen)

    @property
    def answer(self):
        return words.answer(self.both, self.sums, self.chosen)

    @property
    def tiles(self):
        frame = words.figures(self.both, self.sums, self.chosen)
        return list(frame[["now", "what", "change"]].itertuples(index=False, name=None))

    @property
    def changes(self):
        return words.changes(self.moved, self.both, self.chosen)

    def shares(self, table="space_notices"):
        share = spectrum.composition(self.both, table, self.chosen.period)
        return words.shares(share, table, self.both, self.chosen)


def page(tmp_path, requests=(), notices=(), told=(), **about):
    return Page(made(tmp_path, **about), space(*requests), ground(*notices), printed(*told))


@pytest.fixture(scope="module")
def pages():
    return {year: Page(selection.choose(year)) for year in (2018, 2019, 2020, 2021, "all")}


class TestStandardPages:
    @pytest.mark.parametrize(
        ("year", "said"),
        [
            (2018, [_space(2018, "1,181", 81), f"{FIRST}, so no change can be shown."]),
            (2019, [_space(2019, "1,298", 90),
                    "From 2018 to 2019 notices recorded (Plans) rose most (2,798 to 3,690, up 32 %) and "
                    "broadcasting-satellite requests fell most (135 to 73, down 46 %)."]),
            (2020, [_space(2020, "1,099", 81),
                    "From 2019 to 2020 reviews of findings rose most (164 to 5,221, 32 times as many) and "
                    "fixed-satellite requests fell most (51 to 27, down 47 %)."]),
            (2021, [_space("2021, to 16 November,", "1,618", 92),
                    "From 2020 to 2021 reviews of findings rose most (5,221 to 51,468, 10 times as many, closing day "
                    "unknown) and broadcasting-satellite requests fell (186 to 63, down 61 % at an annual rate).",
                    UNCLOSED]),
            ("all", [_space("2018–2021, to 16 November 2021,", "5,196", 87),
                     "From 2018 to 2021 reviews of findings rose most (244 to 51,468, 211 times as many, closing day "
                     "unknown) and broadcasting-satellite requests fell most (135 to 63, down 47 % at an annual rate).",
                     UNCLOSED]),
        ],
    )  # fmt: skip
    def test_answer(self, pages, year, said):
        assert pages[year].answer == [*said, TOTALS]

    @pytest.mark.parametrize(
        ("year", "requests", "recorded", "trouble"),
        [
            (2018, ("1,181", "first year of the table"), ("79,134", "first year of the table"),
             ("1,096", "first year of the table")),
            (2020, ("1,099", "down 15 % against 1,298 in 2019"), ("252,555", "3 times as many against 81,602 in 2019"),
             ("1,165", "up 7 % against 1,088 in 2019")),
            (2021, ("1,618 (partial)", "up 68 % at an annual rate against 1,099 in 2020"),
             ("73,686 (closing day unknown)", "against 252,555 in 2020"),
             ("1,163 (closing day unknown)", "against 1,165 in 2020")),
            ("all", ("5,196 (partial)", "whole period"), ("486,977 (closing day unknown)", "whole period"),
             ("4,512 (closing day unknown)", "whole period")),
        ],
    )  # fmt: skip
    def test_tiles(self, pages, year, requests, recorded, trouble):
        assert pages[year].tiles == [
            (requests[0], "space requests processed", requests[1]),
            (recorded[0], "terrestrial notices recorded in the MIFR", recorded[1]),
            (trouble[0], "reports of harmful interference", trouble[1]),
            ("10 of 10", "printed totals add up", "one total not printed, ours instead"),
        ]
        found = words.figures(pages[year].both, pages[year].sums, pages[year].chosen)
        assert list(found["line"]) == [195, 231, 270, 199]

    def test_captions_over_all_years(self, pages):
        both, chosen = pages[2020].both, pages[2020].chosen
        notes, source = (UNTIL, APART, HELD), "section 1.2, lines 195–273"
        levels, panels = words.levels(both, chosen), words.panels(both, chosen)
        assert levels.title == (
            "Notices recorded (MIFR) reached 252,555 in 2020, the most of any series; "
            "fixed-satellite requests came to 27 in 2020, the fewest"
        )
        assert panels.title == (
            "Reviews of findings swing most from year to year (× 32), reports of harmful interference least (× 1.07)"
        )
        assert (levels.unit, levels.source, levels.notes) == ("items a year, log scale", source, notes)
        assert (panels.unit, panels.source) == ("items", source)
        assert panels.notes == (
            "Hatched: 2021, to the day on which the table closes.",
            "Dotted: 2021, which may be cut.",
        )

    @pytest.mark.parametrize(
        ("year", "title", "notes"),
        [
            (2018, f"{FIRST}.", ()),
            (2019, "From 2018 to 2019 notices recorded (Plans) rose most (× 1.32) and broadcasting-satellite "
                   "requests fell most (× 0.54)", ()),
            (2020, "From 2019 to 2020 reviews of findings rose most (× 32) and fixed-satellite requests fell most "
                   "(× 0.53)", ()),
            (2021, "From 2020 to 2021 reviews of findings rose most (× 9.86) and broadcasting-satellite requests fell "
                   "(× 0.39)", (RATES, UNCLOSED)),
            ("all", "From 2018 to 2021 reviews of findings rose most (× 211) and broadcasting-satellite requests fell "
                    "most (× 0.53)", (RATES, UNCLOSED)),
        ],
    )  # fmt: skip
    def test_changes(self, pages, year, title, notes):
        found = pages[year].changes
        assert (found.title, found.notes) == (title, notes)
        assert (found.unit, found.source) == (
            ("", "") if year == 2018 else ("level against the earlier year", "section 1.2, lines 195–273")
        )

    def test_rows_of_the_chart_have_whole_rates(self, pages):
        rows = words.change_rows(pages[2021].moved).set_index("series")
        assert len(rows) == 11 and rows.loc["Fixed-satellite requests", "rate"] == 71  # 62 ÷ (320 ÷ 365) = 70.7
        assert list(rows.columns) == ["before", "now", "rate", "ratio", "coverage", "note"]

    def test_shares(self, pages):
        up, down = pages[2021].shares(), pages[2021].shares("terrestrial_notices")
        assert up.title == "Coordination and notification requests make up 92 % of 1,618 space requests"
        assert (up.unit, up.source, up.notes) == ("requests", "section 1.2, lines 195–213", ())
        assert down.title == "Notices recorded (MIFR) make up 43 % of 170,450 terrestrial items"
        assert (down.unit, down.source, down.notes) == ("items", "section 1.2, lines 231–273", ())

    def test_footnote(self, pages):
        found = words.footnote(pages[2019].both, pages[2019].chosen)
        assert found.title == "Without Resolution 559 the requests of 2020 would be 96 instead of 186"
        assert found.unit == "broadcasting-satellite requests"
        assert (found.source, found.notes) == (
            "section 1.2, lines 203–206",
            ("2021 is partial: the table closes on 16 November, 320 of 365 days.",),
        )

    def test_totals(self, pages):
        found = words.totals(pages[2019].sums, pages[2019].printed)
        assert found.title == "Sum of the years against the printed total"
        assert found.source == "section 1.2, lines 199–274" and words.TOTALS.keys() <= set(pages[2019].sums.columns)

    def test_levels_of_some_series(self, pages):
        both, chosen = pages[2019].both, pages[2019].chosen
        some = both[both["series"].isin(["Fixed-satellite requests", "Reviews of findings"])]
        assert words.levels(some, chosen, "the chosen series").title == (
            "Reviews of findings reached 51,468 in 2021, the most of the chosen series; "
            "fixed-satellite requests came to 27 in 2020, the fewest"
        )
        alone = words.levels(both[both["series"] == "Reviews of findings"], chosen)
        assert alone.title == "Reviews of findings reached 51,468 in 2021, after as few as 164 in 2019"
        fixed = words.levels(both[both["series"] == "Fixed-satellite requests"], chosen)
        assert fixed.title == "Fixed-satellite requests reached 89 in 2018, and came down to 27 in 2020"


class TestRequests:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([], "The report gives no space requests for 2024."),
            ([("A", 2023, 5, None)], "The report gives no space requests for 2024."),
            ([("A", 2024, None, None)], "The report gives no space requests for 2024."),
            ([("A", 2024, 5, None)], "In 2024, to 5 May, the Bureau processed **5 space requests**."),
            ([("A", 2024, 0, None), ("B", 2024, 0, None)],
             "In 2024, to 5 May, the Bureau processed **0 space requests**."),
            ([("Old Plans", 2024, 1, None), ("Kind one", 2024, 3, None)],
             "In 2024, to 5 May, the Bureau processed **4 space requests**; 75 % of them were kind one "
             "requests."),
            ([("FSS Plans", 2024, 3, None), ("Kind", 2024, 1, None)],
             "In 2024, to 5 May, the Bureau processed **4 space requests**; 75 % of them were FSS Plans "
             "requests."),
            ([("Requests of a kind", 2024, 3, None), ("Kind", 2024, 1, None)],
             "In 2024, to 5 May, the Bureau processed **4 space requests**; 75 % of them were requests of a "
             "kind."),
        ],
    )  # fmt: skip
    def test_each_case(self, tmp_path, rows, said):
        assert page(tmp_path, rows).answer[0] == said

    def test_no_cut_is_said_of_a_whole_year(self, tmp_path):
        whole = page(tmp_path, [("A", 2023, 5, None)], year=2023).answer[0]
        assert whole == "In 2023 the Bureau processed **5 space requests**."
        assert page(tmp_path, [("A", 2024, 5, None)], space=None).answer[0].startswith("In 2024 the Bureau")


NONE_KNOWN = "no series is known to have changed"
UP, UP_MORE, SAME, DOWN, DOWN_MORE = (5, 8), (5, 10), (5, 5), (5, 4), (5, 2)


def pairs(*counts, kind=space):
    """Rows of series A, B, … with a count of 2023 and one of 2024."""
    found = [
        (name, year, n)
        for name, pair in zip("ABC", counts, strict=False)
        for year, n in zip((2023, 2024), pair, strict=True)
    ]
    return [(*row, None) for row in found] if kind is space else [(name, "value", year, n) for name, year, n in found]


class TestMoves:
    @pytest.mark.parametrize(
        ("counts", "said", "title"),
        [
            ([UP, UP_MORE, DOWN], "B rose most (5 to 10, up 100 %) and C fell (5 to 4, down 20 %)",
             "B rose most (× 2.00) and C fell (× 0.80)"),
            ([UP, DOWN, DOWN_MORE], "A rose (5 to 8, up 60 %) and C fell most (5 to 2, down 60 %)",
             "A rose (× 1.60) and C fell most (× 0.40)"),
            ([UP, SAME], "A rose (5 to 8, up 60 %)", "A rose (× 1.60)"),
            ([DOWN, SAME], "A fell (5 to 4, down 20 %)", "A fell (× 0.80)"),
            ([SAME, SAME], "no series changed", "no series changed"),
        ],
    )  # fmt: skip
    def test_whole_years(self, tmp_path, counts, said, title):
        found = page(tmp_path, pairs(*counts), space=None)
        assert found.answer[1] == f"From 2023 to 2024 {said}."
        assert found.changes.title == f"From 2023 to 2024 {title}"
        assert found.changes.notes == () and len(found.answer) == 3

    @pytest.mark.parametrize(
        ("counts", "said", "title"),
        [
            ([UP, UP_MORE, DOWN], "B rose most (5 to 10, up 100 %, closing day unknown)", "B rose most (× 2.00)"),
            ([UP, SAME], "A rose (5 to 8, up 60 %, closing day unknown)", "A rose (× 1.60)"),
            ([DOWN, DOWN_MORE], NONE_KNOWN, NONE_KNOWN),
            ([SAME, DOWN], NONE_KNOWN, NONE_KNOWN),
        ],
    )
    def test_a_year_of_unknown_coverage_can_rise_and_not_fall(self, tmp_path, counts, said, title):
        found = page(tmp_path, notices=pairs(*counts, kind=ground))
        assert found.answer[1] == f"From 2023 to 2024 {said}."
        assert found.changes.title == f"From 2023 to 2024 {title}"

    def test_a_cut_year_moves_at_its_annual_rate(self, tmp_path):
        found = page(tmp_path, pairs((10, 5), (10, 2)), space=date(2024, 7, 1))  # 183 of 366 days: half a year
        assert found.answer[1] == "From 2023 to 2024 B fell (10 to 2, down 60 % at an annual rate)."
        assert found.changes.notes == ("At an annual rate: A and B.",)

    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ([(100, 90), (100, 60), (100, 50)], "; two of its three series stand at 50 % to 60 % of 2023"),
            ([(100, 90), (100, 60)], ""),
            ([(100, 60), (100, 60), (100, 5)], "; two of its three series stand at 60 % of 2023"),
            ([(100, 110), (100, 111), (100, 50)], ""),
            ([(100, 99), (100, 100), (100, 50)], ""),
            ([(100, 90)], ""),
        ],
    )
    def test_how_an_unclosed_year_stands(self, tmp_path, counts, said):
        found = page(tmp_path, notices=pairs(*counts, kind=ground))
        assert found.answer[2] == f"The terrestrial table names no closing day for 2024{said}."
        assert found.changes.notes == (f"The terrestrial table names no closing day for 2024{said}.",)

    def test_both_tables_may_be_unclosed(self, tmp_path):
        found = page(tmp_path, pairs((10, 5), (10, 9)), pairs((10, 5), kind=ground), space="not stated")
        assert found.answer[2] == (
            "The space and terrestrial tables name no closing day for 2024; two of their three series stand "
            "at 50 % of 2023."
        )

    @pytest.mark.parametrize(
        ("rows", "years", "said"),
        [
            ([], (2023, 2024), "No series has counts of 2023 and 2024 to compare"),
            ([("A", 2024, 3, None)], (2023, 2024), "No series has counts of 2023 and 2024 to compare"),
            ([("A", 2024, 3, None)], (2024,), "2024 is the first year of the tables"),
            ([("A", 2024, 3, None)], (2022, 2024), "The tables have no 2023"),
        ],
    )
    def test_nothing_to_compare(self, tmp_path, rows, years, said):
        found = page(tmp_path, rows, years=years)
        assert found.answer[1] == f"{said}, so no change can be shown." and found.changes.title == f"{said}."
        assert words.change_rows(found.moved).empty

    def test_a_series_without_a_ratio_is_named(self, tmp_path):
        rows = pairs(UP, (0, 3), (7, None))
        found = page(tmp_path, rows, space=None)
        assert found.changes.notes == ("No figure in one of the two years: B and C.",)
        assert found.changes.title == "From 2023 to 2024 A rose (× 1.60)"
        assert words.change_rows(found.moved)["series"].to_list() == ["A"]


A, B, C = (("space_notices", name, "value", 3) for name in "ABC")
A_WRONG, B_WRONG = (("space_notices", name, "value", 4) for name in "AB")
ROWS = [("A", 2023, 3, None), ("B", 2023, 3, None), ("C", 2023, 3, None)]


class TestTotals:
    @pytest.mark.parametrize(
        ("rows", "told", "said", "tile"),
        [
            ([], [], "The report gives no notices by year, so there is no total to check.",
             ("not reported", "no notices by year")),
            (ROWS, [], "The report prints no totals; the sums of the years are ours.",
             ("not reported", "three totals not printed, ours instead")),
            (ROWS, [A, B, C], "All 3 printed totals add up.", ("3 of 3", "every total printed")),
            (ROWS[:1], [A], "The one printed total adds up.", ("1 of 1", "every total printed")),
            (ROWS, [A, B], "All 2 printed totals add up; the total of C (3) is not printed and is ours.",
             ("2 of 2", "one total not printed, ours instead")),
            (ROWS, [B], ("The one printed total adds up; the totals of A (3) and C (3) are not printed and are "
                        "ours."),
             ("1 of 1", "two totals not printed, ours instead")),
            (ROWS, [A_WRONG, B, C], "The total of A does not add up; the other 2 do.",
             ("2 of 3", "every total printed")),
            (ROWS, [A_WRONG, B_WRONG, C], "The total of A and B does not add up.",
             ("1 of 3", "every total printed")),
            ([*ROWS[:2], ("C", 2023, None, None)], [A_WRONG, B, C],
             "The total of A does not add up and that of C cannot be checked.",
             ("1 of 2", "every total printed")),
            ([("A", 2023, None, None), ("B", 2023, None, None), ROWS[2]], [A, B, C],
             "That of A and B cannot be checked.",
             ("1 of 1", "every total printed")),
            ([("A", 2023, None, None)], [A], "That of A cannot be checked.",
             ("not reported", "every total printed")),
        ],
    )  # fmt: skip
    def test_each_case(self, tmp_path, rows, told, said, tile):
        found = page(tmp_path, rows, told=told)
        assert found.answer[-1] == said
        assert found.tiles[-1] == (tile[0], "printed totals add up", tile[1])

    def test_heading(self, tmp_path):
        none = page(tmp_path)
        assert words.totals(none.sums, none.printed).title == (
            "The report gives no notices by year, so there is no total to check."
        )
        without = page(tmp_path, ROWS)
        assert words.totals(without.sums, without.printed).source == ""


class TestTiles:
    def test_series_that_the_edition_does_not_name_or_have(self, tmp_path):
        assert [what for _, what, _ in page(tmp_path, ROWS).tiles] == [
            "space requests processed",
            "printed totals add up",
        ]
        gone = page(tmp_path, ROWS, rules="tiles: {Trouble: reports of trouble}").tiles[1]
        assert gone == ("not reported", "reports of trouble", "no figure for 2023")


class TestCaptions:
    @pytest.mark.parametrize(
        ("counts", "levels", "panels"),
        [
            ([], "The report gives no notices by year.", "The report gives no notices by year."),
            ([("A", 2022, 5)], "Every count is 5 a year", "No series has two whole years to compare"),
            ([("A", 2022, 5), ("A", 2023, 50)], "A reached 50 in 2023, after as few as 5 in 2022",
             "A swing by × 10 between whole years"),
            ([("A", 2022, 0), ("A", 2023, 50)], "A reached 50 in 2023, after as few as 0 in 2022",
             "No series has two whole years to compare"),
            ([("A", 2022, 50), ("A", 2023, 40), ("B", 2022, 40), ("B", 2023, 40)],
             "A reached 50 in 2022, the most of any series; A came to 40 in 2023, the fewest",
             "A swing most from year to year (× 1.25), B least (× 1.00)"),
        ],
    )  # fmt: skip
    def test_levels_and_panels(self, tmp_path, counts, levels, panels):
        found = page(tmp_path, [(*row, None) for row in counts], years=(2022, 2023, 2024))
        assert words.levels(found.both, found.chosen).title == levels
        assert words.panels(found.both, found.chosen).title == panels

    def test_shares(self, tmp_path):
        assert page(tmp_path).shares().title == "The report gives no space requests for 2024."
        assert page(tmp_path).shares("terrestrial_notices").title == "The report gives no terrestrial items for 2024."
        assert page(tmp_path, [("A", 2024, 5, None)]).shares().title == "5 space requests in 2024, to 5 May"
        zeros = page(tmp_path, [("A", 2024, 0, None), ("B", 2024, 0, None)])
        assert zeros.shares().title == "0 space requests in 2024, to 5 May"

    def test_footnotes(self, tmp_path):
        none = page(tmp_path, ROWS)
        assert words.footnote(none.both, none.chosen).title == "No footnote counts requests apart."
        rows = [
            ("Old Plans", 2023, 9, "includes 2 requests under Resolution 7 (WRC-23)"),
            ("FSS Plans", 2023, 8, "includes 5 requests under Decision 12"),
        ]
        found = page(tmp_path, rows)
        caption = words.footnote(found.both, found.chosen)
        assert caption.title == "Without Decision 12 the FSS Plans requests of 2023 would be 3 instead of 8"
        assert caption.unit == "FSS Plans requests and old Plans requests"
        alone = page(tmp_path, [("Requests for Plans", *rows[0][1:])])
        assert words.footnote(alone.both, alone.chosen).unit == "requests for Plans"

    def test_notes_are_told_apart_by_year(self, tmp_path):
        rows = [("A", 2023, 1, "late"), ("B", 2023, 1, "late"), ("A", 2024, 1, "late"), ("B", 2024, 1, None)]
        found = page(tmp_path, rows)
        assert words.levels(found.both, found.chosen).notes == (
            "2023, A and B: late.", "2024, A: late.", "2024, B: until 5 May.",
        )  # fmt: skip
