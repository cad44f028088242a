"""Words on Resolutions and results: every branch of every sentence, in full."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import results
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import results as words
from helpers.sentences.caption import Caption
from helpers.tables.editions import Edition
from tests.analyses.test_results import made, marks, texts

TOLD, ELSEWHERE, INACTIVE = results.STATUSES
ANNEX = "Annex 1, lines 1570–1890"


@pytest.fixture
def annex(tables):
    return tables["resolutions"], tables["outcomes"], tables["figures_lost"]


def outcomes(*sections):
    return made(
        "outcomes", *({"objective_id": "R.1", "outcome_id": f"R.1-{n}", "section": s} for n, s in enumerate(sections))
    )


def lost(*sections):
    return made("figures_lost", *({"caption": "Chart", "section": section} for section in sections))


class TestAnswer:
    def test_of_the_report(self, annex):
        said = words.answer(*annex, selection.choose(2021))
        assert said == [
            "Annex 1 lists **50 Resolutions and Decisions**: 39 with a report, nine that only refer elsewhere, and two "
            "without activity.",
            "Annex 2 names 64 outcomes, but 42 of their results were charts that the text does not carry; in "
            "the whole report 68 are gone.",
            "The status texts make two references to documents of the Council of 2021 (C21/12 and C21/22).",
        ]
        assert words.answer(*annex, selection.choose("all"))[2] == (
            "The status texts make 17 references to Council documents, 3 to those of other bodies and 14 to sections "
            "of the report."
        )
        assert words.answer(*annex, selection.choose(2018))[2] == (
            "The status texts make one reference to documents of the Council of 2018 (C18/107)."
        )

    def last(self, refers_to, year):
        return words.answer(texts((1, 9, TOLD, refers_to)), outcomes(), lost(), selection.choose(year))[2]

    def test_references(self):
        assert self.last("Section 3", 2019) == "The status texts make no reference to documents of the Council of 2019."
        assert self.last("C19/3;C19/3", 2019) == (
            "The status texts make two references to documents of the Council of 2019 (C19/3)."
        )
        assert self.last("C19/3;GSR", "all") == (
            "The status texts make 1 reference to Council documents, 1 to those of other bodies and 0 to sections of "
            "the report."
        )

    @pytest.mark.parametrize(
        ("states", "said"),
        [
            ([TOLD], "Annex 1 lists **1 Resolution**: 1 with a report."),
            ([ELSEWHERE, TOLD], "Annex 1 lists **2 Resolutions**: 1 with a report and one that only refers elsewhere."),
            ([INACTIVE] * 2, "Annex 1 lists **2 Resolutions**: two without activity."),
            ([ELSEWHERE] * 2, "Annex 1 lists **2 Resolutions**: two that only refer elsewhere."),
        ],
    )
    def test_kinds_of_texts(self, states, said):
        rows = texts(*((number, 5, state, None) for number, state in enumerate(states, 1)))
        assert words.answer(rows, outcomes(), lost(), selection.choose(2021))[0] == said

    def test_several_sections(self):
        rows = texts((1, 5, TOLD, None), (2, 5, TOLD, None)).assign(section=["5.1", "Annex 1"])
        assert words.answer(rows, outcomes("5.1", "6"), lost(), selection.choose(2021))[:2] == [
            "Section 5.1 and Annex 1 list **2 Resolutions**: 2 with a report.",
            "Section 5.1 and section 6 name 2 outcomes, and no chart is lost there; in the whole report none is gone.",
        ]

    @pytest.mark.parametrize(
        ("named", "gone", "said"),
        [
            ([], [], "The report names no outcomes; of charts and symbols in the whole report none is gone."),
            ([], ["3", "3"], "The report names no outcomes; of charts and symbols in the whole report 2 are gone."),
            (["4"], ["3"], "Section 4 names 1 outcome, and no chart is lost there; in the whole report 1 is gone."),
            (["4"], ["4", "3"], "Section 4 names 1 outcome, but 1 of their results was a chart that the text "
                                "does not carry; in the whole report 2 are gone."),
        ],
    )  # fmt: skip
    def test_outcomes_and_what_is_lost(self, named, gone, said):
        assert words.answer(texts(), outcomes(*named), lost(*gone), selection.choose(2021)) == [
            "The report lists no Resolutions or Decisions.", said
        ]  # fmt: skip


class TestTiles:
    def test_of_the_report(self, annex):
        assert words.key_figures(*annex).drop(columns="before").values.tolist() == [
            ["Resolutions and Decisions", "50", "listed in Annex 1", "Annex 1", 1570],
            ["reported on", "78 %", "39 of 50 texts", "Annex 1", 1570],
            ["outcomes", "64", "under 18 objectives", "Annex 2", 1900],
            ["charts and symbols gone", "68", "42 of them in Annex 2", "1.6", 746],
        ]

    def test_of_little(self):
        tiles = words.key_figures(texts((1, 5, TOLD, None)), outcomes("4"), lost("3"))
        assert tiles[["what", "now", "change"]].values.tolist() == [
            ["Resolutions and Decisions", "1", "listed in Annex 1"],
            ["outcomes", "1", "under 1 objective"],
            ["charts and symbols gone", "1", "in section 3"],
        ]
        none = words.key_figures(texts((1, 5, INACTIVE, None), (2, 5, INACTIVE, None)), outcomes(), lost())
        assert none[["what", "now", "change"]].values.tolist()[1] == ["reported on", "0 %", "0 of 2 texts"]
        assert words.key_figures(texts(), outcomes(), lost()).empty


class TestStatus:
    def test_of_the_report(self, annex):
        assert words.status_caption(annex[0]) == Caption(
            "39 of 50 Resolutions and Decisions are reported on; Resolution 204 gets twice the words of any other "
            "(1,233)",
            "Resolutions and Decisions",
            ANNEX,
        )

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            ([(1, 1, TOLD)], "Every text is reported on; Resolution 1 gets 1 word"),
            ([(1, 7, TOLD), (2, 7, TOLD), (3, 5, TOLD)],
             "Every text is reported on; Resolution 1 and Resolution 2 get most words (7 each)"),
            ([(1, 7, TOLD), (2, 9, INACTIVE)],
             "1 of 2 Resolutions is reported on; Resolution 1 gets 7 words"),
            ([(1, 7, INACTIVE)], "None of the texts is reported on"),
        ],
    )  # fmt: skip
    def test_titles(self, rows, title):
        assert words.status_caption(texts(*((*row, None) for row in rows))).title == title

    def test_without_rows(self):
        assert words.status_caption(texts()) == Caption("The report lists no Resolutions or Decisions.")


class TestResolutions:
    def test_table(self, annex):
        table = words.resolutions_table(annex[0])
        assert list(table.columns) == ["Text", "Title", "Adopted", "Status", "Words", "Refers to", "Line"]
        rows = table.set_index("Text")
        assert list(rows.loc["Res. 208"]) == ["no title in the text", "Dubai, 2018", "reported", 130, "–", 1864]
        assert rows.loc["Res. 162", ["Adopted", "Refers to"]].tolist() == [
            "Busan, 2014 (revised)",
            "C19/22, C20/22, C21/22",
        ]

    def test_captions(self, annex):
        assert words.resolutions_caption(annex[0]) == Caption(
            "Annex 1: Resolutions and Decisions", source=ANNEX, notes=("One title is missing in the text.",)
        )
        two = texts((1, 5, TOLD, None), (2, 5, TOLD, None))
        assert words.resolutions_caption(two).notes == ()
        assert words.resolutions_caption(two.assign(title=None)).notes == ("Two titles are missing in the text.",)
        assert words.resolutions_caption(two.assign(section="5")).title == "Section 5: Resolutions and Decisions"
        assert words.resolutions_caption(texts()) == Caption("The table of Resolutions and Decisions has no rows.")


class TestLean:
    def caption(self, *refers_to):
        rows = texts(*((number, 5, TOLD, target) for number, target in enumerate(refers_to, 1)))
        return words.lean_caption(rows, results.lean(rows, Period((2021,), 2021)))

    def test_of_the_report(self, annex):
        leaning = results.lean(annex[0], Period((2018, 2021), 2021))
        assert words.lean_caption(annex[0], leaning) == Caption(
            "Six texts refer to Council 2020, more than to anything else; 28 refer to nothing",
            "texts that refer to it",
            ANNEX,
        )

    @pytest.mark.parametrize(
        ("targets", "title"),
        [
            (["Section 3", None], "One text refers to Section 3; 1 refers to nothing"),
            (["GSR", "GSR", "Section 3"], "Two texts refer to Other bodies, more than to anything else; every "
                                          "text refers to something"),
            (["Section 3", "GSR"],
             "One text refers to Section 3 and Other bodies each; every text refers to something"),
            (["C21/1", "C21/2;Section 3"], "Two texts refer to Council 2021, more than to anything else; "
                                           "every text refers to something"),
            ([None], "No status text refers to a section or a document."),
            ([], "There are no status texts that could refer to anything."),
        ],
    )  # fmt: skip
    def test_titles(self, targets, title):
        assert self.caption(*targets).title == title


def test_objectives(tables):
    none = tables["outcomes"].iloc[:0]
    rows = results.objectives(tables["objectives"], tables["outcomes"], tables["figures_lost"])
    assert words.objectives_caption(rows) == Caption(
        "Inter-sectoral objectives promise most outcomes (19), before ITU-D (16), ITU-R (15) and ITU-T (14)",
        "outcomes",
        "Annex 2, lines 1898–2145",
    )
    bare = results.objectives(tables["objectives"], none, tables["figures_lost"])
    assert words.objectives_caption(bare).title == "The report names no outcomes under its objectives"
    assert words.objectives_caption(rows.iloc[:0]) == Caption("The report lists no objectives.")
    alone = rows[rows["sector"] == "ITU-T"]
    assert words.objectives_caption(alone).title == "ITU-T objectives promise all outcomes (14)"


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([1], "A gets 1 word"),
        ([7, 7], "A and B get most words (7 each)"),
        ([7, 4], "A gets most words (7)"),
        ([8, 4, 1], "A gets twice the words of any other (8)"),
        ([12, 4], "A gets three times the words of any other (12)"),
        ([5, 0], "A gets most words (5)"),
    ],
)
def test_the_longest_report(lengths, said):
    assert words._longest(pd.Series(lengths), list("ABC"[: len(lengths)])) == said


def test_outcomes(tables):
    table = words.outcomes_table(tables["outcomes"], tables["objectives"])
    assert list(table.columns) == ["Outcome", "What (our label)", "Objective", "Line"] and len(table) == 64
    assert table.iloc[0].tolist() == [
        "R.1-a", "Countries with satellite networks in the MIFR", "R.1 Spectrum and orbit management", 1900
    ]  # fmt: skip
    assert words.outcomes_table(tables["outcomes"], tables["objectives"].iloc[:0])["Objective"].iloc[0] == "R.1"
    assert words.outcomes_caption(tables["outcomes"]) == Caption(
        "Annex 2: the outcomes", source="Annex 2, lines 1900–2150"
    )
    assert words.outcomes_caption(outcomes()) == Caption("The report names no outcomes.")


class TestEnablers:
    def test_of_the_report(self, tables):
        board = results.enablers(tables["observations"])
        table = words.enablers_table(board, selection.choose(2021))
        assert list(table.columns) == ["Indicator", *map(str, range(2014, 2021))]
        assert table.iloc[0].tolist() == ["IPSAS compliance", *["met"] * 4, *["not met"] * 3]
        assert table.iloc[3].tolist() == ["work related injuries or incidents below 2 percent", *["met"] * 7]
        assert words.enablers_caption(board) == Caption("Enablers, by year")

    def test_gaps_and_an_edition_without_names(self, tmp_path):
        bare = Selection(Edition("made", tmp_path, {}), Period((2020,), 2020))
        board = results.enablers(marks(("ipsas_a", 2020, 0), ("b", 2019, 1)))
        assert words.enablers_table(board, bare).values.tolist() == [
            ["ipsas a", "not reported", "not met"], ["b", "met", "not reported"]
        ]  # fmt: skip
        none = results.enablers(marks())
        assert words.enablers_table(none, bare).empty
        assert words.enablers_caption(none) == Caption("The report marks no enablers as met or not met.")


class TestLost:
    def caption(self, *sections):
        rows = lost(*sections)
        return words.lost_caption(results.lost_by_section(rows), rows)

    @pytest.mark.parametrize(
        ("sections", "title"),
        [
            (["3"], "All that is gone was in section 3: 1 chart or symbol"),
            (["3", "3"], "All that is gone was in section 3: 2 charts or symbols"),
            (["3", "4", "4"], "Most of the lost charts and symbols, 2 of 3, stood in section 4"),
            (["3", "3", "4", "5"], "The largest part of the lost charts and symbols, 2 of 4, stood in section 3"),
            (
                ["3", "Annex 1"],
                "Section 3 and Annex 1 lost most: 1 chart or symbol each",
            ),
            ([], "No chart or symbol is known to be lost in the text."),
        ],
    )
    def test_titles(self, sections, title):
        assert self.caption(*sections).title == title

    def test_of_the_report(self, annex):
        caption = words.lost_caption(results.lost_by_section(annex[2]), annex[2])
        assert caption.title == "Most of the lost charts and symbols, 42 of 68, stood in Annex 2"
        assert caption.unit == "charts and symbols lost" and caption.source.startswith(
            "section 1.6, line 746; section 2.4, line 1383; section 3, lines"
        )
        assert words.lost_table_caption(annex[2]) == Caption("Charts and symbols that the text lacks")
        assert words.lost_table_caption(lost()) == Caption("The list of lost charts and symbols is empty.")
        assert list(words.LOST.items()) == [("caption", "What stood there"), ("section", "Section"), ("line", "Line")]


def test_the_longest_texts():
    rows = texts((1, 7, TOLD, None), (2, 9, TOLD, None), (3, 9, TOLD, None)).assign(name=["a", "b", "c"])
    assert words.longest_caption(rows.tail(2), 3) == Caption(
        "b and c get most words (9 each)", "words of status text", "Annex 1, lines 2–3",
        ("The 2 longest of 3 texts are shown.",),
    )  # fmt: skip
    assert words.longest_caption(rows.head(2), 2).title == "b gets most words (9)"
    assert words.longest_caption(rows.head(2), 2).notes == ()
    assert words.longest_caption(pd.DataFrame(), 0) == Caption("The report lists no Resolutions or Decisions.")
