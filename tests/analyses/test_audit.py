"""The audit: the edition's known findings, every kind of check by hand, and what cannot be checked."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import audit
from helpers.analyses.audit import Finding, Side
from helpers.period import Period
from helpers.selection import Selection
from helpers.tables import load
from helpers.tables.editions import DataError, Edition
from tests import small_catalogue

EMPTY = {name: table.head(0) for name, table in load.every().items()}


def stated(**values):
    """Observations: name=value, or name=(value, keywords); lines from 101."""
    empty = EMPTY["observations"]
    base = {
        "topic": "made", "geography": "World", "sex": "_T", "age": "_T", "qualifier": "exact", "unit": "things",
        "section": "2",
    }  # fmt: skip
    made = []
    for line, (name, given) in enumerate(values.items(), 101):
        value, more = given if isinstance(given, tuple) else (given, {})
        made.append({**base, "indicator": name.split("__")[0], "value": value, "line": line, **more})
    return pd.DataFrame(made, columns=list(empty.columns)).astype(empty.dtypes)


def tables_of(**values):
    """Every table empty but the observations."""
    return EMPTY | {"observations": stated(**values)}


def table(name, *rows, line=1):
    """A table of rows in the contract's columns, without section and line."""
    empty = EMPTY[name]
    frame = pd.DataFrame(rows, columns=list(empty.columns)[:-2])
    return frame.assign(section="1.3", line=range(line, line + len(rows))).astype(empty.dtypes)


def check(kind, tables, **rule):
    """The finding of one check."""
    return audit.declared(tables, {kind: [{"what": "made", **rule}]})[0]


def pick(name, **more):
    return {"indicator": name, **more}


def made_up(tmp_path, checks=""):
    (tmp_path / "editions" / "made").mkdir(parents=True)
    (tmp_path / "editions" / "made" / "checks.yaml").write_text(checks, "utf-8")
    return Selection(Edition("made", tmp_path, {"closes": {}}), Period((2023, 2024), 2024))


@pytest.fixture(scope="module")
def chosen():
    return selection.choose("latest")


@pytest.fixture(scope="module")
def findings(tables, chosen):
    return audit.audit(tables, chosen)


def severities(findings):
    return {finding.what: finding.severity for finding in findings}


# table, rows, column, a wrong value, and the check that must see it
CORRUPTED = [
    ("printed_totals", "printed_total == 4512", "printed_total", 4510, "Reports of harmful interference"),
    ("observations", "indicator == 'participants' and value == 870", "value", 871,
     "Delegates of WTSA-20 by presence"),
    ("observations", "indicator == 'gender_parity_score' and year == 2020", "value", 0.95,
     "World gender parity score 2020"),
    ("observations", "indicator == 'international_bandwidth_growth'", "value", 33,
     "International bandwidth 2020 to 2021"),
    ("observations", "indicator == 'targets' and line == 1409", "value", 25, "Targets of the strategic plan"),
    ("observations", "indicator == 'countries_with_cirt' and year == 2020", "value", 50,
     "Share of countries with a CIRT increased"),
    ("observations", "indicator == 'outcomes' and value == 64", "value", 65, "All outcomes"),
    ("observations", "indicator == 'imt_band_to' and value == 71 and breakdown.str.contains('third')", "value",
     70, "Spectrum identified for IMT by WRC-19 and the widths of its bands"),
    ("observations", "indicator == 'countries_with_innovation_policy' and year == 2020", "value", 84,
     "The pace of 2020 is not quick enough for 100 countries with an innovation policy by 2023"),
    ("observations", "indicator == 'people_offline' and year == 2021", "value", 3.9,
     "Share of people online in 2021, from people online and offline"),
    ("recommendation_mentions", "designation == 'Q.5050'", "date", "2020-03", "Q.5050"),
]  # fmt: skip


