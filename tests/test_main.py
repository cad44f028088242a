"""The command line: what it refuses, what it prints, how it ends."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from helpers.__main__ import main
from helpers.files import DATA
from helpers.site import jobs
from helpers.tables import editions
from tests.conftest import TESTS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--year", "2017"],
            "the edition has no 2017; allowed are 2018, 2019, 2020, 2021, 'all' or 'latest', and several",
        ),
        (["--year", "2019,2017"], "the edition has no 2017; allowed are 2018, "),
        (["--year", "2019,2019"], "2019 and 2019 are not several years, each once; allowed are 2018, "),
        (["--year", "2019,all"], "'all' is no year; allowed are 2018, "),
        (["--job", "2018-2022/2017,2019/1_standards_throughput"], "the edition has no 2017"),
        (["--job", "2018-2022/2021,2019/1_standards_throughput"], "no job '2018-2022/2021,2019/1_"),
        (["--notebook", "9_poems"], "no notebook '9_poems'"),
        (["--edition", "1066"], "no edition '1066'; there are 2018-2022"),
        (["--data", "/no/such"], "/no/such: has no editions"),
        (["--workers", "0"], "--workers must be 1 or more"),
        (["--out", "."], "--out must name a folder"),
        (["--sets", "/no/such.yaml"], "/no/such.yaml: "),
        (["--sets", "x.yaml", "-p", "a=1"], "-p and --sets do not go together"),
        (["-p", "colour=red"], "no chosen notebook has a parameter 'colour'"),
        (["-p", "year=2020"], "use --year"),
        (["-p", "edition=x"], "use --edition"),
        (["-p", "data_dir=/tmp"], "data_dir is no free parameter: use --data"),
        (["-p", "study_groups"], "write name=value"),
        (["-p", "study_groups=[SG2"], "-p 'study_groups=[SG2': not readable"),
        (["-p", "study_groups=[&a [x], *a]"], "aliases (*name) are not taken"),
        (["-p", "study_groups={1: a, b: c}"], "cannot be a parameter"),
        (["-p", "study_groups=[.nan]"], "cannot be a parameter"),
        (["-p", 'study_groups="\\ud800"'], "cannot be a parameter"),
    ],
)
def test_bad_requests_end_before_any_kernel(tmp_path, capsys, arguments, said):
    assert main(["run", "--out", str(tmp_path / "out"), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "audit", "bundle", "run"])
def test_every_command_takes_a_data_folder(tmp_path, capsys, command):
    more = ["--year", "2021", "--out", str(tmp_path / "out")] if command in ("bundle", "run") else []
    assert main([command, "--data", str(tmp_path), *more]) == (1 if command == "check" else 2)
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.whole
def test_check_names_the_editions(capsys):
    assert main(["check"]) == 0
    count = len(list(DATA.rglob("*.csv")))
    assert capsys.readouterr().out == f"all {count} tables keep the data contract (editions: 2018-2022)\n"


def test_check_names_tables_that_no_notebook_reads(both, capsys, monkeypatch):
    def notes():
        assert main(["check", "--data", str(both)]) == 0
        return capsys.readouterr().err.splitlines()

    whole = "read by no notebook but those that take every table (7_consistency_audit)"
    assert f"note: recommendation_mentions: {whole}" in notes()
    assert not any("targets" in line or "itut_workshops" in line for line in notes())
    fewer = [replace(n, tables=n.tables[:1], published=("series",)) for n in jobs.manifest() if n.tables]
    monkeypatch.setattr(jobs, "manifest", lambda: fewer)
    assert any(line.startswith("note: itut_workshops: read by no notebook") for line in notes())
    assert "note: prices: read by no notebook" in notes()
    assert not any(line.startswith("note: series:") for line in notes())


def test_check_lists_every_broken_rule(both, tmp_path, capsys):
    import shutil

    shutil.copytree(both, tmp_path / "data")
    edition = editions.edition("2018-2022", tmp_path / "data")
    edition.path("outcomes").write_text("x\n", "utf-8")
    assert main(["check", "--data", str(tmp_path / "data")]) == 1
    told = capsys.readouterr()
    assert told.out == "1 problems\n" and told.err.startswith("2018-2022/outcomes: wrong columns")


@pytest.mark.whole
def test_audit_prints_what_does_not_hold_and_writes_all_findings(tmp_path, capsys):
    files = {kind: tmp_path / f"findings.{kind}" for kind in ("csv", "json")}
    assert main(["audit", "--csv", str(files["csv"]), "--json", str(files["json"])]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "5 contradiction, 13 tension, 23 note, 111 pass"
    assert sum(line.startswith("contradiction: ") for line in lines) == 5
    with files["csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 152 == len(json.loads(files["json"].read_text("utf-8")))
    assert sum(row["severity"] == "note" for row in rows) == 23


@pytest.mark.whole
def test_audit_takes_the_newest_edition_or_the_one_that_is_named(both, capsys):
    said = {}
    for name in ("", editions.edition("", both).name, "2018-2022"):
        main(["audit", "--data", str(both), "--edition", name])
        said[name] = capsys.readouterr().out
    newest, named, older = said.values()
    assert newest == named != older and older.endswith("5 contradiction, 13 tension, 23 note, 111 pass\n")


def test_extract_tells_the_edition_by_the_text_and_writes_it_beside_others(small, tmp_path, capsys):
    import shutil

    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(TESTS / "editions", tmp_path / "data/editions", dirs_exist_ok=True)
    name = editions.edition("", TESTS).name
    before = editions.edition("2018-2022", tmp_path / "data").path("targets").read_bytes()
    code = main(["extract", str(small), "--data", str(tmp_path / "data")])
    told = capsys.readouterr()
    assert f"edition {name}: itut_recommendations " in told.out and code == (1 if "LOST" in told.err else 0)
    assert editions.edition("2018-2022", tmp_path / "data").path("targets").read_bytes() == before
    assert main(["check", "--data", str(tmp_path / "data")]) == 0
    assert main(["extract", str(small), "--data", str(tmp_path / "data"), "--edition", "2018-2022"]) == 2
    assert "not the text of edition 2018-2022" in capsys.readouterr().err


@pytest.mark.whole
def test_extract_starts_a_new_edition_only_under_a_new_name(small, tmp_path, capsys):
    folder = str(tmp_path / "data")
    assert main(["extract", str(small), "--new-edition", "trial", "--data", folder]) in (0, 1)
    told = capsys.readouterr()
    assert "edition trial: " in told.out and "no rule reads" in told.err
    assert (tmp_path / "data/editions/trial/edition.yaml").is_file()
    assert main(["extract", str(small), "--new-edition", "trial", "--data", folder]) == 2
    assert "is there already" in capsys.readouterr().err
    with pytest.raises(SystemExit) as usage:
        main(["extract", str(small), "--edition", "a", "--new-edition", "b"])
    assert usage.value.code == 2


def test_extract_refuses_what_is_no_report(tmp_path, capsys):
    (tmp_path / "poem.txt").write_text("Shall I compare thee\n", "utf-8")
    assert main(["extract", str(tmp_path / "poem.txt"), "--data", str(tmp_path / "data")]) == 2
    assert "error: " in capsys.readouterr().err and not (tmp_path / "data").exists()
    assert main(["extract", str(tmp_path / "none.txt"), "--data", str(tmp_path / "data")]) == 2


@pytest.mark.whole
def test_a_cut_pipe_and_a_plain_terminal_end_without_a_traceback():
    audit = f"{sys.executable} -m helpers audit"
    for shell in (f"{audit} | head -1", f"PYTHONIOENCODING=ascii {audit} > /dev/null", f"{audit} --help | head -1"):
        run = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, env=dict(os.environ))
        assert "Traceback" not in run.stderr and "Exception ignored" not in run.stderr, (shell, run.stderr)


def test_help_starts_without_any_of_the_libraries():
    code = (
        "import sys\nfrom helpers.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'pandas', 'yaml', 'nbconvert', 'papermill'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"
