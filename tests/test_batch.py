"""The batch with real kernels: every notebook for every year and for all."""

from __future__ import annotations

import html
import json
import shutil

import pytest

from helpers.__main__ import main
from helpers.site import batch, jobs
from helpers.site.index import Site
from helpers.tables import load as data

pytestmark = pytest.mark.slow


def test_every_page_is_there(site):
    names = {f"{year}/{notebook.name}.html" for year in [2018, 2019, 2020, 2021, "all"] for notebook in jobs.manifest()}
    assert {str(path.relative_to(site)) for path in site.rglob("*/*.html")} == names
    assert not [path for path in site.rglob(".*")]


def test_no_page_has_an_error_or_a_warning(site):
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'class="traceback"' not in text and "Traceback" not in text and "Warning:" not in text, path


def test_index_links_every_page_with_its_headline(site):
    text = html.unescape((site / "index.html").read_text("utf-8"))
    for page in site.rglob("*/*.html"):
        name = page.relative_to(site).as_posix().removesuffix(".html")
        headline = Site(site).notes(name)["headline"]
        assert f'href="{name}.html"' in text and len(headline) > 30 and headline in text


def test_pages_differ_by_year(site):
    assert "189 texts" in (site / "2021/1_standards_throughput.html").read_text("utf-8")
    assert "314 texts" in (site / "2018/1_standards_throughput.html").read_text("utf-8")


def test_one_failure_leaves_its_error_and_the_others_reports(tmp_path, capsys):
    code = main(["run", "--year", "2020", "--out", str(tmp_path), "-p", "geography=[Atlantis]"])
    assert code == 1
    page = (tmp_path / "2020/4_gender_and_youth_gaps.html").read_text("utf-8")
    assert "This page failed." in page and "unknown Atlantis; allowed are World" in page
    assert "failed: ParameterError" in (tmp_path / "index.html").read_text("utf-8")
    assert "This page failed" not in (tmp_path / "2020/1_standards_throughput.html").read_text("utf-8")
    assert "1 failed" in capsys.readouterr().out


def test_a_failed_run_keeps_the_whole_page_and_says_so(tmp_path):
    arguments = ["run", "--year", "2020", "--notebook", "4", "--out", str(tmp_path)]
    page, beside = (tmp_path / f"2020/4_gender_and_youth_gaps{end}.html" for end in ("", ".failed"))
    assert main(arguments) == 0
    whole = page.read_bytes()
    assert main([*arguments, "-p", "geography=[Atlantis]"]) == 1
    assert page.read_bytes() == whole
    error = html.unescape(beside.read_text("utf-8"))
    assert "unknown Atlantis" in error and "The cell:" in error and "geography = ['Atlantis']" in error
    assert "papermill encountered" not in error and 'class="traceback"' in error
    assert "The last run failed" in (tmp_path / "index.html").read_text("utf-8")
    assert main(arguments) == 0 and not beside.exists()
    assert "The last run failed" not in (tmp_path / "index.html").read_text("utf-8")