@pytest.mark.whole
class TestTheReport:
    def test_sizes_and_order(self, findings):
        order = [finding.severity for finding in findings]
        assert [order.count(severity) for severity in audit.SEVERITIES] == [5, 9, 21, 109, 0]
        assert order == sorted(order, key=audit.SEVERITIES.index)

    def test_every_kind_is_declared(self, chosen):
        assert set(chosen.edition.rules("checks")) == set(audit.KINDS) == set(audit.KEYS)

    def test_sides_have_places(self, findings):
        assert all(side.line > 0 for finding in findings for side in finding.left if finding.kind != "ratios")

    def test_each_kind_of_check_sees_a_corrupted_figure(self, tables, chosen, findings):
        broken = {name: table.copy() for name, table in tables.items()}
        for name, select, column, value, _ in CORRUPTED:
            broken[name].loc[tables[name].query(select).index, column] = value
        before, after = severities(findings), severities(audit.audit(broken, chosen))
        for what in (what for *_, what in CORRUPTED):
            assert (before[what], after[what]) == ("pass", "contradiction"), what

    def test_one_observation_missing_stops_one_check(self, tables, chosen):
        seen = tables["observations"]
        less = tables | {"observations": seen[~((seen["indicator"] == "participants") & (seen["value"] == 870))]}
        found = audit.audit(less, chosen)
        silent = [finding for finding in found if finding.severity == "not applicable"]
        assert len(found) == 144 and [finding.what for finding in silent] == [
            "Delegates of WTSA-20 by presence", "All ITU meetings were virtual from 16 March 2020",
        ]  # fmt: skip
        assert silent[0].facts == {"operand": pick("participants", breakdown="WTSA-20: physical"), "zero": False}
        assert found[-2:] == silent and silent[0].left == silent[0].right == silent[0].made == ()

    @pytest.mark.parametrize("name", ["observations", "itut_recommendations", "targets", "all of them"])
    def test_every_table_may_be_empty(self, tables, chosen, name):
        less = {key: table.head(0) if name in (key, "all of them") else table for key, table in tables.items()}
        found = audit.audit(less, chosen)
        assert len(found) >= 96 and set(severities(found).values()) <= set(audit.SEVERITIES)
        assert name != "all of them" or set(severities(found).values()) == {"not applicable"}


