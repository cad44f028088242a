"""What a batch runs: jobs, their names, and what a selection is called."""

from __future__ import annotations

import pytest

from helpers.site import jobs
from helpers.site.jobs import JobError, plan, readable


def names(planned):
    return [job.name for job in planned]


def test_every_year_of_the_edition_and_the_whole_period_for_every_notebook(older):
    years = ["2020", "2021", "all"]
    wanted = [f"older/{year}/{name}" for year in years for name in ("0_overview", "1_standards_throughput")]
    assert names(plan(edition=older)) == wanted


def test_the_real_manifest_gives_every_page_of_the_newest_edition():
    planned = plan()
    assert len(planned) == len(jobs.manifest()) * (len(planned[0].edition.years) + 1)
    assert names(planned)[0] == "2018-2022/2018/0_overview"


def test_what_is_asked_twice_is_made_once(older):
    asked = ["1", "1_standards_throughput", "notebooks/1_standards_throughput.ipynb"]
    planned = plan(["2021", "2021", "all", "all"], asked, edition=older)
    assert names(planned) == ["older/2021/1_standards_throughput", "older/all/1_standards_throughput"]


def one(older, **parameters):
    """The only job of notebook 1 in 2021 with these parameters."""
    (job,) = plan(["2021"], ["1"], parameters, older)
    return job


@pytest.mark.parametrize(
    ("parameters", "said", "label"),
    [
        ({}, "", "2021"),
        ({"study_groups": []}, "", "2021"),
        ({"study_groups": ""}, "", "2021"),
        ({"annualise": False, "baseline_year": 0}, "", "2021"),
        ({"study_groups": ["SG15"]}, "--study_groups-SG15", "2021, SG15"),
        ({"study_groups": "SG15"}, "--study_groups-SG15", "2021, SG15"),
        ({"study_groups": ["SG17", "SG2", "SG17"]}, "--study_groups-SG2-SG17", "2021, SG2 and SG17"),
        ({"study_groups": "SG17, SG2"}, "--study_groups-SG2-SG17", "2021, SG2 and SG17"),
        (
            {"study_groups": ["SG15", "SG2", "SG17"], "annualise": True},
            "--annualise-true--study_groups-SG2-SG15-SG17",
            "2021, annualise true, SG2, SG15 and SG17",
        ),
        ({"baseline_year": 2020}, "--baseline_year-2020", "2021, baseline year 2020"),
        ({"study_groups": ["Least developed"]}, "--study_groups-Least_developed", "2021, Least developed"),
    ],
)
def test_a_selection_has_a_readable_name_and_label(older, parameters, said, label):
    job = one(older, **parameters)
    assert job.name == f"older/2021/1_standards_throughput{said}" and job.label == label


def test_the_whole_period_is_named_in_words(older):
    (job,) = plan(["all"], ["1"], {"study_groups": ["SG2"]}, older)
    assert (job.name, job.label) == (
        "older/all/1_standards_throughput--study_groups-SG2",
        "whole period, SG2",
    )


def test_several_years_are_one_page_whose_name_is_what_the_command_line_takes():
    (job,) = plan(["2021,2019"], ["1"])
    assert (job.name, job.label) == ("2018-2022/2019,2021/1_standards_throughput", "2019 and 2021")
    assert plan([[2019, 2021], "2019, 2021"], ["1"]) == [job] and plan([job.year], ["1"]) == [job]
    (job,) = plan(["2019,2021"], ["1"], {"study_groups": ["SG2"]})
    assert (job.name.rpartition("/")[2], job.label) == (
        "1_standards_throughput--study_groups-SG2",
        "2019 and 2021, SG2",
    )
    assert [job.year for job in plan(["2018,2019,2020,2021"], ["1"])] == ["all"], "all years are the whole period"
    assert {job.year for job in plan()} == {2018, 2019, 2020, 2021, "all"}, "nobody gets it unasked"


