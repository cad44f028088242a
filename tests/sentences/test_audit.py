"""Every sentence of the audit: the arithmetic of each kind of check, and the page around it."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from helpers import selection
from helpers.__main__ import main
from helpers.analyses import audit
from helpers.analyses.audit import Finding, Side
from helpers.period import Period
from helpers.sentences import audit as words
from helpers.sentences.caption import Caption
from helpers.tables import load

YEARS = (2018, 2019, 2020, 2021)
ALL_SEVERITIES = ["contradiction", "tension", "note", "pass", "not applicable"]


def at(value, line=7, section="3", word="exact"):
    return Side(value, value, value, section, line, word)


def said(kind, left=(), right=(), made=(), what="made", severity="pass", **facts):
    """What a finding says: left, its place, right, its place, arithmetic."""
    finding = Finding(kind, what, severity, tuple(left), tuple(right), tuple(made), facts)
    row = words.findings([finding]).iloc[0]
    return tuple(row[["left", "left_place", "right", "right_place", "arithmetic"]])


def found(**sizes):
    """Findings by severity: not_applicable=2, contradiction=1 …"""
    made = []
    for severity, size in sizes.items():
        name = severity.replace("_", " ")
        facts = {"operand": {"indicator": "x"}} if name == "not applicable" else {}
        sides = ((at(2020),), (at(2019, 9),))
        made += [Finding("order", f"{name} {n}", name, *sides, facts=facts) for n in range(size)]
    return words.findings(made)


NOTHING = found()


class TestArithmetic:
    def test_parts(self):
        assert said("parts", [at(61)], [at(30.0), at(10, 9), at(21)], [61.1]) == (
            "61", "section 3, line 7", "30 + 10 + 21", "section 3, line 7", "30 + 10 + 21 = 61.1, stated 61",
        )  # fmt: skip
        noise = said("parts", [at(0.3)], [at(0.1), at(0.2)], [0.1 + 0.2])
        assert noise[4] == "0.1 + 0.2 = 0.3, stated 0.3"
        assert said("parts", [at(10.004)], [at(9.99999)], [9.99999])[4] == "9.99999 = 9.99999, stated 10"

    def test_same(self):
        row = said("same", [at(38, 1, "Annex 1")], [at(40, 2, word="over"), at(41, 2), at(42, 3)])
        assert row == (
            "38", "Annex 1, line 1", "over 40, 41 and 42", "section 3, line 2 and section 3, line 3",
            "38 against over 40, 41 and 42",
        )  # fmt: skip

    def test_percents(self):
        assert said("percents", [at(65), at(37)], [], [102, 101, 103]) == (
            "65 + 37", "section 3, line 7", "100", "", "65 + 37 = 102; rounding allows 101 to 103",
        )  # fmt: skip

    def test_ratios(self):
        row = said("ratios", [at(0.5, 1)], [at(84, 2), at(195, 3)], [84 / 195, 0.4295, 0.4321])
        assert row == (
            "0.5", "section 3, line 1", "84 ÷ 195", "section 3, line 2",
            "84 ÷ 195 = 0.431; rounding allows 0.429 to 0.432; stated 0.5",
        )  # fmt: skip
        row = said("ratios", [Side(0.3333, 0.3333, 0.3333)], [at(90), at(27)], [63, 62, math.inf], difference=True)
        assert row[:2] == ("0.333", "") and row[2] == "90 − 27"
        assert row[4] == "90 − 27 = 63.000; rounding allows 62.000 and more; stated 0.333"

    def test_growths(self):
        row = said("growths", [at(4.1, 1), at(4.9, 2)], [at(10.2, 3), at(5.8, 4)], [4.7803, 4.72, 4.84])
        assert row == (
            "4.1 to 4.9", "section 3, line 2", "10.2 % and 5.8 %", "section 3, line 3",
            "4.1 × 1.102 × 1.058 = 4.78; rounding allows 4.72 to 4.84; stated 4.9",
        )  # fmt: skip

    def test_claims(self):
        row = said("claims", [at(380.004, 1)], [at(200, 2)], [1.9], at_least=2)
        assert row == ("380", "section 3, line 1", "200", "section 3, line 2", "380 ÷ 200 = 1.90, needs at least 2")
        assert said("claims", [at(380)], [at(200)], [1.9], at_most=1)[4] == "380 ÷ 200 = 1.90, needs at most 1"

    def test_counts(self):
        assert said("counts", [at(6)], [at(4, 9)]) == (
            "6",
            "section 3, line 7",
            "4",
            "section 3, line 9 and on",
            "stated 6, listed 4",
        )
        assert said("counts", [at(6)], [at(4, 9)], span=[])[3] == "section 3, line 9"
        assert said("counts", [at(6)], [Side(0, 0, 0)])[3] == "nowhere"

    def test_excludes(self):
        row = said("excludes", [at(100)], [at(1, 1), at(870, 1), at(1304, 2)])
        assert row[:3] == ("100 %", "section 3, line 7", "1, 870 and 1,304")
        assert row[3:] == ("section 3, line 1 and section 3, line 2", "100 % leaves none, counted 1, 870 and 1,304")

    def test_order(self):
        assert said("order", [at(2020, 1)], [at(2019, 2)]) == (
            "2020", "section 3, line 1", "2019", "section 3, line 2", "2019 is before 2020",
        )  # fmt: skip
        assert said("order", [at(2020)], [at(2020)])[4] == "2020 is not before 2020"

    def test_paces(self):
        row = said("paces", [at(66, 1), at(74, 2)], [at(100, 3)], [8, 1, 26 / 3, 3])
        assert row == (
            "8", "section 3, line 2", "8.67", "section 3, line 3",
            "(74 − 66) ÷ 1 = 8 a year, (100 − 74) ÷ 3 = 8.67 a year needed",
        )  # fmt: skip

    def test_totals(self):
        assert said("totals", [at(11, 1)], [at(1012, 2)], state="differs") == (
            "11", "section 3, line 1", "1,012", "section 3, line 2", "the years add up to 1,012, printed: 11",
        )  # fmt: skip
        silent = said("totals", [Side(math.nan, math.nan, math.nan)], [at(9)], state="ours only")
        assert silent[:2] == ("not printed", "") and silent[4] == "the years add up to 9, printed: not printed"
        gap = said("totals", [at(11)], [at(9)], state="incomplete")[4]
        assert gap == "the years add up to 9, printed: 11; a year has no count"

    def test_dates(self):
        facts = {"act": "approved", "date": "2020-08", "years": [2018, 2019]}
        assert said("dates", [at(math.nan, 1)], [at(2018, 2), at(2019, 2)], **facts) == (
            "approved August 2020", "section 3, line 1", "listed in 2018 and 2019", "section 3, line 2",
            "approved August 2020; listed in 2018 and 2019",
        )  # fmt: skip
        silent = said("dates", [at(math.nan, 1)], act="revised", date="", years=[])
        assert silent[::2] == ("revised, no date", "not listed", "revised, no date; not listed")
        assert silent[3] == "nowhere in the table"

    def test_entries(self):
        assert said("entries", [at(2019, 1)], what="K.20", case="repeated", cell="SG5 2019", positions=[1, 2]) == (
            "K.20", "section 3, line 1", "SG5 2019", "positions 1 and 2", "2 equal entries",
        )  # fmt: skip
        again = said("entries", [at(2018, 1)], [at(2021, 2)], case="approved again", years=[2018, 2021])
        assert again == ("2018", "section 3, line 1", "2021", "section 3, line 2", "listed in 2018 and 2021")
        facts = {"case": "second name", "short": "G.7", "entries": 1, "printed": ("G.7/Y.8 Amd.1", "G.7")}
        assert said("entries", [at(2018, 1)], [at(2021, 2)], **facts) == (
            "G.7/Y.8 Amd.1", "section 3, line 1", "G.7", "section 3, line 2",
            "one entry without the second designation",
        )  # fmt: skip
        assert said("entries", [at(2018)], [at(2021)], **facts | {"entries": 2})[4].startswith("two entries without")

    @pytest.mark.parametrize(
        ("operand", "zero", "text"),
        [
            ({"indicator": "delegates"}, False, "the edition has no delegates"),
            (
                {"indicator": "delegates", "year": 2020, "nth": 2},
                False,
                "the edition has no delegates (year 2020, nth 2)",
            ),
            ({"target": "4.1"}, False, "the edition has no value of target 4.1"),
            ({"table": "outcomes"}, False, "the edition has no rows for it in outcomes"),
            ({"indicator": "delegates"}, True, "nothing to divide by: delegates"),
        ],
    )
    def test_not_applicable(self, operand, zero, text):
        assert said("parts", severity="not applicable", operand=operand, zero=zero) == ("", "", "", "", text)

    @pytest.mark.parametrize(
        ("kind", "name", "facts", "what"),
        [
            ("parts", "Delegates", {}, "Delegates"),
            ("totals", "HF", {"state": "agrees"}, "Total of HF"),
            ("dates", "G.1", {"act": "approved", "date": "", "years": []}, "Recommendation ITU-T G.1"),
            ("entries", "K.20", {"case": "repeated", "cell": "", "positions": [1, 2, 3]},
             "K.20 stands three times in one cell"),
            ("entries", "amendment 1 to K.20", {"case": "approved again", "years": [2018]},
             "Amendment 1 to K.20 is approved twice without a new edition between"),
            ("entries", "G.7/Y.8", {"case": "second name", "short": "G.7", "entries": 1, "printed": ("", "")},
             "G.7/Y.8 also stands as G.7"),
        ],
    )  # fmt: skip
    def test_what(self, kind, name, facts, what):
        made = [0, 0] if kind == "parts" else []
        finding = Finding(kind, name, "note", (at(1),), (at(1),), tuple(made), facts)
        assert words.findings([finding])["what"].iloc[0] == what

    def test_a_catalogue_outside(self):
        def said(what, *names):
            return words.findings([Finding("catalogue", what, "note", (at(1096),), (Side(1091, 1091, 1091),),
                                           facts={"differ": list(names)})]).iloc[0]  # fmt: skip

        row = said("entries", "D.265", "D.266")
        assert row["what"] == "Entries of the ITU-T table in a catalogue of approvals"
        assert row["arithmetic"] == "1,096 listed, 1,091 of them catalogued; differing: D.265 and D.266"
        assert list(row[["left", "left_place", "right", "right_place"]]) == [
            "1,096", "section 3, line 7", "1,091", "the catalogue",
        ]  # fmt: skip
        assert said("hyphens")["arithmetic"] == "1,096 repaired, 1,091 confirmed"
        nine, ten = ([f"G.{n}" for n in range(many)] for many in (9, 10))
        assert said("radio", *nine)["arithmetic"].endswith("G.6, G.7 and G.8")
        assert said("radio", *ten)["arithmetic"].endswith("G.6, G.7 and 2 others")
        none = Finding("catalogue", "nothing", "not applicable", facts={"operand": {"table": "approvals"}})
        assert words.findings([none]).iloc[0]["arithmetic"] == "the edition has no rows for it in approvals"

    def test_every_kind_has_its_words(self):
        assert set(words.RENDERED) == set(words.KINDS) == {*audit.KINDS, "totals", "dates", "entries", "catalogue"}


@pytest.fixture(scope="module")
def text(tables):
    return words.findings(audit.audit(tables, selection.choose("latest"), load.published("approvals")))


@pytest.mark.whole
class TestTheReport:
    def test_contradictions_known_by_hand(self, text):
        worst = text[text["severity"] == "contradiction"].set_index("what")["arithmetic"]
        assert worst.to_dict() == {
            "All ITU-T workshops were held virtually": "81 ÷ 199 = 0.407; stated 1",
            "Internet users 2019 to 2021, from the growth of two years":
                "4.1 × 1.102 × 1.058 = 4.78; rounding allows 4.72 to 4.84; stated 4.9",
            "A survey question that was new in 2020 has results for an earlier year": "2019 is before 2020",
            "Recommendation ITU-T G.1033": "approved 2020; listed in 2019",
            "Recommendation ITU-T D.1101": "approved August 2020; not listed",
        }  # fmt: skip

    def test_tensions_known_by_hand(self, text):
        tense = text[text["severity"] == "tension"].set_index("what")["arithmetic"]
        assert tense["Countries by gender balance of phone ownership, one-half of them at parity"] == (
            "30 + 10 + 21 = 61, stated 60"
        )
        assert tense["UN partners of AI for Good"] == "38 against over 40"
        assert "stated 6, listed 5" in set(tense)  # the 78th to the 82nd meeting
        assert tense["All ITU meetings were virtual from 16 March 2020"] == (
            "100 % leaves none, counted 1, 870 and 1,304"
        )

    def test_the_page(self, text):
        assert words.answer(text)[0] == (
            "Of **152 checks** 111 pass; five contradictions, 13 tensions and 23 notes remain."
        )
        assert words.contradictions(text)[0] == "All ITU-T workshops were held virtually: 81 ÷ 199 = 0.407; stated 1."
        assert words.kinds_caption(text) == Caption(
            "111 of 152 checks hold; five contradictions remain", "checks", "all tables"
        )
        assert [tuple(row) for row in words.key_figures(text).to_numpy()] == [
            ("checks hold", "111", "of 152 checks"),
            ("contradictions", "5", "neither rounding nor words explain them"),
            ("tensions", "13", "may have an explanation"),
            ("notes", "23", "to know"),
        ]
        open_ones = text[text["severity"] != "pass"]
        assert (
            len(words.naming(open_ones, Period(YEARS, 2021))) == 4
            and words.naming(open_ones, Period(YEARS, None)).empty
        )
        assert words.naming(open_ones, Period((1999,), 1999)).empty


class TestPage:
    @pytest.mark.parametrize(
        ("text", "answer", "title"),
        [
            (NOTHING, ["The edition has nothing that could be checked."],
             "The edition has nothing that could be checked."),
            (found(not_applicable=3), ["No check applies, of 3: the edition lacks what they need."],
             "No check applies, of 3: the edition lacks what they need."),
            (found(**{"pass": 1}), ["Of **1 check** 1 pass; no contradictions, no tensions and no notes remain."],
             "1 of 1 check holds; no contradictions remain"),
            (found(contradiction=1, **{"pass": 3}, not_applicable=1),
             ["Of **4 checks that apply** 3 pass; one contradiction, no tensions and no notes remain.",
              "One check does not apply, as the edition lacks what it needs."],
             "3 of 4 checks that apply hold; one contradiction remains"),
            (found(tension=1, note=1, not_applicable=2),
             ["Of **2 checks that apply** 0 pass; no contradictions, one tension and one note remain.",
              "Two checks do not apply, as the edition lacks what they need."],
             "0 of 2 checks that apply hold; no contradictions remain"),
            (found(contradiction=2, **{"pass": 998}),
             ["Of **1,000 checks** 998 pass; two contradictions, no tensions and no notes remain."],
             "998 of 1,000 checks hold; two contradictions remain"),
        ],
    )  # fmt: skip
    def test_answer_and_title(self, text, answer, title):
        assert words.answer(text) == answer and words.kinds_caption(text).title == title

    def test_contradictions_are_a_list(self):
        assert words.contradictions(found(contradiction=2, note=1)) == [
            "contradiction 0: 2019 is before 2020.", "contradiction 1: 2019 is before 2020."
        ]  # fmt: skip
        assert words.contradictions(found(note=1)) == ["No contradiction is found."] == words.contradictions(NOTHING)

    def test_sizes_and_tiles(self):
        text = found(note=2, not_applicable=1)
        assert words.sizes(text) == dict(zip(ALL_SEVERITIES, [0, 0, 2, 0, 1], strict=True))
        assert words.key_figures(text)["change"].iloc[0] == "of 2 checks that apply"
        assert words.key_figures(NOTHING).empty and list(words.key_figures(NOTHING)) == ["what", "now", "change"]

    def test_bars(self):
        kinds = [Finding("order", "", "pass", (at(1),), (at(1),)), Finding("same", "", "note", (at(1),), (at(1),))]
        bars = words.kinds(audit.summary(kinds))
        assert list(bars["kind"]) == ["Order of years", "One fact stated twice"]
        assert words.labels(bars) == {
            "pass": "Pass", "note": "Note", "tension": "Tension", "contradiction": "Contradiction",
        }  # fmt: skip
        silent = words.kinds(audit.summary([*kinds, Finding("same", "", "not applicable")]))
        assert words.labels(silent)["not applicable"] == "Not applicable"
        assert words.kinds(audit.summary([])).empty

    def test_captions_of_tables(self):
        assert words.open_caption(NOTHING) == Caption("Every check holds.")
        assert words.open_caption(found(note=1)) == Caption("Contradictions, tensions and notes")
        assert words.open_caption(found(note=1, not_applicable=1)).title == (
            "Contradictions, tensions and notes, and checks that do not apply"
        )
        assert words.naming_caption(found(note=1), Period(YEARS, 2021)) == Caption("Findings that name 2021")
        assert words.naming_caption(NOTHING, Period(YEARS, 2021)) == Caption("No open finding names 2021.")
        assert words.naming_caption(found(note=1), Period(YEARS, None)) == Caption(
            "No year is chosen: every finding stands above."
        )
        assert words.passed_caption(found(**{"pass": 1})) == Caption("Checks that pass")
        assert words.passed_caption(NOTHING) == Caption("No check passes.")

    def test_some_findings(self):
        assert words.every_caption(NOTHING) == Caption("No check is among these.")
        assert words.every_caption(found(note=1)) == Caption("1 check by kind", "checks", "all tables")
        assert words.every_caption(found(note=12)).title == "12 checks by kind"

    def test_a_year_is_named_in_any_of_the_texts_and_only_whole(self):
        text, asked = found(note=1), Period((1984, 2021), 1984)  # sides 2020 and 2019
        for column in ("what", "left", "right", "arithmetic"):
            named = text.assign(**{column: "in 1984"})
            pd.testing.assert_frame_equal(words.naming(pd.concat([text, named]), asked), named)
            assert words.naming(text.assign(**{column: "in 19845"}), asked).empty
        assert words.naming(NOTHING, asked).empty

    def test_of_picked_years_one_is_enough(self):
        text, pair = found(note=1), Period(YEARS, None, picked=(2018, 2019))  # sides 2020 and 2019
        assert len(words.naming(text, pair)) == 1
        assert words.naming(text, Period(YEARS, None, picked=(2018, 2021))).empty
        assert words.naming_caption(text, pair) == Caption("Findings that name 2018 or 2019")
        assert words.naming_caption(NOTHING, pair) == Caption("No open finding names 2018 or 2019.")

    def test_the_table_for_people(self):
        row = words.table(found(note=1)).iloc[0]
        assert list(row) == [
            "note 0",
            "note",
            "2020 (section 3, line 7)",
            "2019 (section 3, line 9)",
            "2019 is before 2020",
        ]
        silent = words.table(found(not_applicable=1)).iloc[0]
        assert list(silent) == ["not applicable 0", "not applicable", "", "", "the edition has no x"]
        assert words.table(NOTHING).empty

    def test_what_the_command_prints(self):
        text = found(contradiction=1, **{"pass": 2}, not_applicable=1)
        assert words.report(text) == [
            "contradiction: contradiction 0",
            "    2019 is before 2020",
            "    2020 (section 3, line 7) against 2019 (section 3, line 9)",
            "not applicable: not applicable 0",
            "    the edition has no x",
            "1 contradiction, 0 tension, 0 note, 2 pass, 1 not applicable",
        ]
        percents = words.findings([Finding("percents", "Shares", "note", (at(99),), (), (99, 99, 99))])
        assert words.report(percents)[2] == "    99 (section 3, line 7) against 100 (by definition)"
        assert words.report(NOTHING) == ["0 contradiction, 0 tension, 0 note, 0 pass"]


class TestCommand:
    @pytest.mark.whole
    def test_prints_and_writes_every_finding(self, tmp_path, capsys, text):
        assert main(["audit", "--csv", str(tmp_path / "a.csv"), "--json", str(tmp_path / "a.json")]) == 1
        assert capsys.readouterr().out.splitlines() == words.report(text)
        found = json.loads((tmp_path / "a.json").read_text("utf-8"))
        assert len(found) == len((tmp_path / "a.csv").read_text("utf-8").splitlines()) - 1 == 152
        assert list(found[0]) == list(text.columns)

    def test_a_folder_without_data(self, tmp_path):
        assert main(["audit", "--data", str(tmp_path)]) == 2