class TestOperands:
    def test_the_first_without_a_breakdown_of_any_place(self):
        tables = tables_of(
            a=(1, {"breakdown": "part"}), a__2=(2, {"geography": "LDCs"}), a__3=3, a__4=(4, {"sex": "F"}),
            a__5=(5, {"age": "Y15T24"}),
            a__6=(6, {"year": 2020}), b=(7, {"breakdown": "only"}),
        )  # fmt: skip
        picks = [{}, {"nth": 2}, {"nth": 3}, {"geography": "World"}, {"sex": "F"}, {"age": "Y15T24"}, {"year": 2020},
                 {"breakdown": "part"}, {"geography": "LDCs"}]  # fmt: skip
        assert [audit.side(tables, pick("a", **more)).value for more in picks] == [2, 3, 6, 3, 4, 5, 6, 1, 2]
        assert audit.side(tables, pick("b")).value == 7

    @pytest.mark.parametrize("wanted", [pick("c"), pick("a", nth=2), pick("a", year=2020), pick("a", take="year")])
    def test_what_is_not_there(self, wanted):
        with pytest.raises(audit.Lacking) as error:
            audit.side(tables_of(a=1), wanted)
        assert error.value.operand == wanted and not error.value.zero

    @pytest.mark.parametrize(
        ("value", "word", "unit", "more", "low", "high"),
        [
            (40, "exact", "things", {}, 40, 40),
            (40, "exact", "percent", {}, 39.5, 40.5),
            (4.1, "exact", "things", {}, 4.05, 4.15),
            (4, "exact", "billion", {}, 3.5, 4.5),
            (4, "exact", "Gbit/s", {}, 4, 4),
            (40, "exact", "percent", {"times": 0.01}, 0.395, 0.405),
            (40, "exact", "percent", {"within": 0}, 40, 40),
            (40, "exact", "things", {"within": 3}, 37, 43),
            (40, "over", "things", {}, 40, math.inf),
            (40, "over", "percent", {}, 39.5, math.inf),
            (40, "less_than", "things", {}, 0, 40),
            (40, "up_to", "things", {}, 0, 40),
            (40, "about", "things", {}, 36, 44),
            (40, "almost", "things", {}, 36, 40),
        ],
    )
    def test_what_rounding_and_words_allow(self, value, word, unit, more, low, high):
        found = audit.side(tables_of(a=(value, {"qualifier": word, "unit": unit})), pick("a", **more))
        assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
        assert found[3:] == ("2", 101, word) and found.value == pytest.approx(value * more.get("times", 1))

    def test_sums_differences_and_shares(self):
        tables = tables_of(a=(40, {"unit": "percent"}), b=200, c=4.1)
        total = audit.side(tables, {"all": [pick("b"), pick("c")]})
        assert total == (pytest.approx(204.1), pytest.approx(204.05), pytest.approx(204.15), "2", 102, "exact")
        width = audit.side(tables, {"from": pick("c"), "to": pick("a")})
        assert width[:5] == (pytest.approx(35.9), pytest.approx(35.35), pytest.approx(36.45), "2", 103)
        share = audit.side(tables, pick("a", times=0.01, of=pick("b")))
        assert share[:5] == (pytest.approx(80), pytest.approx(79), pytest.approx(81), "2", 101)

    def test_targets_and_tables(self):
        targets = pd.DataFrame({"target_id": ["4.1", "5.1"], "value": [100, None], "section": "3.1", "line": [7, 8]})
        shops = pd.DataFrame({"year": [2019, 2020], "workshops": [3, 5], "section": "1", "line": [1, 2]})
        tables = {**tables_of(b=200), "targets": targets, "itut_workshops": shops}
        assert audit.side(tables, {"target": "4.1", "times": 0.01}) == (1, 1, 1, "3.1", 7, "exact")
        assert audit.side(tables, {"target": "4.1", "times": 0.01, "of": pick("b")}).value == 200
        table = {"table": "itut_workshops"}
        assert [audit.side(tables, {**table, how: "workshops"}).value for how in ("sum", "min", "max")] == [8, 3, 5]
        assert audit.side(tables, {**table, "sum": "workshops", "where": {"year": 2020}}) == (5, 5, 5, "1", 2, "exact")
        for wanted in ({"target": "5.1"}, {"target": "9.9"}, {**table, "min": "year", "where": {"year": 1999}}):
            with pytest.raises(audit.Lacking):
                audit.side(tables, wanted)


