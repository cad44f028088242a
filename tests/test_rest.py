"""Spectrum, participation, results, overview and audit against the report."""

from __future__ import annotations

import json

import pytest

from helpers import selection as parameters
from helpers.__main__ import main
from helpers.analyses import audit, overview, participation, results, spectrum
from helpers.tables import load as data

YEARS = [2018, 2019, 2020, 2021, "all"]


def period(year, table="itut_recommendations"):
    return parameters.period(year, range(2018, 2022), data.closes(table))


@pytest.fixture
def both(tables):
    return spectrum.notices(tables["space_notices"], tables["terrestrial_notices"])


@pytest.fixture
def observations(tables):
    return tables["observations"]


@pytest.fixture(scope="module")
def findings(tables):
    return audit.audit(tables)


class TestSpectrum:
    def test_totals(self, both, tables):
        sums = spectrum.totals(both, tables["printed_totals"]).set_index("series")
        assert len(sums) == 11 and list(sums["state"].value_counts().reindex(["agrees", "ours only"])) == [10, 1]
        assert sums.loc["HF broadcasting requirements", "ours"] == 31215 + 34344 + 31738 + 20806
        assert sums.loc["Notices recorded, MIFR", "printed"] == 486977

    def test_a_wrong_total_is_seen(self, both, tables):
        printed = tables["printed_totals"].copy()
        printed.loc[printed["category"] == "Reports of harmful interference", "printed_total"] = 4510
        assert (spectrum.totals(both, printed)["state"] == "differs").sum() == 1

    def test_changes_and_partial_year(self, both):
        moved = spectrum.changes(both, period(2021)).set_index("series")
        assert moved.loc["Findings reviewed", "ratio"] == pytest.approx(51468 / 5221)
        assert moved.loc["Fixed-satellite Plan", "partial"] and not moved.loc["Harmful interference", "partial"]
        assert spectrum.changes(both, period(2018)).empty

    def test_footnotes(self, tables, both):
        row = spectrum.counted_apart(tables["space_notices"]).iloc[0]
        assert (row["year"], row["under"], row["rest"], row["all"]) == (2020, 90, 96, 186)
        assert any("postponed under Article 7 of Appendix 30B" in note for note in spectrum.notes(both))

    def test_composition(self, both):
        made = spectrum.composition(both, "space_notices", period(2020))
        assert made["share"].sum() == pytest.approx(1) and made["share"].iloc[0] == pytest.approx(886 / 1099)

    @pytest.mark.parametrize("year", YEARS)
    def test_sentences(self, both, tables, year):
        said = " ".join(
            spectrum.headline(both, spectrum.totals(both, tables["printed_totals"]), period(year, "space_notices"))
        )
        assert ("until 16 November" in said) == (year in (2021, "all")) and "118,103" in said


class TestParticipation:
    def test_conferences(self, observations):
        met = participation.conferences(observations).set_index("event")
        assert list(met.loc["WTDC-22", ["all", "physical", "remote", "member_states"]]) == [2152, 1304, 848, 150]
        assert met.loc["WRC-19", "unsplit"] == 3420 and met.loc["GSS-20", "qualifier"] == "over"

    def test_workshops(self, tables):
        shops = participation.workshops(tables["itut_workshops"], period(2021)).set_index("year")
        assert (
            shops.loc[2020, "on_site"] == 9
            and shops.loc[2020, "virtual_share"] == pytest.approx(37 / 46)
            and shops.loc[2021, "partial"]
        )

    def test_forums_keep_gaps(self, observations):
        yearly = participation.forums(observations, (2018, 2019, 2020, 2021)).set_index(["event", "year"])["value"]
        assert yearly["WSIS Forum", 2022] == 31000 and yearly.isna()["WSIS Forum", 2021] and yearly["GSR", 2019] == 325

    def test_a_line_for_several_events_counts_them_all(self, tables):
        counted = participation.seminars(tables["radiocommunication_events"])
        assert counted["events"].sum() == 25 and len(tables["radiocommunication_events"]) == 20  # 18 + 4 + 3

    def test_other_events_training_and_members(self, observations):
        other = participation.gatherings(observations).set_index("name")["value"]
        assert other["ITU Telecom World, 2019"] == 4000 and other["AI for Good, 2019"] == 2300
        assert other["Global CyberDrill, 2020"] == 3000 and not other.index.str.contains("GSR|WSIS").any()
        assert list(participation.members(observations)["value"]) == [951, 193, 163, 61]
        world = participation.digital_world(observations).set_index("Measure")
        assert world.loc["sessions (forum)", ["2020", "2021"]].tolist() == ["3", "9"]
        assert world.loc["participants", "2020"] == "not reported"
        trained = participation.training(observations)
        assert trained["Trained"].iloc[0] == "over 52,000" and not trained.duplicated().any()

    def test_fellowships(self, observations):
        steps = participation.fellowships(observations)
        assert list(steps["value"]) == [643, 462, 370] and participation.fellowship_cost(observations) == pytest.approx(
            825000 / 370
        )

    def test_survey(self, tables):
        answers = participation.survey(tables["membership_survey"]).set_index("answer")
        assert answers.loc["artificial intelligence", "change"] == -12 and answers.loc["infrastructure", "change"] == 0
        assert "Internet of Things" not in answers.index and participation.survey_years(
            tables["membership_survey"]
        ) == ("2020", "2021")

    def test_focus_groups(self, tables):
        groups = participation.focus_groups(tables["focus_groups"])
        assert len(participation.active(groups, period("all"))) == 14
        assert set(participation.active(groups, period(2018))["acronym"]) == {
            "FG-DPM", "FG DFC", "FG DLT", "FG NET-2030", "FG-VM", "FG-AI4H", "FG ML5G"
        }  # fmt: skip

    @pytest.mark.parametrize("year", YEARS)
    def test_figures_of_a_year(self, observations, year):
        shown = participation.figures(observations, period(year))
        assert len(shown) and (year == "all" or set(shown["Year"]) == {year})