def test_every_run_is_logged(tmp_path):
    import csv

    arguments = ["run", "--year", "2020", "--notebook", "4", "--out", str(tmp_path)]
    assert main(arguments) == 0 and main(arguments) == 0
    assert main([*arguments, "-p", "geography=[Atlantis]"]) == 1
    with (tmp_path / "runs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["done", "failed"]  # what was not run is not logged
    assert rows[1]["parameters"] == "{'geography': ['Atlantis']}" and "unknown Atlantis" in rows[1]["error"]
    assert all(row["page"] == "2020/4_gender_and_youth_gaps" and float(row["seconds"]) > 0 for row in rows)


def test_parameters_reach_the_notebook(tmp_path):
    assert (
        main(["run", "--year", "2021", "--notebook", "1", "--out", str(tmp_path), "-p", "study_groups=[SG17, SG2]"])
        == 0
    )
    page = (tmp_path / "2021/1_standards_throughput.html").read_text("utf-8")
    assert "57 texts" in page and "SG17, " not in page.split("<main")[1].split("By group")[0][:200]


def test_another_data_folder(tmp_path):
    shutil.copytree(data.DATA_DIR, tmp_path / "data")
    assert (
        main(
            [
                "run",
                "--year",
                "2021",
                "--notebook",
                "3",
                "--data",
                str(tmp_path / "data"),
                "--out",
                str(tmp_path / "out"),
            ]
        )
        == 0
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2017"], "no year '2017'; there are 2018, 2019, 2020, 2021, all"),
        (["--notebook", "9_poems"], "no notebook '9_poems'"),
        (["-p", "colour=red"], "no chosen notebook has a parameter 'colour'"),
        (["-p", "year=2020"], "use --year"),
        (["-p", "study_groups"], "write name=value"),
        (["--workers", "0"], "--workers must be 1 or more"),
        (["--data", "/no/such"], "cannot be read"),
        (["-p", "data_dir=/tmp"], "data_dir is no free parameter: use --data"),
        (["-p", "study_groups={1: a, b: c}"], "cannot be a parameter"),
        (["-p", "study_groups=[.nan]"], "cannot be a parameter"),
        (["-p", 'study_groups="\\ud800"'], "cannot be a parameter"),
    ],
)
def test_bad_requests_end_before_any_kernel(tmp_path, capsys, arguments, said):
    assert main(["run", "--out", str(tmp_path / "out"), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_plan_covers_the_manifest():
    planned = jobs.plan()
    assert len(planned) == 5 * len(jobs.manifest()) and planned[0].name.startswith("2018/")
    assert batch.REPORTS.name == "reports"


def test_notebooks_are_validated_without_the_grammar_of_addresses():
    import subprocess
    import sys

    code = (
        "import sys; from helpers.site import pages; import nbformat; print('rfc3987_syntax' in sys.modules)\n"
        "nbformat.validate(nbformat.v4.new_notebook())\n"
        "try: nbformat.validate({'cells': 1})\n"
        "except nbformat.ValidationError: print('validated')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "validated"]


def test_what_is_asked_twice_is_made_once():
    planned = jobs.plan(["2021", "2021", "all", "all"], ["4", "4_gender_and_youth_gaps"])
    assert [job.name for job in planned] == ["2021/4_gender_and_youth_gaps", "all/4_gender_and_youth_gaps"]


def test_a_cut_pipe_and_a_plain_terminal_end_without_a_traceback():
    import os
    import subprocess
    import sys

    audit = f"{sys.executable} -m helpers audit"
    for shell in (f"{audit} | head -1", f"PYTHONIOENCODING=ascii {audit} > /dev/null", f"{audit} --help | head -1"):
        run = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, env=dict(os.environ))
        assert "Traceback" not in run.stderr and "Exception ignored" not in run.stderr, (shell, run.stderr)


def test_unchanged_pages_are_kept_and_a_changed_table_runs_only_its_readers(tmp_path, capsys):
    folder, out = tmp_path / "data", tmp_path / "out"
    shutil.copytree(data.DATA_DIR, folder)
    arguments = ["run", "--year", "2021", "--notebook", "2", "4", "--data", str(folder), "--out", str(out)]
    assert main(arguments) == 0
    assert "2 pages written, 0 unchanged" in capsys.readouterr().out
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert "0 pages written, 2 unchanged" in told.out and "2021/2_spectrum_notices: unchanged" in told.err
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.html")} == before

    edit_space_notices(folder)
    assert main(arguments) == 0
    assert "1 pages written, 1 unchanged" in capsys.readouterr().out
    page = (out / "2021/2_spectrum_notices.html").read_text("utf-8")
    assert "958" in page and "Coordination and notification requests, 2018, 958" in page, "a hover of the old table"
    assert main([*arguments, "--force"]) == 0
    assert "2 pages written, 0 unchanged" in capsys.readouterr().out


def edit_space_notices(folder):
    """Change one count as a new extraction would, hash and all."""
    import hashlib

    path = folder / "editions/2018-2022/tables" / "space_notices.csv"
    path.write_bytes(path.read_bytes().replace(b",957,", b",958,"))
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "space_notices":
            resource["hash"] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")


def test_a_lost_page_is_made_again(tmp_path, capsys):
    arguments = ["run", "--year", "2018", "2019", "--notebook", "4", "--out", str(tmp_path)]
    assert main(arguments) == 0
    (tmp_path / "2019/4_gender_and_youth_gaps.html").unlink()
    capsys.readouterr()
    assert main(arguments) == 0
    assert "1 pages written, 1 unchanged" in capsys.readouterr().out


def test_the_key_depends_on_what_the_notebook_needs():
    from helpers.site import keys

    overview, gaps_page = jobs.plan(["2021"], ["0"])[0], jobs.plan(["2021"], ["4"])[0]
    names = {path.name for path in keys.modules(gaps_page.notebook.path)}
    assert {"gaps.py", "charts.py", "rounding.py", "wording.py", "data.py"} <= names and "audit.py" not in names
    assert {"standards.py", "targets.py", "participation.py"} <= {p.name for p in keys.modules(overview.notebook.path)}
    assert "checks.yaml" in {p.name for p in keys.modules(jobs.plan(["2021"], ["7"])[0].notebook.path)}
    assert keys.key(overview) == keys.key(overview) != keys.key(gaps_page)


def test_the_key_knows_what_the_package_says_and_which_years_there_are(tmp_path):
    from helpers.site import keys

    shutil.copytree(data.DATA_DIR, tmp_path / "data")
    job = jobs.plan(["2021"], ["4"])[0]
    before = keys.key(job, tmp_path / "data")
    package = tmp_path / "data/datapackage.json"
    text = package.read_text("utf-8")
    package.write_text(text.replace('"version": "', '"version": "9.'), "utf-8")
    assert keys.key(job, tmp_path / "data") != before
    package.write_text(text, "utf-8")
    assert keys.key(job, tmp_path / "data") == before
    years = tmp_path / "data/report/itut_recommendations.csv"
    years.write_text("".join(line for line in years.open(encoding="utf-8") if ",2018," not in line), "utf-8")
    assert keys.key(job, tmp_path / "data") != before


def test_a_table_that_changes_during_a_run_leaves_no_page_that_counts_as_made(tmp_path, monkeypatch, capsys):
    shutil.copytree(data.DATA_DIR, tmp_path / "data")
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    arguments = [
        "run",
        "--year",
        "2021",
        "--notebook",
        "2",
        "--data",
        str(tmp_path / "data"),
        "--out",
        str(tmp_path / "out"),
    ]
    made = batch.make_page

    def meddled(*given):
        edit_space_notices(tmp_path / "data")
        return made(*given)

    monkeypatch.setattr(batch, "make_page", meddled)
    main(arguments)
    monkeypatch.undo()
    for path, content in before.items():
        path.write_bytes(content)
    assert main(arguments) == 0 and "1 pages written, 0 unchanged" in capsys.readouterr().out.splitlines()[-1]
