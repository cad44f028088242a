"""Nothing lost or bent in silence: a changed text gives the same rows, or says what it does not."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.__main__ import main
from helpers.extract import ReportError, explain, extract, layout
from helpers.extract.layout import Report
from helpers.tables import contract, editions
from tests import small_report
from tests.conftest import TESTS

MADE_UP = editions.edition("", TESTS)
LINES = small_report.text().split("\n")
PLACE = ["section", "line"]  # where a row stands is no part of what it says
IN_WORDS = {"figures_lost"}  # what is left of charts: captions alone
SAID = {"resolutions": ["words", "status", "refers_to"], "space_notices": ["note"]}  # follow every word of the text


def read(folder, lines, edition):
    """Rows of every table, and what is listed as lost; the text that is no report at all is listed, too."""
    path = folder / "mutant.txt"
    path.write_text("\n".join(lines), "utf-8")
    try:
        found = extract(path, edition)
    except ReportError as error:
        return {}, [str(error)]
    kept = {
        name: table.drop(columns=[*PLACE, *SAID.get(name, [])])
        for name, table in found.tables.items()
        if name not in IN_WORDS
    }
    return {name: Counter(table.itertuples(index=False, name=None)) for name, table in kept.items()}, found.lost


class Mutant:
    """A text of which one thing is changed."""

    def __init__(self, lines: list[str], edition: editions.Edition, dice: random.Random) -> None:
        self.lines, self.dice = list(lines), dice
        report = Report(list(lines), {name: edition.rules(name) for name in ("captions", "statements", "survey")})
        self.tables = report.tables
        self.prose = [n for n, raw in enumerate(lines, 1) if raw.strip() and not raw.lstrip(" ").startswith("\t")]

    def cell(self):
        row = self.dice.choice(self.dice.choice(self.tables).rows)
        return row, self.dice.choice(row.cells)

    def change(self) -> str:
        """Make one change; says whether it takes something `away`, adds a `double`, or keeps all (`same`)."""
        kinds = [
            self.delete_cell, self.double_cell, self.swap_cells, self.change_head, self.delete_row, self.double_row,
            self.swap_rows, self.delete_paragraph, self.double_paragraph, self.change_caption, self.interrupt,
            self.spoil_number,
        ]  # fmt: skip
        return self.dice.choice(kinds)()

    def delete_cell(self) -> str:
        _, cell = self.cell()
        del self.lines[cell.lines[0] - 1 : cell.lines[-1]]
        return "away"

    def double_cell(self) -> str:
        _, cell = self.cell()
        self.lines[cell.line - 1 : cell.line - 1] = self.lines[cell.lines[0] - 1 : cell.lines[-1]]
        return "double"

    def swap_cells(self) -> str:
        """Move a head's cell, or the label of a row: figures that change their places say another thing."""
        table = self.dice.choice([table for table in self.tables if min(len(row.cells) for row in table.rows) > 1])
        row = self.dice.choice(table.rows)
        first, second = row.cells[0], self.dice.choice(row.cells[1:])
        if row is table.rows[0] and len(row.cells) > 3:
            first = self.dice.choice(row.cells[1:-1])
            second = row.cells[row.cells.index(first) + 1]
        here, there = (self.lines[cell.lines[0] - 1 : cell.lines[-1]] for cell in (first, second))
        self.lines[second.lines[0] - 1 : second.lines[-1]] = here
        self.lines[first.lines[0] - 1 : first.lines[-1]] = there
        return "same"

    def change_head(self) -> str:
        cell = self.dice.choice(self.dice.choice([t for t in self.tables if len(t.head) > 1]).rows[0].cells)
        words = self.lines[cell.line - 1]
        year = re.search(r"20\d\d", words)
        forms = [words + "*", "\tSum", "\tSumme", "\tOf these"]
        if year:
            before = int(year[0]) - 1
            forms = [words + "*", words.replace(year[0], f"{before}/{year[0]}"), f"\t{before} – {year[0]}"]
        self.lines[cell.line - 1] = self.dice.choice(forms)
        return "same"

    def row(self):
        table = self.dice.choice(self.tables)
        place = self.dice.randrange(len(table.rows))
        return table, place, table.rows[place]

    def span(self, row) -> slice:
        return slice(row.line - 1, row.cells[-1].lines[-1])

    def delete_row(self) -> str:
        del self.lines[self.span(self.row()[2])]
        return "away"

    def double_row(self) -> str:
        row = self.span(self.row()[2])
        self.lines[row.start : row.start] = [*self.lines[row], ""]
        return "double"

    def swap_rows(self) -> str:
        table = self.dice.choice([table for table in self.tables if len(table.rows) > 2])
        place = self.dice.randrange(1, len(table.rows) - 1)
        first, second = (self.span(row) for row in table.rows[place : place + 2])
        here, there = self.lines[first], self.lines[second]
        self.lines[second], self.lines[first] = here, there
        return "same"

    def delete_paragraph(self) -> str:
        del self.lines[self.dice.choice(self.prose) - 1]
        return "away"

    def double_paragraph(self) -> str:
        place = self.dice.choice(self.prose) - 1
        self.lines.insert(place, self.lines[place])
        return "double"

    def change_caption(self) -> str:
        line = self.dice.choice([table for table in self.tables if len(table.rows) > 1]).line - 2
        while line > 0 and not self.lines[line].strip():
            line -= 1
        words = self.lines[line].split(" ")
        words[self.dice.randrange(len(words))] = "otherwise"
        self.lines[line] = " ".join(words)
        in_cells = {n for table in self.tables for row in table.rows for cell in row.cells for n in cell.lines}
        return "spoilt" if line + 1 in in_cells else "away"

    def interrupt(self) -> str:
        """Continue a table below a paragraph, or blank lines, with or without its head."""
        table = self.dice.choice([table for table in self.tables if len(table.rows) > 2])
        place = table.rows[self.dice.randrange(1, len(table.rows))].line - 1
        head = [*self.lines[self.span(table.rows[0])], ""]
        forms = [["", "", ""], ["Table 7 (continued)", ""], ["Words between."], ["Table 7 (cont.)", *head], head]
        self.lines[place:place] = self.dice.choice(forms)
        return "same"

    def spoil_number(self) -> str:
        """A number that can be read in two ways."""
        cells = [cell for table in self.tables for row in table.rows[1:] for cell in row.cells[1:]]
        cell = self.dice.choice([cell for cell in cells if re.search(r"\b\d\d\b", cell.text)])
        line = self.dice.choice(list(cell.lines))
        spoilt = self.dice.choice([r"\1,5\2", r"\1 1\2", r"\g<1>x\2"])
        self.lines[line - 1] = re.sub(r"(\b\d\d)(\b)(?![.,]\d)", spoilt, self.lines[line - 1], count=1)
        return "spoilt"


