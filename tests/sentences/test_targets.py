"""Every sentence of the page on targets, in each of its forms."""

from __future__ import annotations

import pytest

from helpers.analyses import targets
from helpers.period import Period
from helpers.sentences import targets as words
from helpers.sentences.caption import Caption
from helpers.tables import editions
from tests.analyses.test_targets import asked, stated

PERIOD = Period((2018, 2019, 2020, 2021), 2021)


def made(*measured, lost=0, until=2021, baseline=None, others=(), **more):
    """Progress of targets 1.1, 1.2 …: (how, value, points), then `lost` ones whose chart is lost, then `others`."""
    table, points, rules = [], [], {}
    for number, (how, value, figures, *rest) in enumerate(measured, 1):
        name = f"1.{number}"
        table.append((name, how, value, "percent", None))
        points += [(f"figure_{number}", *figure) for figure in figures]
        rules[name] = {"indicator": f"figure_{number}", **dict(*rest)}
    for number in range(lost):
        table.append((f"2.{number + 1}", "at_least", 50, "percent", None))
        rules[f"2.{number + 1}"] = {"chart_lost": True}
    for number, (reason, how, value, unit) in enumerate(others, 1):
        table.append((f"3.{number}", how, value, unit, None))
        rules |= {f"3.{number}": {"reason": reason}} if reason else {}
    frame = asked(*table)
    return targets.progress(frame.assign(**more), stated(*points), rules, until, baseline)


NEAR, FAR = ("at_least", 60, [(2020, 54)]), ("at_least", 50, [(2020, 20)])
DONE, PACED = ("at_least", 60, [(2020, 66)]), ("at_least", 70, [(2019, 54), (2021, 63)])
SLOW, AWAY = ("at_least", 70, [(2019, 54), (2021, 55)]), ("at_least", 30, [(2016, 20), (2019, 17.4)])
STARTED = ("at_least", 40, [(2019, 50), (2021, 55)])
NONE = made()


@pytest.fixture(scope="module")
def report(tables):
    """Progress of the committed edition by last year and baseline."""
    rules = editions.edition().rules("measures")
    return lambda until, baseline=None: targets.progress(
        tables["targets"], tables["observations"], rules, until, baseline
    )