class TestResults:
    def test_statuses_and_references(self, tables):
        states = results.statuses(tables["resolutions"]).set_index("status")["texts"]
        assert dict(states) == {"reported": 39, "cross-reference only": 9, "no activity": 2}
        leaning = results.leant_on(tables["resolutions"]).set_index("towards")["resolutions"]
        assert leaning["Section 1.7"] == 4 and leaning["Council 2020"] == 6
        assert leaning["Other bodies"] == 3  # CWG-WSIS&SDG-38/14, JIU/REP/2020/6, SG11-RG42

    def test_objectives(self, tables):
        rows = results.objectives(tables["objectives"], tables["outcomes"], tables["figures_lost"]).set_index(
            "objective_id"
        )
        assert rows.loc["R.2", "outcomes"] == 7 and rows.loc["R.2", "lost"] == 3 and rows["outcomes"].sum() == 64

    def test_enablers(self, observations):
        board = results.enablers(observations).set_index("Indicator")
        assert (
            list(board.loc["IPSAS compliance"]) == ["met"] * 4 + ["not met"] * 3
            and (board.iloc[1:] == "met").all().all()
        )

    def test_missing_title_is_said(self, tables):
        shown = results.resolution_table(tables["resolutions"]).set_index("Text")
        assert shown.loc["Res. 208", "Title"] == "no title in the text"


class TestOverview:
    @pytest.mark.parametrize("year", YEARS)
    def test_figures(self, tables, year):
        figures = overview.figures(tables, period(year), period(year, "space_notices")).set_index("what")
        texts = {2018: "314", 2019: "277", 2020: "316", 2021: "189 (partial)", "all": "1,096 (partial)"}
        assert figures.loc["ITU-T texts approved", "now"] == texts[year]
        assert figures["now"].notna().all() and (figures["line"] > 0).all()
        said = overview.headline(tables, period(year), figures.reset_index())
        assert len(said) == 4 and overview.silent(tables, period(year))
        assert ("(partial)" in said[0]) == (year in (2021, "all"))

    def test_a_missing_figure_is_not_zero(self, tables):
        figures = overview.figures(tables, period(2020), period(2020, "space_notices")).set_index("what")
        assert figures.loc["of people use the Internet", "now"] == "not reported"


