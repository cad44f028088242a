"""Matching: every rule and every reason on a small catalogue, and the known figures of the whole one."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import matching
from helpers.tables import load
from tests import small_catalogue

CHOSEN = selection.choose("all")
RULES = matching.rules(CHOSEN)


@pytest.fixture(scope="module")
def made():
    return matching.entries(small_catalogue.itut(), small_catalogue.texts(), RULES)


@pytest.fixture(scope="module")
def missing(made):
    return matching.unlisted(made, small_catalogue.texts(), RULES, CHOSEN.of("itut_recommendations"))


def test_each_entry_has_its_text_or_a_reason(made):
    assert made[["printed", "match", "approved", "reason"]].fillna("").to_numpy().tolist() == [
        ["G.709", "one of two numbers", "2018-06-01", ""],
        ["G.709/Y.1331 Amd.1", "number", "2018-11-29", ""],
        ["G.7", "number", "2018-06-01", ""],
        ["G.7", "", "", "listed more often"],
        ["G.709/Y.1331", "number", "2020-06-01", ""],
        ["G.8 Cor.1", "", "", "another kind"],
        ["H.265", "number", "2019-06-29", ""],  # the earlier text to the earlier entry
        ["H.265", "number", "2019-11-29", ""],
        ["H.849", "number", "2019-05-14", ""],
        ["Z.100", "number", "2018-03-01", ""],
        ["Z.100", "annex", "2018-11-13", ""],
        ["Z.100", "annex", "2018-11-13", ""],
        ["D.264", "number", "2020-08-05", ""],
        ["D.265", "", "", "another year"],
        ["D.600R Amd.1", "number", "2021-07-29", ""],
        ["J.9", "", "", "no such number"],
    ]
    assert made["docid"].dropna().is_unique
    others = made.set_index("printed")["others"].dropna().to_dict()
    assert others == {
        "G.7": "ITU-T G.7 rec  (2018-06-01)",
        "G.8 Cor.1": "ITU-T G.8 rec  (2020-06-01)",
        "D.265": "ITU-T D.265 rec  (2023-04-17)",
    }


def test_candidates_are_of_the_same_group_kind_and_month_and_no_match(made):
    found = made.dropna(subset=["candidates"])
    # D.1041 is of September, in which no other entry of the group was approved; G.8 is a Recommendation
    assert found[["printed", "candidates"]].to_numpy().tolist() == [["D.265", "ITU-T D.1040 rec  (2020-08-28)"]]
    assert found["docid"].isna().all()


def test_texts_that_are_not_listed(missing):
    """Up to the closing day, without Corrigenda of Supplements; the group from the listed texts of today's group."""
    columns = ["designation", "study_group", "namesakes", "informative"]
    assert missing[columns].fillna("?").to_numpy().tolist() == [
        ["K.70", "?", 0, True],
        ["H.849", "SG16", 1, False],
        ["G.709/Y.1331", "SG15", 0, False],
        ["G.8", "SG15", 0, False],
        ["D.1040", "SG3", 0, False],
        ["D.1041", "SG3", 0, False],
    ]
    assert list(missing["approved"])[2] == "2019-11-29" and list(missing.columns) == matching.UNLISTED


def test_the_balance_by_group_and_by_year(made, missing):
    period = CHOSEN.of("itut_recommendations")
    frame = matching.balance(made, missing, period, ["study_group"]).set_index("study_group")
    assert list(frame.index) == ["SG15", "SG16", "SG17", "SG3", "SG9", "not known"]
    assert list(frame.columns) == [
        "listed", "found", "recommendation", "amendment", "corrigendum", "without", "catalogued", "difference",
    ]  # fmt: skip
    assert frame.loc["SG15"].tolist() == [6, 4, 1, 1, 0, 2, 6, 0]
    assert frame.loc["SG3"].tolist() == [3, 2, 2, 0, 0, 1, 4, 1]
    assert frame.loc["not known"].tolist() == [0, 0, 0, 1, 0, 0, 1, 1]
    years = matching.balance(made, missing, period, ["study_group", "year"])
    assert years[years["study_group"] == "SG15"]["year"].tolist() == [2018, 2019, 2020]
    assert years["catalogued"].sum() == frame["catalogued"].sum() == 12 + 6


def test_numbers_that_stand_several_times(made):
    rows = matching.several(made, small_catalogue.texts(), RULES).set_index("bare")
    assert rows[["entries", "found", "texts"]].T.to_dict("list") == {
        "G.7": [2, 1, 1], "H.265": [2, 2, 2], "H.849": [1, 1, 2], "Z.100": [3, 3, 3],
    }  # fmt: skip