class TestAnswer:
    def test_the_standard_page(self, report):
        assert words.answer(report(2021), PERIOD, None) == [
            "Up to 2021 the report’s text measures eight of the **24 targets for 2023**; for 16 it gives no "
            "figure, mostly because a chart is lost.",
            "Target 1.2 makes significant progress; target 2.8 makes moderate progress; target 4.1 makes "
            "insufficient progress; target 3.2 is moving away.",
            "Nearest to its aim is target 2.7, population covered by broadband: 95 of 96 %.",
        ]

    def test_no_targets_and_no_figures(self):
        assert words.answer(NONE, PERIOD, None) == ["The report lists no targets."]
        assert words.answer(made(lost=2), PERIOD, None) == [
            "Up to 2021 the report measures none of the **2 targets for 2023**; each is listed with the reason."
        ]

    @pytest.mark.parametrize(
        ("frame", "first"),
        [
            (made(NEAR), "Up to 2021 the report’s text measures one of the **1 target for 2023**."),
            (made(NEAR, lost=2), "Up to 2021 the report’s text measures one of the **3 targets for 2023**; "
                                 "for 2 it gives no figure, as their charts are lost."),
            (made(NEAR, lost=1), "Up to 2021 the report’s text measures one of the **2 targets for 2023**; "
                                 "for 1 it gives no figure, as its chart is lost."),
            (made(NEAR, lost=1, others=[("not asked", "all", 100, "percent")]),
             "Up to 2021 the report’s text measures one of the **3 targets for 2023**; for 2 it gives no "
             "figure."),
            (made(NEAR, FAR, lost=2, others=[("not asked", "all", 100, "percent")],
                  deadline=[2025, 2023, 2025, 2025, 2023]),
             "Up to 2021 the report’s text measures two of the **5 targets for 2023 and 2025**; for 3 it "
             "gives no figure, mostly because a chart is lost."),
        ],
    )  # fmt: skip
    def test_how_many(self, frame, first):
        assert words.answer(frame, PERIOD, None)[0] == first

    @pytest.mark.parametrize(
        ("frame", "baseline", "said"),
        [
            (made(NEAR), None, "It has no second figure, so no pace can be worked out."),
            (made(NEAR, FAR), None, "None of them has a second figure, so no pace can be worked out."),
            (made(NEAR, FAR), 2020, "None of them has a second figure, with 2020 as earliest baseline, so no "
                                    "pace can be worked out."),
            (made(STARTED), None, "It has no measurable pace; the table says why."),
            (made(STARTED, NEAR), 2019, "None of them has a measurable pace, with 2019 as earliest baseline; "
                                        "the table says why."),
            (made(PACED), None, "Target 1.1 makes significant progress."),
            (made(PACED, PACED, SLOW), 2019, "Targets 1.1 and 1.2 make significant progress; target 1.3 makes "
                                             "insufficient progress, with 2019 as earliest baseline."),
        ],
    )  # fmt: skip
    def test_paces(self, frame, baseline, said):
        assert words.answer(frame, PERIOD, baseline)[1] == said

    @pytest.mark.parametrize(
        ("frame", "said"),
        [
            (made(("qualitative", None, [(2020, 54)])), []),
            (made(FAR), ["Short of its aim is target 1.1, target 1.1: 20 of 50 %."]),
            (made(FAR, NEAR), ["Nearest to its aim is target 1.2, target 1.2: 54 of 60 %."]),
            (made(FAR, label="ICT use"), ["Short of its aim is target 1.1, ICT use: 20 of 50 %."]),
            (made(FAR, label="E-waste"), ["Short of its aim is target 1.1, E-waste: 20 of 50 %."]),
            (made(DONE), ["Target 1.1 is reached."]),
            (made(DONE, DONE), ["Targets 1.1 and 1.2 are reached."]),
            (
                made(DONE, FAR),
                ["Target 1.1 is reached.", "Short of its aim is target 1.2, target 1.2: 20 of 50 %."],
            ),
        ],
    )
    def test_reached_and_nearest(self, frame, said):
        assert words.answer(frame, PERIOD, None)[2:] == said

    def test_the_years_that_count(self):
        assert words.span(PERIOD, None) == "up to 2021" and words.span(PERIOD, 2019) == "from 2019 to 2021"
        assert words.span(Period(PERIOD.years, None), 2021) == "in 2021"
        assert (
            "From 2019 to 2021 the report’s text measures one of" in words.answer(made(NEAR, lost=1), PERIOD, 2019)[0]
        )

    def test_a_goal_of_another_place_and_unit(self, report):
        frame = report(2020)
        close = targets.measured(frame)
        said = words.distances(close, Period((2021,), 2021)).set_index("target_id")
        assert said.loc["2.8", "said"] == "0.92 of 0.98 (parity score) · moderate progress"
        assert said.loc["4.1", "said"] == "74 of 193 countries · insufficient progress"
        assert said.loc["3.5", "said"] == "less than 25 of 100 % · distance only"
        named = words.named(targets.measured(report(2021)))["name"]
        assert "2.4 Individuals using the Internet (LDCs)" in set(named)


class TestTiles:
    def test_the_standard_page(self, report):
        figures = words.key_figures(report(2021))[["now", "what", "change", "section", "line"]]
        assert [tuple(row) for row in figures.to_numpy()] == [
            ("8 of 24", "targets measured in the text", "16 without a figure", "3", 1415),
            ("0 of 7", "of them reached", "with a value to reach", "3", 1419),
            ("Target 2.7", "nearest to its aim", "Population covered by broadband: 95 of 96 %", "3", 1419),
            ("1 of 4", "fast enough", "with a pace that can be worked out", "3", 1415),
        ]

    @pytest.mark.parametrize(
        ("frame", "now"),
        [
            (NONE, []),
            (made(lost=2), ["0 of 2"]),
            (made(("qualitative", None, [(2020, 54)])), ["1 of 1"]),
            (made(DONE), ["1 of 1", "1 of 1"]),
            (made(DONE, FAR, lost=1), ["2 of 3", "1 of 2", "Target 1.2"]),
            (made(PACED, SLOW), ["2 of 2", "0 of 2", "Target 1.1", "1 of 2"]),
            (made(SLOW).assign(ratio=1.0), ["1 of 1", "0 of 1", "Target 1.1", "1 of 1"]),
        ],
    )
    def test_fewer(self, frame, now):
        assert list(words.key_figures(frame)["now"]) == now

    def test_the_one_that_is_left(self):
        assert words.key_figures(made(DONE, FAR))["what"].iloc[2] == "short of its aim"


