"""The extractor on the small report of the made-up edition: every table, every trap, every fault."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.__main__ import main
from helpers.extract import ReportError, extract, unread, write
from helpers.extract.activities import focus_groups
from helpers.extract.layout import Report, flat, read
from helpers.extract.numbers import parse_count, parse_number
from helpers.extract.recommendations import ITUT, readings
from helpers.extract.statements import compile_rule, qualifier, year_basis
from helpers.tables import contract, editions, load
from tests import small_report
from tests.conftest import TESTS

MADE_UP = editions.edition("", TESTS)


@pytest.fixture(scope="module")
def found(small):
    return extract(small, MADE_UP)


def rows(found, table, *columns):
    return [tuple(row) for row in found.tables[table][list(columns)].itertuples(index=False)]


def test_itut_entries_keep_duplicates_and_split_without_spaces(found):
    columns = ["study_group", "year", "position", "printed", "designation", "document_type", "number"]
    told = [row for row in rows(found, "itut_recommendations", *columns) if row[0] != "SG13" and row[1] != "2024"]
    assert told == [
        ("SG2", "2022", "1", "M.10 Amd.1", "M.10", "amendment", "1"),
        ("SG2", "2022", "2", "M.11", "M.11", "recommendation", ""),
        ("SG2", "2022", "3", "E.20.1 Cor. 2", "E.20.1", "corrigendum", "2"),
        ("SG2", "2023", "1", "E.5", "E.5", "recommendation", ""),
        ("SG21", "2022", "1", "K.20", "K.20", "recommendation", ""),
        ("SG21", "2022", "2", "K.20", "K.20", "recommendation", ""),
        ("SG21", "2022", "3", "H.820", "H.820", "recommendation", ""),
        ("SG21", "2022", "4", "H.830.13", "H.830.13", "recommendation", ""),
        ("SG21", "2022", "5", "G.709/Y.1331 Amd. 3", "G.709/Y.1331", "amendment", "3"),
        ("SG21", "2023", "1", "P.10/G.100 Amd. 1", "P.10/G.100", "amendment", "1"),
        ("SG21", "2023", "2", "D.600R", "D.600R", "recommendation", ""),
        ("SG21", "2023", "3", "L.100/L.10", "L.100/L.10", "recommendation", ""),
        ("TSAG", "2023", "1", "A.1", "A.1", "recommendation", ""),
    ]
    counts = found.tables["itut_recommendations"].groupby(["study_group", "year"], sort=False).size()
    assert counts.to_dict() == {
        ("SG2", "2022"): 3, ("SG2", "2023"): 1, ("SG2", "2024"): 2,
        ("SG13", "2022"): 20, ("SG13", "2023"): 25, ("SG13", "2024"): 11,
        ("SG21", "2022"): 5, ("SG21", "2023"): 3, ("SG21", "2024"): 14,
        ("TSAG", "2023"): 1,
    }  # fmt: skip


SECTIONS = {"1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "3", "Appendix 1", "Appendix 2"}


def test_every_row_names_its_section_and_line(found, small):
    lines = read(small).lines
    for name, table in found.tables.items():
        for row in table.itertuples():
            assert row.section in SECTIONS, (name, row)
            assert lines[int(row.line) - 1], (name, row)
    first = found.tables["itut_recommendations"].iloc[0]
    assert first["printed"] in lines[int(first["line"]) - 1]


def test_itur_hyphens_are_put_back_and_whole_numbers_left_alone(found):
    assert rows(found, "itur_recommendations", "working_parties", "printed", "designation", "repaired", "revision") == [
        ("1A", "SM.1138-3", "SM.1138-3", "false", "3"),
        ("1A", "SM.2150-0", "SM.2150-0", "false", "0"),
        ("1B;1C", "SM.1896-1", "SM.1896-1", "false", "1"),
        ("1B;1C", "M.19031", "M.1903-1", "true", "1"),
        ("4C", "M.20032", "M.2003-2", "true", "2"),
        ("4C", "M.2009-2", "M.2009-2", "false", "2"),
        ("4C", "P.52615", "P.526-15", "true", "15"),
        ("4C", "M.1036", "M.1036", "false", ""),
        ("CCV", "V.2130-0", "V.2130-0", "false", "0"),
        ("CCV", "SM.1138-3", "SM.1138-3", "false", "3"),
    ]
    assert "WP 4C - Orbits" in set(found.tables["itur_recommendations"]["row_label"])


def test_notices_with_footnotes_halves_and_totals(found):
    assert rows(found, "space_notices", "year", "requests", "note") == [
        ("2022", "1174", ""),
        ("2023", "1201", ""),
        ("2024", "90", "until 5 May; includes 40 requests under Resolution 559 (WRC-19)"),
        ("2022", "7", ""),
        ("2023", "8", ""),
        ("2024", "27", "until 5 May; other submissions postponed under Article 7 of Appendix 30B"),
    ]
    assert rows(found, "terrestrial_notices", "measure", "year", "notices") == [
        ("MIFR", "2022", "252555"),
        ("Plans", "2022", "5355"),
        ("MIFR", "2023", "73686"),
        ("Plans", "2023", "3824"),
        ("MIFR", "2024", "40"),
        ("Plans", "2024", "30"),
        ("2850-28000 kHz", "2022", "27908"),
        ("406-406.1 MHz", "2022", "222"),
        ("2850-28000 kHz", "2023", "30"),
        ("406-406.1 MHz", "2023", "1"),
        ("2850-28000 kHz", "2024", "2"),
        ("406-406.1 MHz", "2024", "0"),
        ("value", "2022", "5"),
        ("value", "2023", "6"),
        ("value", "2024", ""),
    ]
    assert rows(found, "printed_totals", "table", "measure", "printed_total") == [
        ("space_notices", "value", "2465"),
        ("space_notices", "value", "42"),
        ("terrestrial_notices", "MIFR", "326281"),
        ("terrestrial_notices", "Plans", "9209"),
        ("terrestrial_notices", "2850-28000 kHz", ""),
        ("terrestrial_notices", "406-406.1 MHz", ""),
        ("terrestrial_notices", "value", "11"),
    ]


def test_activities(found):
    assert rows(found, "radiocommunication_events", "year", "kind", "name", "note") == [
        ("2022", "regional seminar", "RRS-22-Here", ""),
        ("2022", "regional seminar", "RRS-22-There", ""),
        ("2022", "world seminar", "WRS-22", "virtual"),
        ("2023", "regional seminar", "RRS-23-Here", ""),
        ("2024", "inter-regional workshop", "First Meeting", "planned"),
        ("2022", "satellite", "Symposium 2022", ""),
        ("2022", "satellite", "Three quiet meetings", "3 events"),
    ]
    assert rows(found, "itut_workshops", "year", "workshops", "virtual_only") == [
        ("2022", "12", "3"),
        ("2023", "9", "9"),
        ("2024", "4", "1"),
    ]


def test_results_framework(found):
    assert rows(found, "targets", "goal", "target_id", "comparator", "value", "baseline_year", "deadline") == [
        ("Growth", "1.1", "at_least", "75", "", "2027"),
        ("Growth", "1.2", "at_least", "98", "", "2027"),
        ("Growth", "1.3", "at_most", "2", "", "2027"),
        ("Peace", "2.1", "qualitative", "", "2020", "2027"),
        ("Peace", "2.2", "equality", "", "", "2027"),
    ]
    assert rows(found, "objectives", "objective_id", "label") == [("R.1", "Order in the ether"), ("T.2", "Knowing")]
    assert rows(found, "outcomes", "outcome_id", "label") == [
        ("R.1-a", "The first kind"),
        ("R.1-b", "More of the second kind …"),
        ("T.2-a", "More knowing …"),
    ]


def test_resolutions(found):
    assert rows(found, "resolutions", "instrument", "number", "adopted", "revised", "title", "status", "refers_to") == [
        (
            "Resolution",
            "21",
            "Dubai, 2018",
            "true",
            "On calling",
            "reported",
            "C20/16;CWG-TREES&SUN-38/14;Chapter 1.3;JIU/REP/2020/6",
        ),
        ("Resolution", "30", "Lagos, 2022", "false", "On trees", "cross-reference only", "Chapter 1.2"),
        ("Decision", "5", "Lagos, 2022", "true", "On money", "no activity", ""),
    ]


def test_observations_say_how_the_text_says_their_year(found):
    assert rows(found, "observations", "indicator", "breakdown", "year", "year_basis", "qualifier", "value")[:8] == [
        ("participants", "Lagos meeting", "2023", "above", "exact", "3420"),
        ("member_states", "Lagos meeting", "2023", "above", "exact", "163"),
        ("observer_organizations", "Lagos meeting", "2023", "above", "exact", "129"),
        ("participants", "Lagos meeting: physical", "2023", "above", "exact", "2400"),
        ("participants", "Lagos meeting: remote", "2023", "above", "exact", "1020"),
        ("participants", "Forum of trees", "2022", "stated", "over", "900"),
        ("participants", "Forum of trees", "2023", "stated", "over", "1100"),
        ("member_states", "", "", "", "exact", "193"),
    ]
    assert rows(found, "observations", "age", "year", "year_basis", "value")[-4:-2] == [
        ("Y15T24", "2023", "inferred", "79"),
        ("other", "2023", "inferred", "62"),
    ]


def test_ticks_and_crosses_are_ones_and_noughts(found):
    assert rows(found, "observations", "indicator", "year", "year_basis", "value")[-2:] == [
        ("books_kept", "2022", "stated", "1"),
        ("books_kept", "2023", "stated", "0"),
    ]


def test_tables_that_the_edition_does_not_print_are_there_and_empty(found):
    empty = [name for name, table in found.tables.items() if table.empty]
    assert empty == ["focus_groups", "membership_survey", "recommendation_mentions", "chart_series"]
    assert all(list(table) == list(contract.columns(name)) for name, table in found.tables.items())


def test_a_heading_that_is_lost_is_declared_by_its_first_words(found):
    places = found.tables["observations"].query("indicator == 'gender_parity_score'")
    assert set(places["section"]) == {"2.2"}


def test_lost_figures(found):
    captions = list(found.tables["figures_lost"]["caption"])
    assert captions == [
        "Chart announced by the sentence on this line",
        "Figure: Trees (2022 - 2023)",
        "Aim 1.2",
        "Aim 2.1",
        "Objective R.1: progress achieved",
        "Objective T.2: picture",
        "Peace kept: symbols for 2022–2023",
        "Enabler E.2: indicators",
    ]


def test_closing_days(found):
    assert {name: str(day) for name, day in found.closes.items()} == {
        "itut_recommendations": "2024-06-30",
        "itur_recommendations": "2024-06-30",
        "space_notices": "2024-05-05",
        "itut_workshops": "2024-06-30",
    }


def test_nothing_is_lost_and_oddities_are_told(found):
    assert found.lost == []
    said = "\n".join(map(str, found.problems))
    assert "prints no total" in said and "asterisk without a footnote" in said and "no rule reads this target" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("M.11", "banana", "'banana' is not an ITU-T designation"),
        ("\t12\n", "\ttwelve\n", "'twelve' is not a whole number"),
        ("\t90*\n", "\t9O*\n", "'9O*' is not a whole number"),
        ("SM.1896-1", "SM/1896", "is not an ITU-R designation"),
        ("\t8\n\t27**\n", "\t27**\n", "cells where space_notices has 5"),
        ("Aim 1.2:", "Goal 1.2:", "not a target"),
        ("in May 2023", "in May 2022", "nothing near says 2023"),
        ("T-2-a:", "T-9-a:", "stands under no objective"),
        ("\uf0fc", "\uf0aa", "is no tick or cross"),
        ("Decision 5 (", "Decision five (", "not the head of a Resolution"),
    ],
)
def test_what_cannot_be_placed_is_reported_with_section_and_line(tmp_path, old, new, said):
    text = small_report.text()
    assert old in text
    path = tmp_path / "report.txt"
    path.write_text(text.replace(old, new, 1), "utf-8")
    lost = extract(path, MADE_UP).lost
    assert any(said in str(problem) for problem in lost), lost
    assert all(re.match(r"section \S.*, line \d+: ", str(problem)) for problem in lost)


def test_focus_groups_of_an_edition_that_prints_them(tmp_path):
    words = {"found_by": [{"head": ["Circle", "From", "To"]}], "acronym": "FG", "ongoing": "still there"}
    lines = small_report.text([
        ("p", "1.1\tCircles"),
        ("table", [
            ["Circle", "From", "To"],
            ["Focus Group on Trees (FG-TREE)", "2022-03", "2023-07"],
            ["Focus Group on Bees (FG BEE)", "2023-01", "Still there"],
            ["Focus Group on Ants (FG-ANT)", "2023-13", "2024-01"],
            ["Club of Ants (CA)", "2023-11", "2024-01"],
        ]),
    ]).split("\n")  # fmt: skip
    report = Report(
        lines, {"captions": {"headings": {"annex": "Appendix", "section": "Chapter"}, "focus_groups": words}}
    )
    assert [(row["acronym"], row["start"], row["end"]) for row in focus_groups(report)] == [
        ("FG-TREE", "2022-03", "2023-07"),
        ("FG BEE", "2023-01", ""),
    ]
    assert [problem.line for problem in report.problems if problem.lost] == [14, 18]


@pytest.mark.whole
def test_a_missing_table_is_named_and_the_others_are_read(tmp_path, found, capsys):
    path = tmp_path / "report.txt"
    path.write_text(small_report.text([b for b in small_report.BLOCKS if b[1] is not small_report.ITUR]), "utf-8")
    extraction = extract(path, MADE_UP)
    assert [problem.text for problem in extraction.lost] == [
        "itur_recommendations: no rows are found by the words of captions.yaml; no head has 'Party … Texts of ITU-R'; "
        "nearest: 'Texts of ITU-T' (line 62), 'Meetings of ITU-T.' (line 142), 'What was done' (line 202)"
    ]
    assert extraction.tables["itur_recommendations"].empty
    assert len(extraction.tables["itut_recommendations"]) == len(found.tables["itut_recommendations"])
    write(extraction, tmp_path / "data")
    assert load.problems(tmp_path / "data") == []
    assert len(load.table("itur_recommendations", editions.edition("", tmp_path / "data"))) == 0


def test_a_table_that_no_extractor_makes_is_named_and_nothing_is_written(small, tmp_path, monkeypatch, capsys):
    known = contract.tables()
    for declared in ([*known, "poems"], [name for name in known if name != "targets"]):
        monkeypatch.setattr(contract, "tables", lambda declared=declared: declared)
        assert main(["extract", str(small), "--data", str(tmp_path / "data"), "--new-edition", "trial"]) == 2
        name = "poems" if "poems" in declared else "targets"
        said = f"error: {name}: contract.yaml declares no such table, or no extractor makes it\n"
        assert capsys.readouterr().err == said and not (tmp_path / "data").exists()


def test_a_text_without_any_of_its_tables_is_refused(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(small_report.text(small_report.BLOCKS[:3]), "utf-8")
    with pytest.raises(ReportError, match=r"none of its tables is found; the text ends in section 1\.1 at line"):
        extract(path, MADE_UP)


@pytest.mark.parametrize("content", [b"", b"Just a letter.\n", b"\xff\xfe\x00", b"\xe9t\xe9\n"])
def test_other_files_are_refused_and_nothing_is_written(tmp_path, content, capsys):
    for name in ("report.txt", "report.docx"):
        path = tmp_path / name
        path.write_bytes(content)
        out = tmp_path / "data"
        assert main(["extract", str(path), "--data", str(out)]) == 2
        assert "error:" in capsys.readouterr().err
        assert not out.exists()


def test_numbers_that_no_rule_reads_are_told(tmp_path, found):
    assert unread(found) == []
    path = tmp_path / "report.txt"
    path.write_text(small_report.text().replace("Gatherings were held.", "Some 4711 gatherings were held."), "utf-8")
    told = unread(extract(path, MADE_UP))
    assert [(p.section, p.text) for p in told] == [("1.4", "'4711' in 'Some 4711 gatherings were held.'")]


def test_a_failed_extraction_leaves_old_tables(tmp_path, small, capsys):
    write(extract(small, MADE_UP), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    cut = tmp_path / "cut.txt"
    cut.write_text(small_report.text()[:60], "utf-8")
    assert main(["extract", str(cut), "--data", str(tmp_path)]) == 2
    cut.unlink()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_written_tables_are_a_valid_package(other):
    assert load.problems(other) == []
    edition = editions.edition("", other)
    assert {name: len(table) for name, table in load.every(edition).items()}["itut_recommendations"] == 85
    assert edition.years == (2022, 2023, 2024) and str(edition.closes("space_notices")) == "2024-05-05"


@pytest.mark.whole
def test_two_editions_stand_side_by_side(both):
    assert load.problems(both) == [] and editions.names(both) == [editions.names()[-1], MADE_UP.name]
    committed = editions.DATA / "editions" / editions.names()[-1] / "tables" / "targets.csv"
    assert (both / committed.relative_to(editions.DATA)).read_bytes() == committed.read_bytes()
    described = [r["edition"] for r in load.package(both)["resources"] if "edition" in r]
    assert described == sorted(described) and len(described) == 2 * len(contract.tables())


@pytest.mark.whole
@given(st.integers(0, 10**9), st.sampled_from(["", " ", "\u00a0", ",", "’"]))
def test_numbers_read_back_however_they_are_grouped(number, mark):
    printed = f"{number:,}".replace(",", mark)
    assert parse_number(printed) == number
    if mark not in (",", "’"):
        assert parse_count(f" {printed}*\n") == number


@given(st.text(max_size=12))
def test_what_is_no_number_raises_value_error_only(text):
    for parse in (parse_number, parse_count):
        try:
            value = parse(text)
        except ValueError:
            continue
        assert value is None or value >= 0


@pytest.mark.whole
@given(st.from_regex(r"[A-Z]\.[1-9]\d{0,3}(\.\d{1,2})?( (Amd|Cor)\. ?[1-9]\d?)?", fullmatch=True))
def test_every_plain_itut_designation_parses(entry):
    match = ITUT.match(entry)
    assert match and entry.startswith(match[1])


@example(215, 0)
@example(215, 1)
@example(185, 11)
@given(st.integers(1, 2150), st.integers(0, 15))
def test_a_lost_hyphen_comes_back_where_only_one_place_fits(number, revision):
    printed = f"{number}{revision}"
    found = [reading["designation"] for reading in readings(f"M.{printed}", 2150, [f"M.{number}-0"], [f"M.{number}-9"])]
    if int(printed) <= 2150:  # as printed it is a number that may well be whole
        assert found == [f"M.{printed}"]
    elif len(printed) <= 4:  # a number above all others, or one without its hyphen: neither is chosen
        assert found[0] == f"M.{printed}" and f"M.{number}-{revision}" in found[1:]
    else:  # the entries beside it leave one place
        assert found == [f"M.{number}-{revision}"]


def test_without_neighbours_a_lost_hyphen_that_fits_twice_is_not_put_back():
    assert [reading["designation"] for reading in readings("M.18511", 2150)] == ["M.1851-1", "M.185-11"]
    assert readings("M.999999", 2150) == [] and readings("SM/1896", 2150) == []


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40))
def test_flat_text_has_no_line_ends_or_double_spaces(text):
    assert not re.search(r"\s\s|[\n\t\u00a0]", flat(text))


def test_rules_read_numbers_words_and_qualifiers():
    match = compile_rule("drew over <n> people … <m> groups").search(
        "It drew over 3 000 people from about twenty-eight groups"
    )
    assert match and (parse_number(match["n"]), parse_number(match["m"])) == (3000, 28)
    assert qualifier(match.string, match.start("n"), match.end("n")) == "over"
    assert qualifier(match.string, match.start("m"), match.end("m")) == "about"
    assert compile_rule("<n> people").search("17.5.2 people") is None


def test_a_year_is_stated_on_the_line_or_in_the_ten_lines_above_in_its_section():
    lines = [
        "1.1\tA",
        "In 2022.",
        *(f"Line {n}." for n in "abcdefghi"),
        "Here.",
        "There.",
        "1.2\tB",
        "It was 2023–2024.",
    ]
    report = Report(lines, {"captions": {"headings": {"annex": "Annex", "section": "Section"}}})
    assert [year_basis(report, line, 2022) for line in (2, 3, 12, 13, 15)] == ["stated", "above", "above", None, None]
    assert [year_basis(report, 15, year) for year in (2023, 2024, 202, None)] == ["stated", "stated", None, ""]
    assert year_basis(report, 13, 2022, inferred=True) == "inferred"
    assert year_basis(report, 3, 2022, inferred=True) == "inferred"
    assert year_basis(report, 2, 2022, inferred=True) == "stated"