def holds(folder, lines, edition, whole, seed):
    """One change of a text ends in the same rows, or in a list of what is lost."""
    mutant = Mutant(lines, edition, random.Random(seed))
    did = mutant.change()
    rows, lost = read(folder, mutant.lines, edition)
    if lost:
        return
    for name, before in whole.items():
        fewer, more = before - rows[name], rows[name] - before
        if did == "same":
            assert not fewer and not more, (seed, name, fewer, more)
        elif did == "double":
            assert not fewer and set(more) <= set(before), (seed, name, fewer, more)
        elif did == "away":  # the text no longer says it
            assert not more, (seed, name, more)
        else:
            assert sum(more.values()) <= 1, (seed, name, more)


@pytest.fixture(scope="module")
def small_rows(tmp_path_factory):
    rows, lost = read(tmp_path_factory.mktemp("whole"), LINES, MADE_UP)
    assert lost == []
    return rows


@pytest.mark.slow
@settings(max_examples=100)
@given(st.integers(0, 10**6))
def test_a_changed_text_gives_the_same_rows_or_says_what_is_lost(tmp_path_factory, small_rows, seed):
    holds(tmp_path_factory.getbasetemp(), LINES, MADE_UP, small_rows, seed)


@pytest.mark.slow
def test_so_does_the_real_one(real, tmp_path):
    lines, edition = layout.read(real).lines, editions.edition()
    whole, lost = read(tmp_path, lines, edition)
    assert lost == []
    for seed in range(12):
        holds(tmp_path, lines, edition, whole, seed)


def variant(tmp_path, *changes):
    """The small report with words changed: its rows and what is lost."""
    text = small_report.text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    return extract(path, MADE_UP)