def test_radio_confirms_and_refutes_hyphens():
    rows = matching.radio(small_catalogue.itur(), small_catalogue.catalogue(), RULES).set_index("designation")
    assert rows[["state", "refuted", "others"]].T.to_dict("list") == {
        "M.1903-1": ["found", False, ""],
        "M.585-8": ["other revisions", False, "7 and 9"],
        "BT.2137-0": ["found", False, ""],  # catalogued without its -0
        "P.526-15": ["no such number", True, ""],  # the catalogue has it as printed
        "M.2115-0": ["no such number", False, ""],
    }
    assert rows.loc["BT.2137-0", "docid"] == "ITU-R BT.2137"


def test_dated_mentions(made):
    table = load.table("recommendation_mentions")[:0]
    rows = [("D.264", "2020-08"), ("D.1040", "2020-09"), ("H.265", "2019"), ("G.7", None), ("J.9", "2021")]
    named = pd.DataFrame(
        [{"designation": name, "act": "approved", "date": date, "section": "1", "line": 1} for name, date in rows],
        columns=list(table.columns),
    ).astype(table.dtypes)
    said = matching.mentions(named, made, small_catalogue.texts(), RULES)
    assert said["days"].tolist() == ["2020-08-05", "2020-08-28", "2019-06-29;2019-11-29", "2018-06-01", ""]
    assert said["agrees"].astype(object).fillna("?").tolist() == [True, False, True, "?", False]
    assert said["listed"].tolist() == [True, False, True, True, False]


def test_addresses_lead_to_the_number():
    names = pd.Series(["G.709/Y.1331", "D.600 R", "H.265 (V6)"])
    assert matching.address(names, "ITU-T", RULES).tolist() == [
        f"https://www.itu.int/rec/T-REC-{name}" for name in ("G.709", "D.600R", "H.265")
    ]
    assert matching.address(pd.Series(["M.1903-1"]), "ITU-R", RULES)[0] == "https://www.itu.int/rec/R-REC-M.1903"
    assert matching.address(names, "ITU-T", {}).tolist() == ["", "", ""]


def test_without_rules_designations_are_compared_as_they_stand():
    texts = matching.telecom(small_catalogue.catalogue(), {})
    made = matching.entries(small_catalogue.itut(), texts, {})
    assert made.loc[made["docid"].isna(), "printed"].tolist() == [
        "G.7", "G.8 Cor.1", "H.265", "H.265", "Z.100", "Z.100", "D.265", "D.600R Amd.1", "J.9",
    ]  # fmt: skip


@pytest.mark.parametrize("nothing", ["entries", "texts"])
def test_empty_tables(nothing):
    itut, texts = small_catalogue.itut(), small_catalogue.texts()
    made = matching.entries(
        itut[: 0 if nothing == "entries" else None], texts[: 0 if nothing == "texts" else None], RULES
    )
    assert made["docid"].isna().all() and made["reason"].isin([matching.UNKNOWN]).all()
    assert list(made.columns) == [*itut.columns, *matching.ENTRIES]
    assert matching.until(made, CHOSEN.of("itut_recommendations")) == "2021-11-01"
    assert matching.until(made, CHOSEN.period) == "2021-12-31"


def test_without_a_closing_day_the_last_listed_day_ends_the_list(made):
    assert matching.until(made, CHOSEN.period) == "2021-07-29"


class TestTheWhole:
    """The committed catalogue against the report."""

    @pytest.fixture(scope="class")
    @classmethod
    def whole(cls):
        texts = matching.telecom(load.published("approvals"), RULES)
        return matching.entries(load.table("itut_recommendations"), texts, RULES), texts

    def test_all_but_five_entries_have_a_text(self, whole):
        made, _ = whole
        assert len(made) == 1096 and made["docid"].notna().sum() == 1091 and made["docid"].dropna().is_unique
        assert made["match"].value_counts().to_dict() == {"number": 1060, "one of two numbers": 23, "annex": 8}
        lacking = made[made["docid"].isna()].set_index("printed")["reason"].to_dict()
        assert lacking == {
            "D.265": "another year", "D.266": "no such number", "F.743.5": "no such number",
            "F.743.6": "no such number", "F.743.9": "no such number",
        }  # fmt: skip

    def test_what_the_list_lacks(self, whole):
        period = CHOSEN.of("itut_recommendations")
        missing = matching.unlisted(*whole, RULES, period)
        assert missing["document_type"].value_counts().to_dict() == {
            "amendment": 22, "recommendation": 8, "corrigendum": 6,
        }  # fmt: skip
        assert missing["informative"].sum() == 15 and missing["study_group"].isna().sum() == 2

    def test_repaired_hyphens(self):
        rows = matching.radio(load.table("itur_recommendations"), load.published("approvals"), RULES)
        assert (len(rows), rows["docid"].notna().sum(), rows["refuted"].sum()) == (159, 145, 0)
        assert rows[rows["repaired"] & rows["docid"].isna()]["designation"].tolist() == ["M.2115-0", "M.2135-0"]
