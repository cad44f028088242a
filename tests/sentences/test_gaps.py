"""Words on gender and youth gaps: every branch of every sentence, in full."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import gaps
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import gaps as words
from helpers.sentences.caption import Caption
from helpers.tables import load
from helpers.tables.editions import Edition
from tests.analyses.test_gaps import in_words, men, others, stated, women, young

REAL = load.table("observations")
SCORE, GAP, RATIO = gaps.SCORE, gaps.GAP, gaps.RATIO


def page(*rows, year=2020, geography=(), observations=None):
    """What a page of these observations shows: women, young, the selection and the years with figures."""
    table = stated(*rows) if observations is None else observations
    known = gaps.geographies(table)
    chosen = selection.choose(year).pick("geography", list(geography), known)
    places = chosen.members("geography", known)
    years = gaps.years_with_figures(table, places)
    shown = gaps.shown(chosen, years)
    return (
        *(gaps.within(frame(table), shown, places) for frame in (gaps.gender, gaps.youth)),
        chosen,
        shown,
        years,
    )


def real(year=2020, *geography):
    return page(year=year, geography=geography, observations=REAL)


def said(*rows, **more):
    women, young, chosen, *_ = page(*rows, **more)
    return words.answer(women, young, chosen)


def pair(place, female, male, year=2020):
    return women(place, year, female), men(place, year, male)


def ages(place, of_young, of_others, year=2020):
    return young(place, year, of_young), others(place, year, of_others)


class TestAnswer:
    @pytest.mark.whole
    def test_of_a_year(self):
        assert said(observations=REAL) == [
            "In the LDCs 19 % of women and 31 % of men (ours) were online in 2020, a gender parity score of "
            "**0.61** (ours from women’s share and the gap, 0.60–0.63 with rounding), the lowest of five "
            "geographies with both figures; the world as a whole had the highest, 0.92.",
            "Developed countries and the Americas are at parity; the CIS, the SIDS and Europe are near parity "
            "(2020, by the report’s words alone).",
            "In 2020 people aged 15–24 were online more often than the rest in all six geographies, most of "
            "all in the LDCs (**1.53 times**, printed; ours 1.55 from the shares, 1.49–1.60 with rounding).",
        ]
        assert said(observations=REAL, year="all") == said(observations=REAL)

    def test_a_year_without_figures_shows_others(self):
        none = "The report gives no figures by sex or age for"
        assert said(observations=REAL, year=2021) == [f"{none} 2021; the charts below show those for 2018 and 2020."]
        assert said(observations=REAL, year=2018, geography=["Europe", "Africa"]) == [
            f"{none} Europe and Africa in 2018; the charts below show those for 2020."
        ]

    def test_without_any_figure(self):
        assert said() == ["The report gives no figures by sex or age for 2020."]
        assert said(year="all") == ["The report gives no figures by sex or age for 2018–2021."]
        assert said(*pair("A", 1, 2)[:1]) == ["The report gives too few figures for 2020 for a score or a ratio."]

    def test_a_score_without_shares(self):
        assert said(observations=REAL, year=2018) == [
            "The gender parity score was 0.89 in the world in 2018; the shares behind it are not reported."
        ]
        both = said((SCORE, "A", 2019, 0.9), (SCORE, "B", 2020, 0.8), year="all")
        assert both == [
            (
                "The gender parity score was 0.80 in B in 2020 and 0.90 in A in 2019; the shares behind it are "
                "not reported."
            )
        ]

    def test_one_geography(self):
        assert said(observations=REAL, geography=["Africa"], year="all") == [
            "In Africa 24 % of women and 35 % of men used the Internet in 2020, a gender parity score of **0.69** "
            "(ours from the shares, 0.66–0.71 with rounding).",
            "People aged 15–24 were online **1.47 times** as often as the rest in Africa in 2020 (printed; 1.465–1.475 "
            "with rounding).",
        ]
        assert said(observations=REAL, geography=["World"])[0] == (
            "In the world 57 % of women and 62 % of men used the Internet in 2020, a gender parity score of **0.92** "
            "(printed; ours 0.92 from the shares, 0.90–0.93 with rounding)."
        )

    def test_two_geographies(self):
        assert said(observations=REAL, geography=["Africa", "LDCs"])[0] == (
            "In the LDCs 19 % of women and 31 % of men (ours) were online in 2020, a gender parity score of "
            "**0.61** (ours from women’s share and the gap, 0.60–0.63 with rounding), below that of Africa "
            "(0.69)."
        )

    def test_three_chosen_geographies(self):
        text = said(observations=REAL, geography=["Africa", "LLDCs", "Arab States"])[0]
        assert text.startswith("In Africa 24 % of women and 35 % of men were online in 2020, ")
        assert text.endswith(
            "the lowest of three chosen geographies with both figures; the Arab States had the highest, 0.82."
        )

    def test_ties_and_equals(self):
        rows = [*pair("A", 40, 80), *pair("B", 30, 60), *pair("World", 50, 50), *pair("C", 70, 70)]
        assert said(*rows) == [
            "In 2020 A and B had a gender parity score of **0.50** each, the lowest of four geographies with "
            "both figures; the world as a whole and C had the highest, 1.00."
        ]
        assert said(*pair("A", 40, 80), *pair("B", 30, 60)) == [
            "The gender parity score of A and B was the same in 2020: **0.50**."
        ]

    def test_only_geographies_of_one_year_are_compared(self):
        assert said(*pair("A", 10, 80, 2019), *pair("B", 30, 60), year="all") == [
            "In B 30 % of women and 60 % of men used the Internet in 2020, a gender parity score of **0.50** (ours "
            "from the shares, 0.49–0.51 with rounding)."
        ]

    @pytest.mark.whole
    def test_classes_in_words_alone(self):
        assert said(observations=REAL, geography=["Europe"]) == [
            "Europe is near parity (2020, by the report’s words alone)."
        ]
        assert said(observations=REAL, geography=["Europe", "CIS"]) == [
            "The CIS and Europe are near parity (2020, by the report’s words alone)."
        ]
        rows = [*in_words("A", 2019, 0.98, 1.02), *in_words("B", 2020, 0.95, 0.98)]
        assert said(*rows, year="all") == ["B is near parity (2020, by the report’s words alone)."]

    @pytest.mark.whole
    def test_the_young(self):
        rows = [*ages("A", 90, 60), *ages("B", 50, 50), *ages("C", 40, 50)]
        text = "most of all in A (**1.50 times**, ours from the shares, 1.48–1.52 with rounding)."
        assert said(*rows) == [
            f"In 2020 people aged 15–24 were online more often than the rest in one of three geographies, {text}"
        ]
        assert said(*rows[:2], *ages("B", 45, 30)) == [
            (
                "In 2020 people aged 15–24 were online more often than the rest in both geographies, most of all "
                "in A and B (**1.50 times** each)."
            )
        ]
        assert said(*rows[4:]) == [
            "People aged 15–24 were online **0.80 times** as often as the rest in C in 2020 (ours from the shares, "
            "0.78–0.82 with rounding)."
        ]
        assert said(*rows[2:]) == [
            (
                "In 2020 people aged 15–24 were online more often than the rest in none of two geographies; the "
                "highest ratio is that of B (**1.00 times**, ours from the shares, 0.98–1.02 with rounding)."
            )
        ]
        assert said((RATIO, "A", 2019, 3.0), (RATIO, "B", 2020, 1.5), year="all") == [
            "People aged 15–24 were online **1.50 times** as often as the rest in B in 2020 (printed; 1.45–1.55 with "
            "rounding)."
        ]


class TestTiles:
    def rows(self, *args, **more):
        shown = page(*args, **more)
        table = words.key_figures(*shown[:2])
        return table[["what", "now", "change"]].values.tolist()

    @pytest.mark.whole
    def test_of_the_report(self):
        score = "printed; ours 0.92 from the shares, 0.904–0.935 with rounding"
        ratio = "printed; ours 1.25 from the shares, 1.226–1.265 with rounding"
        widest = [
            "widest gap, percentage points", "12",
            "LDCs: 19 % of women and 31 % of men (ours); as wide in the Arab States; "
            "five geographies have both figures",
        ]  # fmt: skip
        world = [
            ["gender parity score, world, 2020", "0.92", score], ["youth ratio, world, 2020", "1.24", ratio], widest
        ]  # fmt: skip
        assert self.rows(observations=REAL) == world
        first = ["gender parity score, world, 2018", "0.89", "printed; 0.885–0.895 with rounding"]
        assert self.rows(observations=REAL, year="all") == [first, *world]
        table = words.key_figures(*real()[:2])
        assert list(table["line"]) == [1417, 1418, 1417] and set(table["section"]) == {"3"}

    def test_of_one_geography_and_of_two(self):
        assert self.rows(observations=REAL, geography=["Africa"]) == [
            ["gender parity score, Africa, 2020", "0.69", "ours from the shares, 0.662–0.710 with rounding"],
            ["youth ratio, Africa, 2020", "1.47", "printed; 1.465–1.475 with rounding"],
            ["gap, percentage points, 2020", "11", "Africa: 24 % of women and 35 % of men"],
        ]
        assert self.rows(observations=REAL, geography=["Africa", "LDCs"]) == [
            ["widest gap, percentage points", "12",
             "LDCs: 19 % of women and 31 % of men (ours); two geographies have both figures"]
        ]  # fmt: skip

    def test_without_a_gap_or_a_figure(self):
        assert [row[0] for row in self.rows(*pair("A", 50, 50))] == ["gender parity score, A, 2020"]
        assert self.rows() == [] and self.rows(observations=REAL, geography=["Europe"]) == []


class TestShares:
    def caption(self, *rows, **more):
        frame, _, _, shown, years = page(*rows, **more)
        return words.shares_caption(gaps.with_shares(frame), shown, years)

    def test_of_the_report(self):
        assert self.caption(observations=REAL) == Caption(
            "Women trail men everywhere shown, most in the LDCs and the Arab States: by 12 percentage points",
            "percent using the Internet",
            "section 3, line 1417",
            (
                "Percentages are rounded to whole numbers; a gap of two of them can be off by one point.",
                "Hollow: men’s share in LDCs is women’s share plus the printed gap.",
            ),
        )

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            (pair("Africa", 50, 51), "Women trail men in Africa by 1 percentage point"),
            (pair("LDCs", 50, 52), "Women trail men in the LDCs by 2 percentage points"),
            (pair("A", 51, 50), "Women do not trail men in A"),
            ((*pair("A", 50, 50), *pair("B", 60, 50)), "Women do not trail men in A and B"),
            (
                (*pair("A", 50, 50), *pair("B", 40, 50), *pair("C", 1, 3)),
                "Women trail men in two of three places, most in B: by 10 percentage points",
            ),
        ],
    )
    def test_titles(self, rows, title):
        assert self.caption(*rows).title == title

    def test_gaps_of_decimals_are_compared_as_printed(self):
        assert self.caption(*pair("A", 52.3, 62.3), *pair("B", 0.2, 10.2), *pair("C", 50.1, 55.2)).title == (
            "Women trail men everywhere shown, most in B and A: by 10 percentage points"
        )

    def test_notes_on_decimals_and_years(self):
        caption = self.caption(*pair("A", 50.5, 60.1), *pair("A", 50, 60, 2019), year="all")
        assert caption.notes == (
            "Percentages are rounded to the last digit printed; so is a gap of two of them, twice as much.",
        )
        assert caption.title == "Women trail men everywhere shown, most in A 2019: by 10 percentage points"

    @pytest.mark.whole
    def test_without_rows(self):
        assert self.caption(observations=REAL, year=2018) == Caption(
            "The report gives no shares of women and men for 2018; it has figures on these gaps for 2020."
        )
        assert self.caption().title == "The report gives no shares of women and men for 2020."
        assert self.caption(observations=REAL, geography=["Europe", "LDCs"], year=2019).title.startswith("Women trail")
        assert self.caption(observations=REAL, geography=["Europe"]).title == (
            "The report gives no shares of women and men for Europe in 2020."
        )


class TestParity:
    def caption(self, *rows, **more):
        frame, _, _, shown, years = page(*rows, **more)
        return words.parity_caption(gaps.with_interval(frame), shown, years)

    @pytest.mark.whole
    def test_of_the_report(self):
        classes = (
            "Range of a class, not a score: the report gives the CIS, the SIDS, Europe, developed countries and the "
        )
        assert self.caption(observations=REAL) == Caption(
            "Only developed countries and the Americas are at parity",
            "gender parity score",
            "section 3, line 1417",
            (
                "Each printed ratio that has its shares beside it fits them (World: 0.92 against 0.90–0.93).",
                "Rounding alone changes no class.",
                f"{classes}Americas a class in words only.",
            ),
        )
        assert self.caption(observations=REAL, year="all").title == self.caption(observations=REAL).title

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            (((SCORE, "World", 2018, 0.89),), "The world was short of parity in 2018, at 0.89"),
            (((SCORE, "A", 2018, 0.9), (SCORE, "A", 2020, 1.0)),
             "A was at parity in 2020, at 1.00"),
            (in_words("LDCs", 2020, 0.95, 0.98), "The LDCs were near parity in 2020"),
            ((*pair("A", 1, 50), *in_words("B", 2020, 0.95, 0.98)),
             "Neither of the two geographies is at parity"),
            ((*in_words("A", 2020, 0.95, 0.98), *in_words("B", 2020, 0, 0.95), *in_words("C", 2020, 1.02, 1.5)),
             "None of the three geographies is at parity"),
            ((*in_words("A", 2020, 0.98, 1.02), *in_words("B", 2020, 0.95, 0.98)), "Only A is at parity"),
            ((*in_words("A", 2020, 0.98, 1.02), *in_words("B", 2020, 0.98, 1.02)), "Both geographies are at "
                                                                                   "parity"),
            ((*in_words("A", 2020, 0.98, 1.02), *in_words("B", 2020, 0.98, 1.02), (SCORE, "C", 2020, 1.01)),
             "All three geographies are at parity"),
            # parity in an earlier year only is parity no more
            ((*in_words("A", 2018, 0.98, 1.02), *in_words("A", 2020, 0.95, 0.98), *in_words("B", 2020, 0.98, 1.02)),
             "Only B is at parity"),
            (((SCORE, "A", 2020, 0.95), (SCORE, "B", 2020, 0.5), (SCORE, "LDCs", 2020, 0.98)),
             "Only the LDCs are at parity"),
        ],
    )  # fmt: skip
    def test_titles(self, rows, title):
        assert self.caption(*rows, year="all").title == title

    @pytest.mark.whole
    def test_agreement(self):
        fits, not_so = (*pair("A", 40, 80), (SCORE, "A", 2020, 0.5)), (*pair("B", 40, 80), (SCORE, "B", 2020, 0.6))
        assert self.caption(*fits, *not_so).notes == (
            "1 of 2 printed ratios fit the shares beside them "
            "(A: 0.50 against 0.49–0.51 and B: 0.60 against 0.49–0.51).",
            "Rounding alone changes no class.",
        )
        assert self.caption(*not_so).notes == (
            "No printed ratio fits the shares beside it (B: 0.60 against 0.49–0.51).",
            "Rounding alone changes no class.",
        )
        assert self.caption(*pair("A", 40, 80)).notes[0] == "No printed ratio can be held against printed shares here."
        unsure = self.caption((SCORE, "A", 2020, 0.95), (SCORE, "LDCs", 2020, 0.98)).notes
        assert unsure[1] == "Rounding could change the class of A and the LDCs."

    def test_without_rows(self):
        assert self.caption() == Caption("The report gives no gender parity scores for 2020.")


class TestYouth:
    def captions(self, *rows, **more):
        _, frame, _, shown, years = page(*rows, **more)
        return words.youth_caption(gaps.with_interval(frame), shown, years), words.ages_caption(
            gaps.with_ages(frame), shown
        )

    def test_of_the_report(self):
        ratios, shares = self.captions(observations=REAL)
        assert ratios == Caption(
            ("The young lead everywhere shown: 1.53 times as often online in the LDCs, 1.14 in developed countries"),
            "youth share ÷ share of the rest",
            "section 3, line 1418",
            (
                "Each printed ratio that has its shares beside it fits them (LDCs: 1.53 against 1.49–1.60 and World: "
                "1.24 against 1.23–1.27).",
                "Diamond: the ratio as printed.",
            ),
        )
        assert shares == Caption(
            "The young are ahead where both shares are printed: 34 % against 22 % in the LDCs and 71 % against 57 % "
            "in the world",
            "percent using the Internet",
            "section 3, line 1418",
        )

    def test_one_geography_and_not_everywhere(self):
        ratios, shares = self.captions(*ages("LDCs", 50, 40))
        assert ratios.title == "The young are online 1.25 times as often as the rest in the LDCs"
        assert shares.title == "The young are ahead where both shares are printed: 50 % against 40 % in the LDCs"
        # 50.5 ÷ 49.5 can be less than 1 where 50 ÷ 50 is printed
        ratios, shares = self.captions(*ages("A", 50, 40), *ages("B", 50, 50))
        assert ratios.title == "The young lead in one of two places: 1.25 times as often online in A, 1.00 in B"
        assert shares.title == (
            "The young and the rest where both shares are printed: 50 % against 40 % in A and 50 % against 50 % in B"
        )

    def test_without_rows(self):
        ratios, shares = self.captions(observations=REAL, year=2018)
        assert ratios == Caption("The report gives no figures by age for 2018; it has figures on these gaps for 2020.")
        assert shares == Caption("No pair of shares by age is printed for 2018.")


class TestTables:
    def test_women_and_men(self):
        table = words.gender_table(real("all")[0]).set_index(["Geography", "Year"])
        assert list(table.columns) == [
            "Women, %", "Men, %", "Gap, points", "Relative gap", "Parity score, ours", "Parity score, printed", "Class",
            "Basis",
        ]  # fmt: skip
        assert list(table.loc[("LDCs", 2020)]) == [
            "19", "31 (ours)", "12 (11.5–12.5)", "39 % (37–40 %)", "0.61 (0.597–0.629)", "not printed", "women behind",
            "women’s share and the gap",
        ]  # fmt: skip
        assert list(table.loc[("World", 2020)])[4:] == [
            "0.92 (0.904–0.935)", "0.92", "women behind", "shares of women and men"
        ]  # fmt: skip
        none = ["not reported"] * 4
        assert list(table.loc[("World", 2018)]) == [*none, "no shares", "0.89", "women behind", "parity score only"]
        assert list(table.loc[("CIS", 2020)]) == [
            *none, "no shares", "not printed", "near parity (0.95–0.98)", "class in words only"
        ]  # fmt: skip

    def test_what_rounding_could_change_and_what_has_no_class(self):
        table = words.gender_table(page((SCORE, "A", 2020, 0.98), (GAP, "B", 2020, 5))[0]).set_index("Geography")
        assert table.loc["A", "Class"] == "parity (rounding could change it)"
        assert list(table.loc["B", ["Gap, points", "Class", "Basis"]]) == [
            "5",
            "not reported",
            "too little for a score",
        ]

    def test_the_young_and_the_rest(self):
        table = words.youth_table(page(*ages("A", 60, 50), (RATIO, "A", 2020, 1.2), (RATIO, "B", 2020, 1.1),
                                       young("C", 2020, 9))[1])  # fmt: skip
        assert table.columns.tolist() == [
            "Geography", "Year", "Aged 15–24, %", "Everybody else, %", "Ratio, ours", "Ratio, printed", "Basis"
        ]  # fmt: skip
        assert table.values.tolist() == [
            ["A", 2020, "60", "50", "1.20 (1.178–1.222)", "1.2", "shares of both"],
            ["B", 2020, "not reported", "not reported", "no shares", "1.1", "ratio only"],
            ["C", 2020, "9", "not reported", "no shares", "not printed", "one share only"],
        ]

    def test_captions(self):
        frame, _, _, shown, _ = real("all", "Africa", "LDCs")
        assert words.table_caption("Online", frame, shown) == Caption(
            "Online, 2018–2021, LDCs and Africa", "percent using the Internet", "section 3, line 1417"
        )
        assert words.table_caption("Online", frame.iloc[:0], shown) == Caption(
            "Online: the table has no rows for the LDCs and Africa in 2018–2021."
        )


class TestPhones:
    def bars(self, *rows):
        """Rows of balance, countries, share, with_data."""
        table = pd.DataFrame(rows, columns=["balance", "countries", "share", "with_data"])
        return table.assign(year=2020, section="3", line=range(1, len(table) + 1))

    def test_of_the_report(self):
        caption = words.phones_caption(gaps.phones(REAL), selection.choose(2020))
        assert caption == Caption(
            "Half of 60 countries report gender parity in phone ownership",
            "countries",
            "section 3, line 1423",
            (
                "Ours, from a share: gender parity (one-half of the countries with data).",
                "The groups add up to 61, the report counts 60 countries with data.",
                "The report’s groups come from the latest survey of each country in 2018–2020.",
            ),
        )

    def test_titles_and_notes(self, tmp_path):
        bare = Selection(Edition("made", tmp_path, {}), Period((2020,), 2020))
        caption = words.phones_caption(self.bars(("men", 5, None, 20), ("women", 15, 0.75, 20)), bare)
        assert caption.title == "15 of 20 countries report women in phone ownership"
        assert caption.notes == ("Ours, from a share: women (75 % of the countries with data).",)
        tied = words.phones_caption(self.bars(("men", 5, None, None), ("women", 5, None, None)), bare)
        assert tied.title == "Men and women in phone ownership are reported most often (5 countries each)"
        assert tied.notes == ()
        alone = words.phones_caption(self.bars(("men", 5, None, None)), bare)
        assert alone.title == "Of phone ownership the report counts only the countries with men: 5"

    def test_counts_of_the_world_are_not_those_of_a_selection(self):
        table = gaps.phones(REAL)
        chosen = [selection.choose(2020).pick("geography", names, gaps.geographies(REAL))
                  for names in (["Africa", "LDCs"], ["Africa", "World"])]  # fmt: skip
        assert (
            words.phones_caption(table, chosen[0]).notes[-1]
            == "The counts are of the whole world, not of the LDCs and Africa."
        )
        assert len(words.phones_caption(table, chosen[1]).notes) == 3

    def test_without_rows(self):
        none = gaps.phones(REAL.iloc[:0])
        assert words.phones_caption(none, selection.choose(2020)) == Caption(
            "The report counts no countries by the gender balance of phone ownership."
        )