class TestKinds:
    """Each kind, passing and failing."""

    def outcome(self, finding):
        return finding.severity, [s.value for s in finding.left], [s.value for s in finding.right], finding.made

    @pytest.mark.parametrize(("whole", "severity"), [(64, "pass"), (65, "contradiction")])
    def test_parts(self, whole, severity):
        found = check("parts", tables_of(w=whole, a=40, b=24), whole=pick("w"), parts=[pick("a"), pick("b")])
        assert self.outcome(found) == (severity, [whole], [40, 24], (64,))

    def test_parts_meet_within_binary_noise_and_severity_is_declared(self):
        rule = {"whole": pick("w", within=0), "parts": [pick("a", within=0), pick("b", within=0)]}
        assert check("parts", tables_of(w=0.3, a=0.1, b=0.2), **rule).severity == "pass"
        assert check("parts", tables_of(w=0.4, a=0.1, b=0.2), otherwise="tension", **rule).severity == "tension"

    @pytest.mark.parametrize(("third", "severity"), [(40, "pass"), (41, "contradiction")])
    def test_same(self, third, severity):
        found = check("same", tables_of(a=40, b=40, c=third), statements=[pick("a"), pick("b"), pick("c")])
        assert self.outcome(found) == (severity, [40], [40, third], ())

    @pytest.mark.parametrize(
        ("second", "severity"), [(36, "pass"), (35, "pass"), (34, "contradiction"), (38, "contradiction")]
    )
    def test_percents(self, second, severity):
        percent = {"unit": "percent"}
        found = check("percents", tables_of(a=(64, percent), b=(second, percent)), statements=[pick("a"), pick("b")])
        assert self.outcome(found) == (severity, [64, second], [], (64 + second, 63 + second, 65 + second))

    @pytest.mark.parametrize(
        ("printed", "severity"), [(0.92, "pass"), (0.9, "pass"), (0.88, "contradiction"), (0.94, "contradiction")]
    )
    def test_ratios(self, printed, severity):
        percent = {"unit": "percent"}
        tables = tables_of(a=(57, percent), b=(62, percent), p=(printed, {"unit": "ratio"}))
        found = check("ratios", tables, above=pick("a"), below=pick("b"), printed=pick("p"))
        assert self.outcome(found)[:3] == (severity, [printed], [57, 62])
        assert found.made == pytest.approx((57 / 62, 56.5 / 62.5, 57.5 / 61.5))

    def test_ratios_with_a_number_a_tolerance_and_a_difference(self):
        tables = tables_of(a=90, b=27, p=63)
        sides = {"above": pick("a"), "below": pick("b")}
        assert check("ratios", tables, **sides, **{"is": 90 / 27}).severity == "pass"
        assert check("ratios", tables, **sides, **{"is": 3.3}).severity == "contradiction"
        said = {3.3: "pass", 3.37: "pass", 3.27: "contradiction", 3.4: "contradiction"}  # 3.33, give or take 0.05
        for number, severity in said.items():
            assert check("ratios", tables, **sides, **{"is": number, "within": 0.05}).severity == severity
        small = check("ratios", tables_of(a=90, b=0.5), **sides, **{"is": 180})
        assert small.made == pytest.approx((180, 90 / 0.55, 90 / 0.45))
        found = check("ratios", tables, **sides, printed=pick("p"), difference=True)
        assert (found.severity, found.made) == ("pass", (63, 63, 63))
        open_end = tables_of(a=90, b=(27, {"qualifier": "less_than"}), c=(90, {"qualifier": "over"}))
        assert check("ratios", open_end, **sides, **{"is": 99}).made == (90 / 27, 90 / 27, math.inf)
        assert check("ratios", open_end, above=pick("c"), below=pick("b"), difference=True, **{"is": 99}).made == (
            63,
            63,
            math.inf,
        )

    def test_growths(self):
        tables = tables_of(a=4.1, b=4.9, c=4.8, g=10.2, h=5.8)
        rule = {"before": pick("a"), "printed": [pick("g"), pick("h")]}
        found = check("growths", tables, after=pick("b"), **rule)
        assert self.outcome(found)[:3] == ("contradiction", [4.1, 4.9], [10.2, 5.8])
        assert found.made == pytest.approx((4.1 * 1.102 * 1.058, 4.05 * 1.1015 * 1.0575, 4.15 * 1.1025 * 1.0585))
        assert check("growths", tables, after=pick("c"), **rule).severity == "pass"

    @pytest.mark.parametrize(
        ("rule", "severity"),
        [({"at_least": 2}, "contradiction"), ({"at_least": 2, "tolerance": 0.1}, "pass"), ({"at_least": 1.9}, "pass"),
         ({"at_most": 1.9}, "pass"), ({"at_most": 1.8}, "contradiction"), ({"at_most": 1.8, "tolerance": 0.2}, "pass")],
    )  # fmt: skip
    def test_claims(self, rule, severity):
        found = check("claims", tables_of(a=380, b=200), of=[pick("a"), pick("b")], **rule)
        assert self.outcome(found) == (severity, [380], [200], (1.9,))

    @pytest.mark.parametrize(
        ("rule", "listed", "line"),
        [({}, 3, 1), ({"where": {"sector": "T"}}, 2, 1), ({"starts": {"objective_id": "R."}}, 1, 3),
         ({"contains": {"label": "two|three"}}, 2, 2), ({"distinct": "sector"}, 2, 1),
         ({"where": {"sector": "D"}}, 0, 0)],
    )  # fmt: skip
    def test_counts(self, rule, listed, line):
        tables = {
            **tables_of(n=2),
            "objectives": table("objectives", ("T", "T.1", "one"), ("T", "T.2", "two"), ("R", "R.1", "three")),
        }
        found = check("counts", tables, stated=pick("n"), table="objectives", **rule)
        severity = "pass" if listed == 2 else "contradiction"
        assert self.outcome(found) == (severity, [2], [listed], ()) and found.right[0].line == line

    def test_counts_of_a_span_and_of_an_empty_table(self):
        tables = tables_of(n=6, first=78, last=82)
        found = check("counts", tables, stated=pick("n"), span=[pick("first"), pick("last")])
        assert self.outcome(found) == ("contradiction", [6], [5], ()) and found.right[0].line == 102
        assert (
            check(
                "counts", tables_of(n=5, first=78, last=82), stated=pick("n"), span=[pick("first"), pick("last")]
            ).severity
            == "pass"
        )
        empty = check("counts", tables, stated=pick("n"), table="objectives")
        assert (empty.severity, empty.facts["operand"]) == ("not applicable", {"table": "objectives"})

    @pytest.mark.parametrize(("second", "severity"), [(0, "pass"), (870, "contradiction")])
    def test_excludes(self, second, severity):
        found = check("excludes", tables_of(a=100, b=0, c=second), statement=pick("a"), against=[pick("b"), pick("c")])
        assert self.outcome(found) == (severity, [100], [0, second], ())

    @pytest.mark.parametrize(("then", "severity"), [(2021, "pass"), (2020, "pass"), (2019, "contradiction")])
    def test_order(self, then, severity):
        tables = tables_of(a=(1, {"year": 2020}), b=(1, {"year": then}))
        found = check("order", tables, first=pick("a", take="year"), then=pick("b", take="year"))
        assert self.outcome(found) == (severity, [2020], [then], ())

    @pytest.mark.parametrize(
        ("last", "enough", "severity"),
        [(74, False, "pass"), (74, True, "contradiction"), (83, True, "pass"), (75, True, "contradiction")],
    )
    def test_paces(self, last, enough, severity):
        tables = tables_of(n=(66, {"year": 2019}), n__2=(last, {"year": 2020}), g=(100, {"year": 2022}))
        rule = {"first": pick("n", year=2019), "last": pick("n", year=2020), "goal": pick("g")}
        found = check("paces", tables, enough=enough, **rule)
        assert self.outcome(found) == (severity, [66, last], [100], (last - 66, 1, (100 - last) / 2, 2))

    def test_a_pace_that_is_just_enough(self):
        tables = tables_of(n=(60, {"year": 2018}), n__2=(80, {"year": 2020}), g=(100, {"year": 2022}))
        rule = {"first": pick("n", year=2018), "last": pick("n", year=2020), "goal": pick("g")}
        assert check("paces", tables, enough=True, **rule).severity == "pass"
        halved = {"first": pick("n", year=2018, times=0.5), "last": pick("n", year=2020, times=0.5)}
        found = check("paces", tables, enough=True, **halved, goal=pick("g", times=0.5))
        assert found.made == (5, 2, 5, 2)  # figures are scaled, years are not

    @pytest.mark.parametrize(
        ("kind", "rule"),
        [
            ("ratios", {"above": pick("a"), "below": pick("zero"), "is": 1}),
            ("claims", {"of": [pick("a"), pick("zero")], "at_least": 1}),
            ("paces", {"first": pick("d"), "last": pick("d"), "goal": pick("d"), "enough": True}),
        ],
    )
    def test_nothing_is_divided_by_zero(self, kind, rule):
        found = check(kind, tables_of(a=5, zero=0, d=(5, {"year": 2020})), **rule)
        assert found.severity == "not applicable" and found.facts["zero"]