def test_the_order_of_a_list_makes_no_other_page(older):
    assert one(older, study_groups=["SG17", "SG2"]) == one(older, study_groups=["SG2", "SG17"])


@pytest.mark.parametrize(
    ("one_way", "other_way"),
    [
        (["A B"], ["A-B"]),
        (["A B"], ["A_B"]),
        (["A", "B"], ["A-B"]),
        (["true"], [True]),
        (["2020"], [2020]),
        (["Ä"], ["Ö"]),
        ([-3], [3]),
        ([2.5], ["2.5"]),
        ([None], ["None"]),
        ([["A"]], ["A"]),
        (["x" * 300], ["x" * 301]),
        (["9" * 5000], ["9" * 5001]),
        ([" A"], ["A"]),
        (["../../etc/passwd"], ["etc-passwd"]),
        (["a.failed"], ["a", "failed"]),
    ],
)
def test_values_that_would_be_written_alike_get_names_of_their_own(one_way, other_way):
    first, second = readable({"geography": one_way}), readable({"geography": other_way})
    assert first != second
    for name in (first, second):
        assert len(name) < 120 and "/" not in name and not name.endswith(".failed") and name == name.strip(".-")
        assert name.isascii()


def test_a_name_is_the_same_tomorrow():
    assert readable({"geography": ["Côte d’Ivoire"]}) == "geography-C-te_d-Ivoire-0f832cad"


def test_a_parameter_that_only_one_notebook_takes_leaves_the_others_standard(older):
    planned = plan(["2021"], [], {"study_groups": ["SG2"]}, older)
    assert names(planned) == ["older/2021/0_overview", "older/2021/1_standards_throughput--study_groups-SG2"]


def test_a_default_that_is_no_plain_value_is_never_taken_for_the_given_one(older, own_notebooks):
    path = own_notebooks[1].path
    path.write_text(path.read_text("utf-8").replace("study_groups: list = []", "study_groups: list = list()"), "utf-8")
    assert jobs.defaults(own_notebooks[1])["study_groups"] is ...
    assert one(older, study_groups=[]).parameters == {"study_groups": []}


@pytest.mark.parametrize(
    ("years", "notebooks", "parameters", "said"),
    [
        (["2018"], [], {}, "the edition has no 2018; allowed are 2020, 2021, 'all' or 'latest'"),
        ([], ["9_poems"], {}, "no notebook '9_poems'; there are 0_overview, 1_standards_throughput"),
        ([], [], {"colour": "red"}, "has a parameter 'colour'; there are annualise, baseline_year, study_groups"),
        ([], ["0"], {"annualise": True}, "has a parameter 'annualise'; there are none"),
        ([], [], {"year": 2020}, "year is no free parameter: use --year"),
        ([], [], {"edition": "older"}, "edition is no free parameter: use --edition"),
        ([], [], {"data_dir": "/tmp"}, "data_dir is no free parameter: use --data"),
        ([], [], {"study_groups": {1: "a", "b": "c"}}, "cannot be a parameter"),
        ([], [], {"study_groups": [float("nan")]}, "cannot be a parameter"),
        ([], [], {"study_groups": "\ud800"}, "cannot be a parameter"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_is_allowed(older, years, notebooks, parameters, said):
    with pytest.raises(JobError) as refused:
        plan(years, notebooks, parameters, older)
    assert said in str(refused.value)


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [{}]}', '{"nbformat": 3}'])
def test_a_file_that_is_no_notebook_is_named(older, own_notebooks, content):
    own_notebooks[0].path.write_text(content, "utf-8")
    with pytest.raises(JobError, match=r"0_overview\.ipynb is no notebook"):
        plan(edition=older)


def test_real_defaults_are_read_from_the_parameters_cell():
    for notebook in jobs.manifest():
        found = jobs.defaults(notebook)
        assert found["edition"] == "" and found["year"] == "latest" and found["data_dir"] == "", notebook.name