class TestBars:
    @pytest.mark.parametrize(
        ("frame", "baseline", "title"),
        [
            (NONE, None, "The report has no figure on any target up to 2021."),
            (made(lost=2), 2020, "The report has no figure on any target from 2020 to 2021."),
            (made(("qualitative", None, [(2020, 54)])), None,
             "No target that the report measures up to 2021 has a value to reach."),
            (made(NEAR), None, "Target 1.1 Target 1.1 was not reached by 2021"),
            (made(DONE), None, "Target 1.1 Target 1.1 was reached by 2021"),
            (made(FAR, NEAR), None, "Neither of two measured targets was reached by 2021; 1.2, target 1.2, "
                                    "was nearest: 54 of 60 %"),
            (made(FAR, DONE), None, "Target 1.2, of two measured, was reached by 2021"),
            (made(FAR, DONE, DONE), None, "Targets 1.2 and 1.3, of three measured, were reached by 2021"),
            (made(DONE, DONE), None, "Both measured targets were reached by 2021"),
            (made(DONE, DONE, DONE), None, "All three measured targets were reached by 2021"),
        ],
    )  # fmt: skip
    def test_titles(self, frame, baseline, title):
        assert words.distances_caption(frame, PERIOD, baseline).title == title

    def test_notes(self):
        points = [("less_than", "at_least"), ("over", "at_least"), ("almost", "at_least"), ("about", "at_most"),
                  ("over", "at_most"), ("less_than", "at_most"), ("exact", "at_least")]  # fmt: skip
        rows = [(how, 60, [(2020, 70, {"qualifier": word})], {"note": f"part {word}"}) for word, how in points]
        caption = words.distances_caption(made(*rows), PERIOD, None)
        assert (
            caption.unit == ""
            and len(caption.notes) == 13
            and caption.notes[:2] == ("1.1: part less_than.", "1.2: part over.")
        )
        assert set(caption.notes[7:]) == {
            "1.1: the report says ‘less than’; the bar is the most it allows.",
            "1.2: the report says ‘over’; the bar is the least it allows.",
            "1.3: the report says ‘almost’; the bar takes the figure as it stands.",
            "1.4: the report says ‘about’; the bar takes the figure as it stands.",
            "1.5: the report says ‘over’; the bar is the most it allows.",
            "1.6: the report says ‘less than’; the bar is the least it allows.",
        }
        assert caption.source == "section 3, lines 101–107"


class TestPaces:
    @pytest.mark.parametrize(
        ("frame", "baseline", "title"),
        [
            (NONE, None, "No target has two figures yet, so no pace can be worked out."),
            (
                made(NEAR),
                2020,
                "No target has two figures, with 2020 as earliest baseline, so no pace can be worked out.",
            ),
            (made(STARTED), None, "For no target can a pace be worked out."),
            (made(STARTED), 2019, "For no target can a pace be worked out, with 2019 as earliest baseline."),
            (made(PACED), None, "The only target with a measurable pace moves fast enough"),
            (made(SLOW).assign(ratio=1.0), None, "The only target with a measurable pace moves fast enough"),
            (made(AWAY), 2016, "The only target with a measurable pace is too slow, with 2016 as earliest baseline"),
            (made(SLOW, AWAY), None, "Both targets with a measurable pace are too slow"),
            (made(PACED, SLOW), None, "Of two targets with a measurable pace only 1.1, target 1.1, is fast enough"),
            (made(PACED, PACED, SLOW), None, "Of three targets with a measurable pace 1.1 and 1.2 are fast enough"),
        ],
    )
    def test_titles(self, frame, baseline, title):
        assert words.pace_caption(frame, baseline).title == title

    def test_the_rest_of_the_caption(self):
        caption = words.pace_caption(made(PACED), None)
        assert (caption.unit, caption.source) == ("observed pace ÷ required pace", "section 3, line 102")
        rated = targets.rated(made(PACED))
        assert words.paces_caption(rated, None) == Caption("Pace of the targets with two figures")
        assert words.paces_caption(rated, 2019) == Caption(
            "Pace of the targets with two figures, with 2019 as earliest baseline"
        )
        assert words.paces_caption(rated.head(0), 2019) == Caption("Without a pace there are no rates to list.")

    def test_the_table(self, report):
        table = words.paces(targets.rated(report(2021)))
        assert list(table.iloc[0]) == [
            "1.2 Individuals using the Internet", "54 (2019)", "63 (2021)", "+8.0 %", "+6.7 %", "1.20 (1.10 to 1.29)",
            "significant progress, class holds with rounding",
        ]  # fmt: skip
        assert table["Class"].iloc[1] == "moderate progress, rounding could change the class"
        assert table["Observed a year"].iloc[3] == "−4.5 %" and words.paces(targets.rated(NONE)).empty