class TestMalformed:
    @pytest.mark.parametrize(
        ("checks", "said"),
        [
            ([], "is no list of checks under their kinds"),
            ({"part": []},
             "part: unknown kind; there are parts, same, percents, ratios, growths, claims, counts, "
             "excludes, order, paces"),
            ({"parts": ["x"]}, "parts: x: lacks the text 'what'"),
            ({"same": [{"statements": []}]}, "same: {'statements': []}: lacks the text 'what'"),
            ({"parts": [{"what": "W", "hole": {}, "part": 1}]}, "parts: W: unknown hole, part; there are whole, parts"),
            ({"same": [{"what": "W", "otherwise": "pass", "statements": [pick("a")]}]},
             "same: W: otherwise: 'pass' is none of contradiction, tension, note"),
            ({"same": [{"what": "W", "statements": []}]},
             "same: W: [] is no operand; it has one of all, from, target, table, indicator"),
            ({"same": [{"what": "W", "statements": [pick("a"), {"year": 2020}]}]},
             "same: W: {'year': 2020} is no operand; it has one of all, from, target, table, indicator"),
            ({"same": [{"what": "W", "statements": [pick("a", yaer=2020)]}]}, "same: W: unknown yaer beside indicator"),
            ({"same": [{"what": "W", "statements": [pick("a", of=pick("b", x=1))]}]},
             "same: W: unknown x beside indicator"),
            ({"same": [{"what": "W", "statements": [{"all": [pick("a"), "b"]}]}]},
             "same: W: 'b' is no operand; it has one of all, from, target, table, indicator"),
            *(({"same": [{"what": "W", "statements": [{"from": pick("a"), "to": pick("a")} | {end: {}}]}]},
               "same: W: {} is no operand; it has one of all, from, target, table, indicator")
              for end in ("from", "to")),
            ({"parts": [{"what": "W", "parts": [pick("a")]}]}, "parts: W: cannot be made (KeyError: 'whole')"),
            ({"counts": [{"what": "W", "stated": pick("a"), "table": "objektives"}]},
             "counts: W: cannot be made (KeyError: 'objektives')"),
            ({"claims": [{"what": "W", "of": [pick("a")], "at_least": 1}]},
             "claims: W: cannot be made (ValueError: not enough values to unpack (expected 2, got 1))"),
        ],
    )  # fmt: skip
    def test_is_named(self, checks, said):
        with pytest.raises(DataError) as error:
            audit.declared(tables_of(a=1), checks)
        assert error.value.problems == [f"checks.yaml: {said}"]

    def test_all_of_them_at_once(self):
        with pytest.raises(DataError) as error:
            audit.declared(tables_of(), {"part": [], "same": [{"what": "A", "x": 1}, {"what": "B", "y": 1}]})
        assert len(error.value.problems) == 3

    def test_a_kind_without_checks_is_none(self):
        assert audit.declared(tables_of(), {"same": None}) == audit.declared(tables_of(), {}) == []


