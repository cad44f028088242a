"""Words on revised figures, each branch."""

from __future__ import annotations

import pytest

from helpers.analyses import revisions
from helpers.period import Period
from helpers.sentences import revisions as words
from helpers.sentences.caption import Caption
from tests.analyses import official_rows as small
from tests.analyses.official_rows import USE
from tests.analyses.test_targets import stated

PERIOD = Period((2018, 2019, 2020, 2021), 2021)


def of(observed, *rows):
    return revisions.revisions(stated(*observed), small.known(small.series(*rows)), 2021)


NOTHING = of([])
TWO = of(
    [(USE, 2020, 50), (USE, 2021, 60), ("ratio", 2020, 0.92, {"unit": "ratio"})],
    (USE, 2020, 50.4), (USE, 2021, 58.5), ("ratio", 2020, 0.9045, {"unit": "ratio"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (NOTHING, ["No percentage of the report up to 2021 has a counterpart in a later edition."]),
        (TWO, ["Two percentages of the report up to 2021 can be held against a later edition; one is within "
            "half a point, "
               "which rounding alone allows.", "Farthest down: Internet use, World, 2021, from 60 to 58.5 %."]),
        (of([(USE, 2020, 50)], (USE, 2020, 52)),
         ["One percentage of the report up to 2021 can be held against a later edition; none is within half a "
             "point, which "
          "rounding alone allows.", "Farthest up: Internet use, World, 2020, from 50 to 52 %."]),
        (of([(USE, 2020, 50)], (USE, 2020, 50.5)),
         ["One percentage of the report up to 2021 can be held against a later edition; one is within half a "
             "point, which "
          "rounding alone allows."]),
    ],
)  # fmt: skip
def test_answer(rows, said):
    assert words.answer(rows, PERIOD) == said


def test_the_chart():
    frame = words.shares(TWO)
    assert list(frame.itertuples(index=False, name=None)) == [
        ("Internet use, World, 2020", 50, 50.4), ("Internet use, World, 2021", 60, 58.5)
    ]  # fmt: skip
    caption = words.shares_caption(TWO, PERIOD, small.EDITIONS)
    assert caption.title == "1 of two percentages moved by a point or more" and caption.unit == "percent"
    assert caption.notes[0] == "Later editions: Title of new, November 2024."
    assert words.shares(NOTHING).empty
    assert words.shares_caption(NOTHING, PERIOD, small.SOURCES) == Caption("There is no revision to draw.")


def test_what_is_about_a_number_is_not_drawn():
    assert words.shares(of([(USE, 2020, 50, {"qualifier": "about"})], (USE, 2020, 52))).empty


def test_the_table():
    gap = ("gender_gap", 2020, 12, {"unit": "percentage points", "geography": "LDCs"})
    women = (USE, 2020, 19, {"sex": "F", "geography": "LDCs", "qualifier": "over"})
    there = {"geography": "LDCs"}
    rows = of([women, gap], (USE, 2020, 20.7, there | {"sex": "F"}), (USE, 2020, 29.5, there | {"sex": "M"}))
    frame = words.table(rows, small.EDITIONS)
    said = frame.set_index("Figure")
    assert list(said.loc["Internet use, LDCs, women, 2020"]) == [
        "percent", "over 19", "20.7", "+1.7", "Title of new, November 2024", "section 3, line 101",
        "S!A1",
    ]  # fmt: skip
    assert list(said.loc["Internet use, LDCs, men, 2020"])[1:4] == ["over 31 (worked out)", "29.5", "−1.5"]
    assert words.table(NOTHING, small.SOURCES).empty
    assert (
        words.table_caption(NOTHING, PERIOD).title
        == "No figure of the report up to 2021 has a counterpart in a later edition."
    )
    assert (
        words.table_caption(rows, PERIOD).title
        == "The report’s figures up to 2021, and what later editions say of the same"
    )


def test_names():
    growth = of([("n_growth", 2020, 10, {"breakdown": "since 2019"}), (USE, 2020, 9, {"age": "Y15T24"})],
                ("n", 2019, 40), ("n", 2020, 60), (USE, 2020, 9, {"age": "Y15T24"}))  # fmt: skip
    assert words.named(growth) == ["N growth, World since 2019, 2020", "Internet use, World, aged 15 to 24, 2020"]
    assert list(words.table(growth, small.EDITIONS)["Difference"]) == ["+40", "0"]


@pytest.mark.parametrize(
    ("later", "said"), [([52], "The one percentage that can be compared moved"),
                        ([50.9], "The one percentage that can be compared did not move"), ([50, 60], "None of two "
                            "percentages moved")]
)  # fmt: skip
def test_how_many_moved(later, said):
    observed = [(USE, 2020 + step, 50 + 10 * step) for step in range(len(later))]
    rows = of(observed, *((USE, 2020 + step, value) for step, value in enumerate(later)))
    assert words.shares_caption(rows, PERIOD, small.EDITIONS).title == f"{said} by a point or more"
    assert words.table_caption(rows, PERIOD).notes == ()