class TestAudit:
    def test_contradictions_known_by_hand(self, findings):
        worst = findings[findings["severity"] == "contradiction"].set_index("what")["arithmetic"]
        assert worst["All ITU-T workshops were held virtually"].startswith("81 ÷ 199 = 0.407")
        assert worst["A survey question that was new in 2020 has results for an earlier year"] == "2019 is before 2020"
        assert worst["Recommendation ITU-T G.1033"] == "approved 2020; listed in 2019"
        assert worst["Recommendation ITU-T D.1101"] == "approved 2020-08; not listed"
        assert len(worst) == 5

    def test_tensions_known_by_hand(self, findings):
        tense = findings[findings["severity"] == "tension"].set_index("what")["arithmetic"]
        assert tense[tense.index.str.startswith("RRB meetings")].iloc[0] == "stated 6, listed 5"  # the 78th to the 82nd
        assert (
            tense[tense.index.str.startswith("Countries by gender balance")].iloc[0] == "30 + 10 + 21 = 61, stated 60"
        )
        assert tense["UN partners of AI for Good"] == "38 against over 40"
        assert (
            tense["All ITU meetings were virtual from 16 March 2020"] == "100 % leaves none, counted 1, 870 and 1,304"
        )

    def test_both_sides_have_places(self, findings):
        open_ones = findings[findings["severity"].isin(["contradiction", "tension"])]
        assert open_ones["left_place"].str.match(r"(section [\d.]+|Annex \d), line \d+").all()
        assert set(findings["severity"]) <= set(audit.SEVERITIES) and set(audit.declared()) == set(audit.DECLARED)

    @pytest.mark.parametrize(
        ("table", "select", "column", "value", "what"),
        [
            ("printed_totals", "printed_total == 4512", "printed_total", 4510, "Total of Harmful interference"),
            (
                "observations",
                "indicator == 'participants' and value == 870",
                "value",
                871,
                "Delegates of WTSA-20 by presence",
            ),
            (
                "observations",
                "indicator == 'gender_parity_score' and year == 2020",
                "value",
                0.95,
                "World gender parity score 2020",
            ),
            (
                "observations",
                "indicator == 'international_bandwidth_growth'",
                "value",
                33,
                "International bandwidth 2020 to 2021",
            ),
            ("observations", "indicator == 'targets' and line == 1409", "value", 25, "Targets of the strategic plan"),
            (
                "observations",
                "indicator == 'countries_with_cirt' and year == 2020",
                "value",
                50,
                "Share of countries with a CIRT increased",
            ),
            ("observations", "indicator == 'outcomes' and value == 64", "value", 65, "All outcomes"),
            (
                "observations",
                "indicator == 'imt_band_to' and value == 71 and breakdown.str.contains('third')",
                "value",
                70,
                "Spectrum identified for IMT by WRC-19 and the widths of its bands",
            ),
            (
                "observations",
                "indicator == 'countries_with_innovation_policy' and year == 2020",
                "value",
                84,
                "The pace of 2020 is not quick enough for 100 countries with an innovation policy by 2023",
            ),
            (
                "observations",
                "indicator == 'people_offline' and year == 2021",
                "value",
                3.9,
                "Share of people online in 2021, from people online and offline",
            ),
            ("recommendation_mentions", "designation == 'Q.5050'", "date", "2020-03", "Recommendation ITU-T Q.5050"),
        ],
    )
    def test_each_kind_of_check_sees_a_corrupted_figure(self, tables, findings, table, select, column, value, what):
        assert findings.loc[findings["what"] == what, "severity"].iloc[0] == "pass"
        broken = dict(tables)
        broken[table] = tables[table].copy()
        broken[table].loc[tables[table].query(select).index, column] = value
        after = audit.audit(broken)
        assert after.loc[after["what"] == what, "severity"].iloc[0] == "contradiction"

    def test_a_statement_about_all_holds_when_nothing_else_is_counted(self, tables):
        broken = tables | {"observations": tables["observations"].copy()}
        odd = "(indicator == 'rrb_meetings' and breakdown == 'mixed') or breakdown in ['WTSA-20: physical', 'WTDC-22: physical']"
        broken["observations"].loc[tables["observations"].query(odd).index, "value"] = 0
        after = audit.audit(broken).set_index("what")["severity"]
        assert after["All ITU meetings were virtual from 16 March 2020"] == "pass"

    def test_years_in_order_pass(self, tables):
        broken = tables | {"membership_survey": tables["membership_survey"].query("year >= 2020")}
        after = audit.audit(broken).set_index("what")["severity"]
        assert after["A survey question that was new in 2020 has results for an earlier year"] == "pass"

    def test_command(self, tmp_path, capsys):
        assert main(["audit", "--csv", str(tmp_path / "a.csv"), "--json", str(tmp_path / "a.json")]) == 1
        assert "5 contradiction" in capsys.readouterr().out
        found = json.loads((tmp_path / "a.json").read_text("utf-8"))
        assert len(found) == len((tmp_path / "a.csv").read_text("utf-8").splitlines()) - 1
        assert main(["audit", "--data", str(tmp_path)]) == 2