class TestRowByRow:
    def test_totals(self, tmp_path):
        counts = ("A", 2023, 5, None), ("A", 2024, 6, None), ("B", 2023, 1, None), ("C", 2024, 9, None)
        counts += ("D", 2023, None, None), ("D", 2024, 4, None)
        printed = (
            ("space_notices", "A", "value", 11),
            ("space_notices", "B", "value", 2),
            ("space_notices", "D", "value", 4),
        )
        tables = {
            **tables_of(),
            "space_notices": table("space_notices", *counts),
            "printed_totals": table("printed_totals", *printed, line=201),
        }
        found = audit.audit(tables, made_up(tmp_path))
        assert [(f.kind, f.what, f.severity) for f in found] == [
            ("totals", "B", "contradiction"), ("totals", "C", "note"), ("totals", "D", "note"), ("totals", "A", "pass")
        ]  # fmt: skip
        assert found[3].left == (Side(11, 11, 11, "1.3", 201),) and found[3].right == (Side(11, 11, 11, "1.3", 1),)
        assert found[0].left[0].line == 202 and found[0].right[0][:1] == (1,)
        assert math.isnan(found[1].left[0].value) and found[1].left[0].line == 0 and found[1].right[0].value == 9

    def mentions(self, *rows):
        return table("recommendation_mentions", *rows, line=301)

    def test_dated_recommendations(self):
        columns = list(EMPTY["recommendation_mentions"].columns)[:-2]
        rows = [{"act": "approved", "designation": name, "date": date} for name, date in
                [("G.1", "2020-03"), ("G.1", "2019"), ("G.2", None), ("G.9", None), ("Y.3", "2021-01")]]  # fmt: skip
        mentions = self.mentions(*[tuple(row.get(column) for column in columns) for row in rows])
        found = list(
            audit.dated_recommendations(
                tables_of() | {"recommendation_mentions": mentions, "itut_recommendations": ENTRIES}
            )
        )
        assert [finding.severity for finding in found] == ["pass", "contradiction", "pass", "tension", "pass"]
        assert [finding.facts["years"] for finding in found] == [[2018, 2020], [2018, 2020], [2019], [], [2020, 2021]]
        assert (
            found[0].facts["act"] == "approved" and found[0].facts["date"] == "2020-03" and found[2].facts["date"] == ""
        )
        assert (found[1].left[0].line, found[1].right[0].line, found[3].right) == (302, 1, ())
        assert [side[:3] for side in found[0].right] == [(2018, 2018, 2018), (2020, 2020, 2020)]
        silent = list(audit.dated_recommendations(tables_of() | {"recommendation_mentions": mentions}))
        assert {finding.severity for finding in silent} == {"not applicable"}
        assert silent[0].facts["operand"] == {"table": "itut_recommendations"}

    def test_doubtful_entries(self):
        found = list(audit.doubtful_entries(tables_of() | {"itut_recommendations": ENTRIES}))
        assert [(f.facts["case"], f.what, f.severity) for f in found] == [
            ("repeated", "G.2", "note"),
            ("approved again", "amendment 1 to H.5", "tension"),
            ("second name", "Y.4/X.4", "note"),
        ]
        assert (
            found[0].facts["cell"] == "SG5 2019"
            and found[0].facts["positions"] == [1, 2]
            and found[0].left[0].line == 4
        )
        assert found[1].facts["years"] == [2019, 2020] and found[1].left[0][:3] == (2019, 2019, 2019)
        assert [side.line for side in (*found[1].left, *found[1].right)] == [11, 12]
        assert found[2].facts["short"] == "Y.4" and found[2].facts["entries"] == 2
        assert found[2].facts["printed"] == ("Y.4/X.4", "Y.4 Amd.7")