ROW = "\t2023\n\tE.5\n"


@pytest.mark.whole
@pytest.mark.whole
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ROW, "Texts of ITU-T (continued)\n\n" + ROW),
        (ROW, "\n\n" + ROW),
        (ROW, "\tTexts of ITU-T\n\n" + ROW),
        (ROW, "Table 3 (cont.)\n\n\tTexts of ITU-T\n\n" + ROW),
        ("\tRequests of another kind\n", "Work on satellite filings (continued)\n\n\tRequests of another kind\n"),
        ("SG2 - Naming", "SG2: Naming"),
        ("\tE.5\n", "\tE.5,\n"),
        ("M.2009-2, P.52615, M.1036", "M.2009-2, P.52615, M.1036,"),
        ("\t2024\n\t4\n\t1\n", "\t2024\n\t4\n\t1\n\n\tTotal\n\t25\n\t13\n"),
        ("\t8\n\t27**\n\t42\n", "\t8\n\t27**\n\t42\n\n\tSum\n\t1 181\n\t1 209\n\t117\n\t2 507\n"),
        ("\t2024\n\tE.6, E.7\n", "\t2024\n\tE.6, E.7\n\n\tTotal\n\t6\n"),
        ("Aim 1.1: 75%", "Aim 1.1: 75 per cent"),
        ("2024 (until 5 May)", "2024 (up to May 5)"),
        ("from 1 January 2022 to 30 June 2024", "from 1 Jan 2022 to June 30, 2024"),
        ("Sum\n 2022-2024", "2022–2024 sum"),
        ("60 per cent of people", "60% of people"),
    ],
)
def test_what_means_the_same_is_read_the_same(tmp_path, small_rows, old, new):
    found = variant(tmp_path, (old, new))
    assert found.lost == []
    again, _ = read(tmp_path, (tmp_path / "report.txt").read_text("utf-8").split("\n"), MADE_UP)
    assert again == small_rows and found.closes == variant(tmp_path).closes


@pytest.mark.whole
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ROW, "Words between.\n\n" + ROW, r"a printed table that nothing reads, \d+ rows: '2023 \| E.5'"),
        ("\t2023\n\t2024 (until", "\t2022/2023\n\t2024 (until", "nothing reads '2022/2023'"),
        ("\t2023\n\t2024 (until", "\t2022 – 2023\n\t2024 (until", "nothing reads '2022 – 2023'"),
        ("\t2023\n\t2024 (until", "\t2023***\n\t2024 (until", r"no footnote \*\*\* under the table"),
        ("SG2 - Naming", "SG2 and SG9 - Naming", r"of no one group in the ITU-T table: ' \| SG2 and SG9"),
        ("\tSG13 –", "\tSG13 – Networks to come\n\tSG13 –", "of no one group|of SG2 in the ITU-T table"),
        ("\t27\u00a0908/\n222\n", "\t27\u00a0908/\n", "'27 908/' does not hold 2 numbers"),
        ("SG2 - Naming", "SG2 - SG9", r"of no one group in the ITU-T table"),
        ("SG13 – Networks", "Group 13 – Networks", r"of no one group in the ITU-T table: '2024 \| Y.3045"),
        ("2024 (until 5 May)", "2024 (until mid-May)", "a closing day is not understood"),
        ("2024 (until 5 May)", "2024", "the text closes on no day, edition.yaml says 2024-05-05"),
        ("Sum\n 2022-2024", "All", "nothing reads 'All'"),
        ("Aim 1.1: 75%", "Aim 1.1: 75,5%", "'5' in '75,5% of i' can be read in more than one way"),
        ("by 2027", "by 2026/2027", "not a target"),
        ("\t7\n\t8\n", "\t957 1\n\t8\n", "'957 1' is not a whole number"),
        ("M.2009-2, P.52615", "M.2160, P.52615", "'M.2160' can be M.2160 and M.216-0"),
        ("SM.2150-0", "SM.2150-0, SM.2160", "'SM.2160' can be SM.2160 and SM.216-0"),
        ("\t2023\n\t9\n\t9\n", "\t2022\n\t9\n\t9\n", r"2 rows for 2022 \(lines .*\): none is chosen"),
        ("\t2022\n\tM.10 Amd.1", "\t2023\n\tM.10 Amd.1", "row not placed of SG2"),
        ("\t2023\n\t9\n\t9\n", "\t2023\n\t9\n\t10\n", "not a year with two counts of workshops: 10 of 9"),
        ("\t2024\n\t4\n\t1\n", "\t2024\n\t4\n\t1\n\n\tTotal\n\t26\n\t13\n", "the rows above add up to 25 and 13"),
        ("\tE.6, E.7\n", "\tE.6, E.7\n\n\tTotal\n\t7\n", "the total is '7', the rows above it are 6"),
        ("\t7\n\t8\n", "\t7\n\t9\n", "a total of 42, what is read adds up to 43"),
        ("\tPeace\n\tAim 2.1", "\t\n\tAim 2.1", "target 2.1 stands under 'Growth'"),
        ("Aim 1.2: 98% of the world", "Aim 1.2: 98% of the moon", "no rule reads the number of this target"),
        ("R.1.b: More", "R.1.b More", "no outcome with its number and a colon"),
        ("\t[bookmark: r]30 (Lagos", "30 (Lagos", "the head of a Resolution in no cell of its own"),
        ("In 2024 the network", "In 2024 the grid", "no sentence fits the rule 'network reached"),
        ("came in person and 1\u00a0020", "came in person and 1 957 1", "no sentence fits the rule"),
        ("Aim 1.2: 98%", "Aim 1.4: 98%", "targets: before number 3 of 1. one is missing"),
        ("Gatherings of the regions", "Meetings of the regions", "no head has 'Gatherings of the regions'; nearest: "),
        ("\tBooks kept (in order)\n\t\uf0fc\n", "\tBooks kept (in order)\n", "2 cells where the enablers have 3"),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_listed(tmp_path, old, new, said):
    found = variant(tmp_path, (old, new))
    assert any(re.search(said, problem.text) for problem in found.lost), found.lost
    for problem in found.lost:  # at a line of its own, or of a table as a whole
        assert re.match(rf"section \S.*, line \d+: |({'|'.join(contract.tables())}): ", str(problem)), problem


