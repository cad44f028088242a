"""Named parameter sets: what a file may hold, which pages it gives, and what is refused."""

from __future__ import annotations

import pytest

from helpers.site.jobs import JobError
from helpers.site.sets import plan_sets, read_yaml
from helpers.tables import editions


@pytest.fixture
def planned(tmp_path, older):
    """Jobs of a file with this text; names and labels."""

    def made(text, years=(), names=()):
        path = tmp_path / "sets.yaml"
        path.write_text(text, "utf-8")
        return {job.name: job.label for job in plan_sets(path, years, names, older)}

    return made


PAGE = "1_standards_throughput"


def test_each_set_is_a_page_or_more_named_and_labelled_by_it(planned):
    text = """
radio-like: {notebook: 1_standards_throughput, year: [2020, 2021], study_groups: [SG17, SG15]}
rates:
  notebook: 1
  year: all
  annualise: true
"""
    assert planned(text) == {
        f"older/2020/{PAGE}--radio-like": "2020, radio-like: SG15 and SG17",
        f"older/2021/{PAGE}--radio-like": "2021, radio-like: SG15 and SG17",
        f"older/all/{PAGE}--rates": "whole period, rates: annualise true",
    }


def test_the_command_lines_years_and_notebooks_count_where_a_set_names_none(planned):
    text = "a: {study_groups: [SG2]}\nb: {study_groups: [SG2], year: 2020}"
    assert list(planned(text, ["2021"], ["1"])) == [f"older/2021/{PAGE}--a", f"older/2020/{PAGE}--b"]


def test_without_a_notebook_those_run_that_take_a_parameter(planned):
    assert list(planned("a: {study_groups: [SG2], year: 2020}")) == [f"older/2020/{PAGE}--a"]


def test_a_set_may_hold_several_years_against_each_other(tmp_path):
    (tmp_path / "sets.yaml").write_text("a: {notebook: 1, year: ['2019,2021', 2020], study_groups: [SG2]}", "utf-8")
    planned = plan_sets(tmp_path / "sets.yaml", [], [], editions.edition())
    assert [job.name for job in planned] == [f"2018-2022/{years}/{PAGE}--a" for years in ("2019,2021", "2020")]


def test_a_set_that_chooses_nothing_is_the_standard_page_once(planned):
    text = "a: {}\nb: {notebook: 1, year: 2020, study_groups: []}"
    assert planned(text, ["2020"]) == {f"older/2020/{name}": "2020" for name in ("0_overview", PAGE)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {notebook: 9, study_groups: [SG2]}", "set 'a': no notebook '9'"),
        (
            "a: {year: 2018, study_groups: [SG2]}",
            "set 'a': year: the edition has no 2018; allowed are 2020, 2021, 'all'",
        ),
        ("fine: {study_groups: [SG2]}\nb: {colour: red}", "set 'b': no chosen notebook has a parameter 'colour'"),
        ("a: {notebook: 0, study_groups: [SG2]}", "set 'a': no chosen notebook has a parameter 'study_groups'"),
        ("a: {data_dir: /tmp}", "set 'a': data_dir is no free parameter: use --data"),
        ("a: {edition: newer}", "set 'a': edition is no free parameter: use --edition"),
        ("a: {study_groups: [.nan]}", "set 'a': study_groups: [nan] cannot be a parameter"),
        ("a: {study_groups: 2020-01-01}", "cannot be a parameter"),
        ("a: {study_groups: [SG2]}\na: {study_groups: [SG15]}", "'a' stands there twice"),
        ("a: {study_groups: [SG2], study_groups: [SG15]}", "'study_groups' stands there twice"),
        ("a: &x {study_groups: [SG2]}\nb: *x", "aliases (*name) are not taken"),
        ("a: {1: 2}", "set 'a': write its parameters as {name: value}"),
        ("a: [1]", "set 'a': write its parameters as {name: value}"),
        ("a:", "set 'a': write its parameters as {name: value}"),
        ("2020: {study_groups: [SG2]}", "set 2020: name it with letters"),
        ("../a: {study_groups: [SG2]}", "set '../a': name it with letters"),
        ("a.failed: {study_groups: [SG2]}", "set 'a.failed': name it with letters"),
        (f"{'a' * 61}: {{study_groups: [SG2]}}", "60 at most"),
        ("study_groups-SG2: {annualise: true}", "not like a parameter"),
        ("[a, b]", "holds no sets"),
        ("", "holds no sets"),
        ("a: {", "not readable"),
        ("a: {year: " + "9" * 5000 + "}", "not readable"),
        ("? [a]\n: {study_groups: [SG2]}", "not readable"),
        ("a: " + "[" * 5_000, "too many brackets in brackets"),
        ("# " + "x" * 1_000_001, "is larger than a megabyte"),
        ("a: !!python/object/apply:os.system ['true']", "not readable"),
    ],
)
def test_what_is_wrong_is_named_before_anything_runs(planned, text, said):
    with pytest.raises(JobError) as refused:
        planned(text)
    assert said in str(refused.value) and "sets.yaml: " in str(refused.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path, older):
    with pytest.raises(JobError, match="No such file"):
        plan_sets(tmp_path / "none.yaml", [], [], older)
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(JobError, match=r"bytes\.yaml: "):
        plan_sets(tmp_path / "bytes.yaml", [], [], older)


def test_an_alias_bomb_is_refused_at_its_first_alias():
    bomb = "a: &a [x, x]\n" + "".join(f"{after}: &{after} [*{before}, *{before}]\n" for before, after in ["ab", "bc"])
    with pytest.raises(JobError, match="aliases"):
        read_yaml(bomb)