def entries(*rows):
    """ITU-T entries of (group, year, position, designation, kind, number); printed as they read."""
    columns = list(EMPTY["itut_recommendations"].columns)[:-2]
    made = []
    for group, year, position, name, kind, number in rows:
        printed = name if kind == "recommendation" else f"{name} Amd.{number}"
        row = {"study_group": group, "study_group_name": "Name", "year": year, "position": position, "printed": printed,
               "designation": name, "document_type": kind, "number": number, "series": name[0]}  # fmt: skip
        made.append(tuple(row[column] for column in columns))
    return table("itut_recommendations", *made)


NEW, AMENDED = "recommendation", "amendment"
ENTRIES = entries(
    ("SG5", 2018, 1, "G.1", NEW, None), ("SG5", 2020, 1, "G.1", NEW, None), ("SG5", 2020, 2, "G.3/Y.3", NEW, None),
    ("SG5", 2019, 1, "G.2", NEW, None), ("SG5", 2019, 2, "G.2", NEW, None),
    # a new edition of the first year, of the last, and none between
    ("SG5", 2018, 3, "G.1", AMENDED, 1), ("SG5", 2021, 3, "G.1", AMENDED, 1),
    ("SG5", 2018, 4, "G.2", AMENDED, 1), ("SG5", 2019, 4, "G.2", AMENDED, 1),
    ("SG9", 2018, 1, "H.5", NEW, None), ("SG9", 2019, 1, "H.5", AMENDED, 1), ("SG9", 2020, 1, "H.5", AMENDED, 1),
    ("SG9", 2021, 1, "H.5", NEW, None),
    ("SG5", 2021, 5, "G.3/Y.3", NEW, None),
    ("SG5", 2019, 6, "Y.4/X.4", NEW, None), ("SG5", 2019, 7, "Y.4", AMENDED, 7), ("SG5", 2020, 7, "Y.4", AMENDED, 8),
)  # fmt: skip


