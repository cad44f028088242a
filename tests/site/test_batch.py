"""The batch with real kernels, on two small notebooks and two made-up editions."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys

import pytest

from helpers.__main__ import main
from helpers.site import execute
from helpers.site.index import Site
from tests.site import made

pytestmark = pytest.mark.slow
PAGE = "1_standards_throughput"


@pytest.fixture
def run(two_editions, tmp_path, capsys):
    """Run the command on the made-up editions; what it says on both streams."""

    def ran(*arguments, code=0):
        asked = ["--data", str(two_editions), "--out", str(tmp_path / "out"), *arguments]
        assert main(["run", *asked]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return ran


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def pages(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.glob("*/*/*.html")}


def test_all_years_of_the_newest_edition_by_default(run, out):
    assert "6 pages written, 0 unchanged, 0 failed" in run()
    years, names = ["2023", "2024", "all"], ["0_overview", PAGE]
    assert set(pages(out)) == {f"newer/{year}/{name}.html" for year in years for name in names}
    assert not list(out.rglob(".*")) and (out / "newer/data.xlsx").is_file()


def test_a_page_says_its_edition_everywhere(run, out):
    run("--year", "2024")
    text = (out / f"newer/2024/{PAGE}.html").read_text("utf-8")
    assert "<title>Throughput, 2024 · ITU plan report</title>" in text
    assert "<span>January 2023 – June 2026, recomputed</span>" in text and '<p class="kicker">2024</p>' in text
    cited = "Throughput, 2024. ITU plan report (January 2023 – June 2026, Document 9), recomputed. Data package 0.3.0"
    assert cited in text
    assert "Facts and figures: Our Union, Report newer, Document 9, January 2023 – June 2026." in text
    assert re.findall(r'<li><a href="../(\w+)/1_standards_throughput.html"', text) == ["2023", "2024", "all"]
    assert "<code>year = 2024</code>, <code>edition = newer</code>." in text
    assert "2022" not in text.split("</style>")[1] and "2018" not in text.split("</style>")[1]


def test_one_edition_never_touches_the_other(run, out):
    run("--edition", "older")
    before = pages(out)
    older_data = (out / "older/data.html").read_bytes()
    assert "6 pages written" in run("--edition", "newer")
    assert {name: page for name, page in pages(out).items() if name.startswith("older")} == before
    assert (out / "older/data.html").read_bytes() == older_data
    index = (out / "index.html").read_text("utf-8")
    assert all(f'href="{name}"' in index for name in pages(out)) and index.index('id="newer"') < index.index(
        'id="older"'
    )
    assert "0 pages written, 6 unchanged" in run("--edition", "older")
    assert (out / "index.html").read_text("utf-8") == index


def test_a_selection_is_a_page_of_its_own_and_the_standard_page_stays(run, out):
    run("--edition", "older", "--year", "2021", "--notebook", "1")
    before = pages(out)
    chosen = ("--edition", "older", "--year", "2021", "-p", "study_groups=[SG17, SG2]")
    assert "2 pages written, 0 unchanged" in run(*chosen)  # the overview is the standard one, not made before
    name = f"older/2021/{PAGE}--study_groups-SG2-SG17"
    after = pages(out)
    assert set(after) == {f"older/2021/{PAGE}.html", f"{name}.html", "older/2021/0_overview.html"}
    assert before.items() <= after.items()
    text = html.unescape(after[f"{name}.html"].decode())
    assert "<title>Throughput, 2021, SG2 and SG17 · ITU plan report</title>" in text
    assert "2021, SG2 and SG17 · partial: counts close on 1 November 2021 · <a href=" in text
    assert "SG2 and SG17 approved 4 texts." in text and "Throughput, 2021, SG2 and SG17. ITU plan report" in text
    assert f'<a href="../2021/{PAGE}.html">standard page</a>' in text
    assert "study_groups = ['SG2', 'SG17']" in text
    index = (out / "index.html").read_text("utf-8")
    assert "2021, SG2 and SG17</strong>" in index and "SG2 and SG17 approved 4 texts." in index
    again = run("--edition", "older", "--year", "2021", "-p", "study_groups=[SG2,SG17]")
    assert "0 pages written, 2 unchanged" in again and f"{name}: unchanged" in again
    assert "1 unchanged" in run("--edition", "older", "--year", "2021", "--notebook", "1", "-p", "annualise=false")


def test_a_failed_selection_leaves_everything_else(run, out):
    run("--year", "2024", "--notebook", "1")
    standard = pages(out)
    told = run("--year", "2024", "-p", "study_groups=[SG99]", code=1)
    assert "1 pages written, 0 unchanged, 1 failed" in told and "unknown SG99; allowed are SG15, SG21" in told
    name = f"newer/2024/{PAGE}--study_groups-SG99.html"
    error = html.unescape(pages(out)[name].decode())
    assert "This page failed." in error and "The cell:" in error and 'class="traceback"' in error
    assert "study_groups = ['SG99']" in error and "papermill encountered" not in error
    assert standard.items() <= pages(out).items()
    assert "failed: ParameterError" in (out / "index.html").read_text("utf-8")
    with (out / "runs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["done", *sorted(row["state"] for row in rows[1:])]
    (failed,) = [row for row in rows if row["state"] == "failed"]
    assert failed["page"] == name.removesuffix(".html") and failed["parameters"] == "{'study_groups': ['SG99']}"
    assert "unknown SG99" in failed["error"] and all(float(row["seconds"]) > 0 for row in rows)


def test_a_failed_run_keeps_the_whole_page_and_says_so(run, out, own_notebooks):
    arguments = ["--year", "2024", "--notebook", "0"]
    run(*arguments)
    page, beside = (out / f"newer/2024/0_overview{end}.html" for end in ("", ".failed"))
    whole, source = page.read_bytes(), own_notebooks[0].path.read_text("utf-8")
    own_notebooks[0].path.write_text(source.replace("Twice.", "{1 / 0}"), "utf-8")
    run(*arguments, code=1)
    assert page.read_bytes() == whole and "ZeroDivisionError" in beside.read_text("utf-8")
    assert "The last run failed" in (out / "index.html").read_text("utf-8")
    own_notebooks[0].path.write_text(source, "utf-8")
    assert "1 pages written" in run(*arguments) and not beside.exists()
    assert "The last run failed" not in (out / "index.html").read_text("utf-8")


def test_a_file_of_sets_is_one_batch(run, out, tmp_path):
    sets = tmp_path / "sets.yaml"
    sets.write_text("far: {year: 2024, study_groups: [SG21]}\nnear: {study_groups: [SG15], annualise: true}", "utf-8")
    assert "2 pages written" in run("--sets", str(sets), "--year", "2023")
    assert set(pages(out)) == {f"newer/2024/{PAGE}--far.html", f"newer/2023/{PAGE}--near.html"}
    text = (out / "index.html").read_text("utf-8")
    assert "2024, far: SG21</strong>" in text and "2023, near: annualise true, SG15</strong>" in text
    assert "SG21 approved 5 texts." in pages(out)[f"newer/2024/{PAGE}--far.html"].decode()
    assert "0 pages written, 2 unchanged" in run("--sets", str(sets), "--year", "2023")


def test_unchanged_pages_are_kept_and_a_changed_table_runs_its_readers(run, out, two_editions):
    run("--year", "2024")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    assert "0 pages written, 2 unchanged" in run("--year", "2024")
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.html")} == before
    edit(two_editions)
    assert "2 pages written, 0 unchanged" in run("--year", "2024")
    hover = "itut_recommendations: SG15, SG15 name, 2024, 1, X.999"
    assert hover in (out / f"newer/2024/{PAGE}.html").read_text("utf-8"), "a hover of the old table"
    assert "2 pages written, 0 unchanged" in run("--year", "2024", "--force")


def edit(data):
    """Change an entry as a new extraction would, hash and all."""
    path = data / "editions/newer/tables/itut_recommendations.csv"
    path.write_text(path.read_text("utf-8").replace("2024,1,X.20,X.20", "2024,1,X.999,X.999"), "utf-8")
    made.package(data)


def test_a_lost_page_is_made_again(run, out):
    run("--notebook", "0")
    (out / "newer/2024/0_overview.html").unlink()
    assert "1 pages written, 2 unchanged" in run("--notebook", "0")


def test_a_table_that_changes_during_a_run_leaves_no_page_that_counts_as_made(run, two_editions, monkeypatch):
    from helpers.site import local

    before = {path: path.read_bytes() for path in two_editions.rglob("*") if path.is_file()}

    def meddled(job, *more):
        edit(two_editions)
        return execute.make_page(job, *more)

    monkeypatch.setattr(local, "make_page", meddled)
    run("--year", "2024", "--notebook", "1")
    monkeypatch.setattr(local, "make_page", execute.make_page)
    for path, content in before.items():
        path.write_bytes(content)
    assert "1 pages written, 0 unchanged" in run("--year", "2024", "--notebook", "1")


def test_two_runs_give_the_same_pages_whatever_the_folder(run, out, two_editions, tmp_path):
    import shutil

    run("--year", "2024")
    shutil.copytree(two_editions, tmp_path / "moved")
    arguments = ["run", "--year", "2024", "--data", str(tmp_path / "moved"), "--out", str(tmp_path / "again")]
    assert main(arguments) == 0
    names = ["newer/data.html", "newer/data.xlsx", "index.html"]
    assert pages(tmp_path / "again") == pages(out)
    assert all((tmp_path / "again" / name).read_bytes() == (out / name).read_bytes() for name in names)
    assert str(tmp_path) not in "".join(page.decode() for page in pages(out).values())


def test_an_edition_that_lacks_a_table_runs_as_well(run, out):
    run("--edition", "newer", "--year", "2024")
    assert "this edition has no such table" in (out / "newer/data.html").read_text("utf-8")


def test_a_bundle_is_made_by_the_command(run, out, two_editions, capsys):
    run("--edition", "older", "--year", "2021", "-p", "study_groups=[SG2]")
    run("--edition", "older", "--year", "2021")
    asked = ["bundle", "--edition", "older", "--data", str(two_editions), "--out", str(out), "--year"]
    assert main([*asked, "2021"]) == 0
    assert "itu-plan-report-older-2021.zip: 10 files" in capsys.readouterr().out
    assert main([*asked, "2020"]) == 2 and "has no pages; run" in capsys.readouterr().err
    assert main([*asked, "2024"]) == 2 and "there are 2020, 2021, all" in capsys.readouterr().err


def test_a_real_page_says_what_it_is(run, out):
    run("--year", "2024")
    assert Site(out).notes(f"newer/2024/{PAGE}")["headline"] == "ITU-T approved 9 texts. Twice."


def test_notebooks_are_validated_without_the_grammar_of_addresses():
    code = (
        "import sys; from helpers.site import adapter; import papermill, nbformat\n"
        "print('rfc3987_syntax' in sys.modules)\n"
        "nbformat.validate(nbformat.v4.new_notebook())\n"
        "try: nbformat.validate({'cells': 1})\n"
        "except nbformat.ValidationError: print('validated')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "validated"]


def test_an_unchanged_batch_imports_no_pandas():
    code = (
        "import sys\nfrom helpers.site import batch, jobs, keys, sets\nfrom helpers.site.index import Site\n"
        "job = jobs.plan(parameters={'study_groups': ['SG2']})[1]; keys.key(job); job.name\n"
        "print({'pandas', 'nbconvert', 'papermill', 'matplotlib'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "set()"