class TestEveryTarget:
    def test_rows_of_the_report(self, report):
        rows = words.every(report(2019), PERIOD, None).set_index("Target")
        assert list(rows.loc["2.8"]) == [
            "Gender equality in Internet and phone use", "parity: 0.98 by 2023", "0.89 (2018)", "distance only",
            "Internet use only, not phones; parity counts as reached from 0.98", "3, line 1417",
        ]  # fmt: skip
        assert rows.loc["4.1", ["Aim", "Latest figure"]].tolist() == [
            "all: 193 countries by 2023",
            "66 countries (2019)",
        ]
        assert rows.loc["1.3", ["What", "Aim"]].tolist() == ["Internet access more affordable", "− 25 % by 2023"]
        assert rows.loc["1.5", "Aim"] == "+ 50 % by 2023" and rows.loc["2.6", "Aim"] == "≤ 3 % by 2023"
        assert rows.loc["2.2", "What"] == "Households with Internet access (LDCs)"
        assert rows.loc["1.4", ["Aim", "Latest figure", "State"]].tolist() == [
            "all: 100 % by 2023",
            "no data",
            "no data",
        ]
        assert rows.loc["5.1", "Aim"] == "in words only" and rows.loc["1.2", "Aim"] == "≥ 70 % by 2023"

    def test_notes(self):
        frame = made(("at_least", 60, [], {"note": "part"}), ("at_least", 40, STARTED[2], {"note": "part"}), STARTED,
                     ("at_least", 60, [(2023, 5), (2024, 6)]), ("at_least", 60, [(2019, 0), (2020, 6)]), NEAR,
                     lost=1, until=2024,
                     others=[("nobody asked", "all", 100, "percent"), ("", "all", 100, "percent")])  # fmt: skip
        started = "no pace: the first figure is at the aim already, or rounds to it"
        assert list(words.every(frame, PERIOD, 2019)["Note"]) == [
            "the report has no figure from 2019 to 2021", f"part; {started}", started,
            "no pace: the first figure is not before the deadline", "no pace: there is no growth rate from zero", "",
            "shown in the report as a chart that its text does not carry", "nobody asked",
            "no measure is declared for it",
        ]  # fmt: skip

    def test_units_and_captions(self):
        frame = made(("increase_by", 50, [(2019, 40)]), others=[("not asked", "at_most", 5, "USD")])
        assert list(words.every(frame, PERIOD, None)["Aim"]) == ["+ 50 % by 2023", "≤ 5 USD by 2023"]
        assert words.every_caption(frame, PERIOD, None).title == "Targets and what the report measures up to 2021"
        assert (
            words.every_caption(frame, PERIOD, 2020).title == "Targets and what the report measures from 2020 to 2021"
        )
        assert (
            words.every_caption(NONE, PERIOD, None)
            == words.states_caption(NONE)
            == Caption("The report lists no targets.")
        )
        assert words.states_caption(frame) == Caption("Targets by state") and words.every(NONE, PERIOD, None).empty

    def test_lost_charts(self, tables):
        lost = targets.lost_charts(tables["figures_lost"])
        assert words.lost_caption(lost) == Caption("Charts of target results that the text lacks")
        assert words.lost_caption(lost.head(0)) == Caption("No chart of a target is lost.")