class TestSummary:
    def test_most_checks_first(self):
        made = [Finding(kind, "", severity) for kind, severity in
                [("order", "note"), ("same", "pass"), ("same", "tension"), ("same", "pass")]]  # fmt: skip
        counted = audit.summary(made)
        assert list(counted.columns) == ["kind", *audit.SEVERITIES] and list(counted["kind"]) == ["same", "order"]
        assert counted.iloc[0].tolist() == ["same", 0, 1, 0, 2, 0] and counted.iloc[1].tolist() == [
            "order",
            0,
            0,
            1,
            0,
            0,
        ]

    def test_nothing_found(self, tmp_path):
        found = audit.audit(tables_of(), made_up(tmp_path))
        assert found == [] and list(audit.summary(found).columns) == ["kind", *audit.SEVERITIES]


class TestAgainstACatalogue:
    """The lists against a small catalogue of approvals (see `tests.small_catalogue`)."""

    def found(self, **tables):
        made = EMPTY | {"itut_recommendations": small_catalogue.itut(), "itur_recommendations": small_catalogue.itur()}
        made |= {"recommendation_mentions": table("recommendation_mentions", ("D.264", "approved", "2020-08"))} | tables
        return audit.against_catalogue(made, selection.choose(2020), small_catalogue.catalogue())

    def test_each_question_is_one_finding_of_all_years(self):
        told = {f.what: (f.severity, f.left[0].value, f.right[0].value, f.facts["differ"]) for f in self.found()}
        assert told == {
            "entries": ("tension", 16, 12, ["G.7", "G.8 Cor.1", "D.265", "J.9"]),
            "unlisted": ("tension", 12, 18, told["unlisted"][3]),
            "another year": ("tension", 16, 15, ["D.265"]),
            "repeated": ("tension", 7, 6, ["G.7"]),
            "dated": ("pass", 1, 1, []),
            "radio": ("note", 5, 2, ["M.585-8", "P.526-15", "M.2115-0"]),
            "hyphens": ("contradiction", 3, 1, ["P.526-15", "M.2115-0"]),
            "radio years": ("pass", 2, 2, []),
        }
        assert len(told["unlisted"][3]) == 6 and told["unlisted"][3][0].startswith("ITU-T K.70")

    def test_a_wrong_date_names_the_day(self):
        rows = table("recommendation_mentions", ("D.264", "approved", "2020-09"), ("J.9", "approved", "2021"))
        dated = next(f for f in self.found(recommendation_mentions=rows) if f.what == "dated")
        assert (dated.severity, dated.facts["differ"]) == ("tension", ["D.264 (2020-08-05)", "J.9 (no day)"])

    @pytest.mark.whole
    def test_open_hyphens_are_a_note_and_months_of_publication_prove_nothing(self):
        itur = small_catalogue.itur()
        found = self.found(itur_recommendations=itur[itur["designation"] != "P.526-15"])
        assert {f.what: f.severity for f in found}["hyphens"] == "note"
        late = itur.assign(designation=itur["designation"].replace({"M.585-8": "M.585-9", "M.2115-0": "M.585-7"}))
        years = next(f for f in self.found(itur_recommendations=late) if f.what == "radio years")
        assert years.facts["differ"] == ["M.585-9"]  # of 2022; M.585-7 has a month of publication

    def test_without_a_catalogue_or_a_table_it_is_not_applicable(self):
        chosen = selection.choose("latest")
        found = list(audit.against_catalogue(EMPTY, chosen, small_catalogue.catalogue()[:0]))
        assert [(f.what, f.severity, f.facts["operand"]) for f in found] == [
            ("nothing", "not applicable", {"table": "approvals"})
        ]
        found = list(audit.against_catalogue(EMPTY, chosen, small_catalogue.catalogue()))
        assert {f.severity for f in found} == {"not applicable"} and len(found) == 8
        assert found[4].facts == {"operand": {"table": "recommendation_mentions"}}