def test_what_is_lost_ends_in_exit_code_1(tmp_path, capsys):
    variant(tmp_path, ("Sum\n 2022-2024", "All"))
    shutil.copytree(TESTS / "editions", tmp_path / "data" / "editions")
    assert main(["extract", str(tmp_path / "report.txt"), "--data", str(tmp_path / "data")]) == 1
    assert "LOST: section 1.2, line 14: nothing reads 'All'" in capsys.readouterr().err


@pytest.mark.whole
def test_counts_that_the_text_prints_are_held_against_the_rows(real, tmp_path):
    text = real.read_text("utf-8")
    path = tmp_path / "report.txt"
    path.write_text(text.replace("· 24 targets at the impact level", "· 25 targets at the impact level"), "utf-8")
    assert [problem.text for problem in extract(path).lost] == ["the text counts 25, targets has 24 (Targets)"]


def test_a_row_is_explained_by_its_lines_and_its_rule(small):
    found = extract(small, MADE_UP)
    values, rule, *lines = explain(found, "targets:2")
    assert values.startswith("goal: Growth, target_id: 1.2") and rule == (
        "rule: targets.yaml: (?P<value>[\\d.]+)% of the world covered"
    )
    assert [line.partition(": ")[2] for line in lines] == [
        "Hope", "AIM, to reach by 2027:", "Growth", "Aim 1.2: 98% of the world covered by a network"
    ]  # fmt: skip
    _, rule, above, own = explain(found, "observations:1")
    assert rule == "rule: statements.yaml: drew <n> participants … <ms> Member States and <o> observer"
    assert above == "line 4: The meeting of Lagos was held in May 2023." and own.startswith("line 5: It drew 3 420")
    assert "SG2 - Naming and numbering" in "\n".join(explain(found, "itut_recommendations:1"))
    with pytest.raises(ReportError, match="no row 'targets:99'; there are itut_recommendations:1…85"):
        explain(found, "targets:99")


def test_what_is_guessed_is_told(small):
    said = "\n".join(str(problem) for problem in extract(small, MADE_UP).problems if not problem.lost)
    assert "M.19031 is read as M.1903-1: a hyphen is lost" in said
    assert "individuals_using_internet: the year 2023 is our inference" in said
    assert "the heading of section 1.4 is not in the text" in said
