"""Words on how targets ended, each branch, and the sources that they cite."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import courses, outturn, targets
from helpers.period import Period
from helpers.sentences import outturn as words
from helpers.sentences import sources as cited
from helpers.sentences.caption import Caption
from helpers.tables import load
from tests.analyses import official_rows as small
from tests.analyses.official_rows import USE
from tests.analyses.test_outturn import HALF, MILLIONS, RISE, USERS
from tests.analyses.test_targets import asked, stated

PERIOD = Period((2018, 2019, 2020, 2021), 2021)


class Page:
    """What the page of some targets computes."""

    def __init__(self, wanted, items, *rows, observed=(), horizon=2024, until=2021):
        self.rules = {name: {"reason": "none given", **({"published": of} if of else {})} for name, of in items.items()}
        table, observations = asked(*wanted), stated(*observed)
        self.series = small.known(small.series(*rows), *observed)
        self.progress = targets.progress(table, observations, self.rules, until)
        self.found = outturn.readings(table, self.series, observations, self.rules)
        self.ended = outturn.verdicts(table, self.found, horizon)
        self.horizon = horizon

    def answer(self):
        return words.answer(self.ended, self.progress, self.horizon)

    def row(self, number=0):
        frame = words.every(self.ended, self.progress, self.found, self.rules, small.EDITIONS)
        return frame.iloc[number].to_dict()


def one(item, *rows, target=HALF, **more):
    return Page([target], {"1.1": item if isinstance(item, list) else [item]}, *rows, **more)


@pytest.fixture(scope="module")
def real(published):
    chosen = selection.choose(2021)
    table, observations = chosen.table("targets"), chosen.table("observations")
    page = Page.__new__(Page)
    page.rules, page.series, page.horizon = chosen.edition.rules("measures"), published, 2024
    page.progress = targets.progress(table, observations, page.rules, 2021)
    page.found = outturn.readings(table, page.series, observations, page.rules)
    page.ended = outturn.verdicts(table, page.found, 2024)
    return page


class TestAnswer:
    def test_the_report(self, real):
        assert real.answer() == [
            "None of the **24 targets for 2023** was met beyond doubt.",
            "Targets 1.2, 1.4, 2.7, 2.8 and 3.2 were not met.",
            "Whether targets 1.3, 1.5, 2.3, 2.4, 2.5, 2.6 and 4.1 were met depends on the reading or on whose figure "
            "is taken.",
            "Targets 1.1, 1.6, 1.7, 2.1, 2.2, 2.9, 2.10, 3.1, 3.3, 3.4, 3.5 and 5.1 have no official figure of the "
            "deadline or the year before.",
        ]

    def test_one_target(self):
        assert one({"indicator": USE}, (USE, 2023, 60)).answer() == [
            "The **only target for 2023** was met beyond doubt.",
            "Target 1.1 was met.",
        ]
        assert one({"indicator": USE}).answer() == [
            "The **only target for 2023** was not met beyond doubt.",
            "Target 1.1 has no official figure of the deadline or the year before.",
        ]

    @pytest.mark.parametrize(
        ("verdicts", "said"),
        [
            (["met", "not met"], ["One of the **2 targets for 2023** was met beyond doubt.", "Target 1 was met.",
                                  "Target 2 was not met."]),
            (["met", "met", "not due"], ["Two of the **3 targets for 2023** were met beyond doubt.",
                                         "Targets 1 and 2 were met.", "Target 3 is not due in the figures at hand."]),
            (["depends", "not due", "not due"], [
                "None of the **3 targets for 2023** was met beyond doubt.",
                "Whether target 1 was met depends on the reading or on whose figure is taken.",
                "Targets 2 and 3 are not due in the figures at hand."]),
            (["not due", "not due"], [
                "How the **2 targets for 2023** end cannot be said yet: the figures at hand go to 2022."]),
        ],
    )  # fmt: skip
    def test_few_targets(self, verdicts, said):
        ended = pd.DataFrame({"target_id": [str(n + 1) for n in range(len(verdicts))], "verdict": verdicts})
        assert words.answer(ended, pd.DataFrame({"deadline": [2023] * len(verdicts)}), 2022) == said

    def test_not_due_and_none(self):
        assert one({"indicator": USE}, horizon=2022).answer() == [
            "How the **only target for 2023** ends cannot be said yet: the figures at hand go to 2022."
        ]
        assert Page([], {}).answer() == ["The report lists no targets."]


class TestRow:
    def test_met(self):
        row = one({"indicator": USE}, (USE, 2023, 60.25)).row()
        assert row == {
            "Target": "1.1 Target 1.1", "Aim": "≥ 50 % by 2023", "The report’s figure": "no data",
            "Outturn": "60.2 % (2023)", "Arithmetic": "60.2 − 50 = 10.2", "Verdict": "met", "Depends on": "nothing",
            "Edition": "Title of new, November 2024",
        }  # fmt: skip

    def test_editions_that_agree(self):
        row = one({"indicator": USE}, (USE, 2023, 40), (USE, 2023, 45.5, {"source": "old"})).row()
        assert (
            row["Depends on"]
            == "not on the edition: 40 % in Title of new, November 2024 and 45.5 % in Title of old, 2019"
        )

    def test_readings_that_agree(self):
        items = [{"indicator": USE, "reading": "one"}, {"indicator": USE, "reading": "two", "aim": 60}]
        assert one(items, (USE, 2023, 40)).row()["Depends on"] == "nothing: every reading says so"

    def test_a_change(self):
        rows = [(USERS, 2017, 200, MILLIONS), (USERS, 2018, 240, MILLIONS), (USERS, 2023, 310, MILLIONS)]
        items = [{"indicator": USERS, "baseline": year} for year in (2017, 2018)]
        row = one(items, *rows, target=RISE).row()
        assert (
            row["Arithmetic"] == "310 ÷ 200 (2017) − 1 = +55.0 %; asked +50 %"
            and row["Outturn"] == "310 million people (2023)"
        )
        assert row["Depends on"] == "the baseline: met by 2017 baseline; not by 2018 baseline"
        fall = one({"indicator": USERS}, (USERS, 2017, 2, MILLIONS), (USERS, 2023, 1.5, MILLIONS),
                   target=("1.1", "reduce_by", 50, "percent", 2017)).row()  # fmt: skip
        assert fall["Arithmetic"] == "1.5 ÷ 2 (2017) − 1 = −25.0 %; asked −50 %"

    def test_the_edition_that_a_revision_would_turn(self):
        row = one({"indicator": USE}, (USE, 2023, 52), (USE, 2015, 37), (USE, 2015, 40.5, {"source": "old"})).row()
        assert row["Depends on"] == (
            "the edition: 2 above the aim, and a later edition has moved a figure of this series down by 3.5 "
            "(that of 2015)"
        )
        row = one({"indicator": USE}, (USE, 2023, 48), (USE, 2015, 40.5), (USE, 2015, 37, {"source": "old"})).row()
        assert row["Depends on"].startswith("the edition: 2 below the aim") and "up by 3.5" in row["Depends on"]

    @pytest.mark.whole
    def test_not_measured(self):
        assert one({"indicator": USE}).row()["Depends on"] == "no official figure is at hand; none given"
        assert one([]).row()["Outturn"] == "none"
        old = one({"indicator": USE}, (USE, 2018, 40), (USE, 2019, 44)).row()
        assert old["Depends on"] == "the last figure is of 2019, 4 years before the deadline"
        assert (old["Outturn"], old["Verdict"]) == ("none; nearest is 44 % (2019)", "not measured")
        assert old["Arithmetic"] == "44 − 50 = −6; at the pace of its last year 64.4 in 2023"  # 44 × 1.1⁴
        no_base = one({"indicator": USERS}, (USERS, 2023, 44, MILLIONS), target=RISE).row()
        assert no_base["Depends on"] == "the target names no first figure to count from"
        other = one({"indicator": USERS}, (USERS, 2023, 44, MILLIONS)).row()
        assert other["Depends on"] == "the target names no value to reach in this unit"
        assert (other["Outturn"], other["Arithmetic"]) == ("none; nearest is 44 million people (2023)", "")

    def test_the_report_s_own_word_and_place(self):
        row = one({"indicator": USE}, observed=[(USE, 2020, 25, {"qualifier": "less_than"})]).row()
        assert row["Outturn"] == "none; nearest is less than 25 % (2020)"
        assert row["Edition"] == "section 3, line 101"

    def test_not_due(self):
        row = one({"indicator": USE}, (USE, 2022, 60), horizon=2022).row()
        assert (row["Verdict"], row["Outturn"], row["Depends on"]) == ("not due", "none", "due 2023")

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            (2, "the measure: met by mobile data; not by fixed broadband"),
            (9, "the proxy, low- and middle-income countries: 0.3 from the aim, and in 2019 the group itself "
                "stood 1.65 above it"),
            (12, "the measure and reading: met by mobile data, median; not by mobile data, every country; fixed "
                "broadband, "
                 "median; fixed broadband, every country"),
            (22, "the reading: no figure after 2020 is published; at the pace of its last year it would have "
                "come to 104.3 by "
                 "2023, against 193 (all countries) and 100 (100 countries)"),
        ],
    )  # fmt: skip
    def test_the_report(self, real, target, said):
        frame = words.every(real.ended, real.progress, real.found, real.rules, load.published("sources"))
        assert len(frame) == 24 and frame["Depends on"].iloc[target] == said
        measured = frame[frame["Outturn"] != "none"]
        assert (measured["Edition"] != "").all() and (frame.loc[frame["Outturn"] == "none", "Edition"] == "").all()
        read = words.choices(real.progress, real.rules)
        assert len(read) == 9 and list(read.columns) == ["Target", "Taken", "Not taken"]
        assert read["Taken"].iloc[3].startswith("low- and middle-income countries")
        assert read["Not taken"].iloc[1] == "–" and read["Not taken"].iloc[2].startswith("subscriptions per 100")
        assert words.choices_caption(read).title == "What targets are taken to ask for, and what not"
        assert words.choices_caption(words.choices(real.progress, {})).title == "No target is read in two ways."
        folds = words.goals(real.ended, real.progress)
        assert list(folds["title"].unique()) == [
            "Growth: 1.2 and 1.4 not met; 1.3 and 1.5 depend; 1.1, 1.6 and 1.7 not measured",
            "Inclusiveness: 2.7 and 2.8 not met; 2.3, 2.4, 2.5 and 2.6 depend; 2.1, 2.2, 2.9 and 2.10 not measured",
            "Sustainability: 3.2 not met; 3.1, 3.3, 3.4 and 3.5 not measured",
            "Innovation: 4.1 depends",
            "Partnership: 5.1 not measured",
        ]
        assert list(folds.loc[folds["opened"], "id"]) == [
            f"target-{name}" for name in ("1.2", "1.4", "2.7", "2.8", "3.2")
        ]
        strip = words.strip(real.ended, real.progress)
        assert list(frame["Target"]) == [f"{row['name']} {row['label']}" for row in strip.to_dict("records")]
        assert list(frame["Verdict"]) == list(strip["verdict"])
        declared = load.table("targets").set_index("target_id")["label"]
        assert all(row["label"].startswith(declared[row["name"]]) for row in strip.to_dict("records"))
        names = [name.split()[0] for name in frame["Target"]]
        assert names.index("2.10") == names.index("2.9") + 1 and names[17:22] == ["3.1", "3.2", "3.3", "3.4", "3.5"]


class TestTables:
    def test_readings(self):
        page = one(
            [{"indicator": USE, "measure": "all", "reading": "each"}, {"indicator": "x"}],
            (USE, 2023, 60),
            ("x", 2019, 4),
        )
        frame = words.readings(page.found, page.progress, small.EDITIONS)
        assert list(frame.iloc[0]) == [
            "1.1", "all, each", "Title of new, November 2024", "60 % (2023)", "60 − 50 = 10", "met",
            "S!A1",
        ]  # fmt: skip
        assert (
            list(frame["Measure and reading"])[1] == "as the target says"
            and list(frame["Result"])[1] == "too old to tell"
        )
        other = one({"indicator": USERS}, (USERS, 2023, 44, MILLIONS))
        said = words.readings(other.found, other.progress, small.EDITIONS).iloc[0]
        assert said["Result"] == said["Arithmetic"] == "no aim in this unit"
        assert (
            words.readings_caption(page.found).title
            == "Every reading and every edition of a target, held against its aim"
        )

    def test_later(self):
        page = one(
            {"indicator": USE}, (USE, 2020, 45), (USE, 2021, 50), (USE, 2023, 60), (USE, 2021, 51, {"source": "old"})
        )
        rows = courses.later(courses.of_targets(page.found, page.series, PERIOD), 2021)
        frame = words.later(rows, page.progress, small.EDITIONS)
        assert list(frame.columns) == ["What", "Edition", "2021", "2023", "Cells"]
        assert list(frame.iloc[0]) == ["1.1 Target 1.1", "Title of new, November 2024", "50", "60", "S!A2 … S!A3"]
        assert list(frame.iloc[1]) == ["1.1 Target 1.1", "Title of old, 2019", "51", "", "S!A4"]
        assert (
            words.later_caption(rows, PERIOD).title
            == "Published since: official figures of 2021 and after of what the targets ask for"
        )

    def test_lines(self):
        page = one(
            {"indicator": USE, "measure": "mobile"}, (USE, 2020, 45), (USE, 2023, 60), observed=[(USE, 2020, 44)]
        )
        rows = courses.of_targets(page.found, page.series, PERIOD)
        frame = words.lines(rows, page.progress, small.EDITIONS)
        assert list(frame["line"]) == ["Title of new, November 2024", "the report", "Title of new, November "
            "2024", "aim",
                                       "needed for 50", "needed for 50"]  # fmt: skip
        assert set(frame["chart"]) == {"1.1: mobile"}
        notes = words.courses_caption(rows, PERIOD, small.EDITIONS).notes
        assert notes[1] == "Editions: Title of new, November 2024." and "up to 2021" in notes[0]
        assert words.courses_caption(rows, PERIOD, small.SOURCES).notes[1] == "Editions: new."  # of no title

    def test_empty(self):
        page = Page([], {})
        rows = courses.of_targets(page.found, page.series, PERIOD)
        assert words.every(page.ended, page.progress, page.found, {}, small.SOURCES).empty
        assert words.every_caption(page.ended) == Caption("The report lists no targets.")
        assert words.readings(page.found, page.progress, small.SOURCES).empty
        assert words.readings_caption(page.found) == Caption("No official figure measures a target.")
        assert words.later(rows, page.progress, small.SOURCES).empty
        assert words.later_caption(rows, PERIOD) == Caption(
            "Nothing that measures a target is published about 2021 or after."
        )
        assert words.lines(rows, page.progress, small.SOURCES).empty and words.strip(page.ended, page.progress).empty
        assert words.courses_caption(rows, PERIOD, small.SOURCES) == Caption(
            "No target has an official figure to draw."
        )
        assert words.section_caption(rows, PERIOD, small.SOURCES).title == (
            "No official figure of coverage, bandwidth or prices is at hand."
        )
        assert cited.used(small.SOURCES, rows).empty

    def test_strip(self, real):
        frame = words.strip(real.ended, real.progress)
        assert len(frame) == 24 and list(frame.iloc[9]) == [
            "depends",
            "2.3",
            "Individuals using the Internet (Developing countries)",
        ]
