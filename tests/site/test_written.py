"""No file counts as made, or goes into a bundle, that is not what was written under its name."""

from __future__ import annotations

import shutil
from zipfile import ZipFile

import pytest

from helpers.__main__ import main
from helpers.site.index import Site
from helpers.site.written import Written, sealed
from tests.site.test_index import site, store  # noqa: F401 - a fixture

PAGE, OTHER = "older/2021/1_standards_throughput.html", "older/2020/1_standards_throughput.html"
FILES = {
    PAGE: ("cut", "tail", "body", "head", "empty", "swapped"),
    "older/data.html": ("cut", "body", "empty"),
    "older/data.xlsx": ("cut", "empty", "body"),
    "older/data/itut_recommendations.csv": ("tail",),
    "older/data/datapackage.json": ("empty",),
    "index.html": ("cut", "body", "empty"),
}


def spoil(path, how, other=None):
    """Put something else in the place of a file."""
    content = path.read_bytes()
    if how == "swapped":
        shutil.copy(other, path)
    else:
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        cut = content[: min(8192, middle)]
        changed = {"cut": cut, "tail": content[:-1], "body": flipped, "empty": b""}
        path.write_bytes(changed[how] if how in changed else content.replace(b"Said of 2021", b"Said of 2022", 1))
    assert path.read_bytes() != content


def test_a_page_is_known_by_its_name_and_whole_content(tmp_path):
    folder = Written(tmp_path)
    folder.write("a/b", "<head><!-- job --></head>text", {"key": "k"}, {"c.csv": b"1", "f/d.csv": b"2"})
    assert folder.notes("a/b")["key"] == "k"
    assert folder.beside("a/b") == (["a/c.csv", "a/f/d.csv"], [])
    (tmp_path / "a/c.csv").write_bytes(b"33")
    (tmp_path / "a/f/d.csv").unlink()
    assert folder.beside("a/b") == ([], ["a/c.csv", "a/f/d.csv"])
    content = (tmp_path / "a/b.html").read_bytes()
    assert sealed("a/b", content) == content
    shutil.copy(tmp_path / "a/b.html", tmp_path / "a/e.html")
    assert folder.notes("a/e") == {} and folder.beside("a/e") == ([], [])
    for place in range(len(content)):
        (tmp_path / "a/b.html").write_bytes(content[:place] + b"#" + content[place + 1 :])
        assert folder.notes("a/b") == {}, content[: place + 1]


def test_a_page_cannot_name_files_elsewhere(tmp_path):
    (tmp_path / "secret").write_bytes(b"s")
    folder = Written(tmp_path / "out")
    digest = "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89"  # of "s"
    for name in ("../secret", str(tmp_path / "secret"), "x/../../secret"):
        folder.write("a/b", f'<head><meta name="job-files" content="{name}={digest}"><!-- job --></head>', {})
        page = (tmp_path / "out/a/b.html").read_bytes().replace(b'<meta name="job-files" content="">', b"")
        (tmp_path / "out/a/b.html").write_bytes(sealed("a/b", page))
        assert name in folder.notes("a/b")["files"]
        assert folder.beside("a/b")[0] == []


@pytest.mark.whole
@pytest.mark.parametrize(("file", "how"), [(file, how) for file, hows in FILES.items() for how in hows])
def test_what_is_spoilt_is_named_not_bundled_and_made_again(site, older, caplog, tmp_path, file, how):  # noqa: F811
    for year in ("2020", "2021"):
        for notebook in "01":
            job = store(site, older, year, notebook, links="x" * 30000)
    site.refresh([older], {})
    before = {path: path.read_bytes() for path in site.out.rglob("*") if path.is_file()}
    assert caplog.text == "" and site.bundle(older, "2021", tmp_path / "x.zip")[1] == []
    whole = ZipFile(tmp_path / "x.zip").namelist()
    spoil(site.out / file, how, site.out / OTHER)
    count, missing = site.bundle(older, "2021", tmp_path / "x.zip")
    if file != "index.html":  # a bundle has an index of its own
        assert file in missing and f"x/{file}" not in ZipFile(tmp_path / "x.zip").namelist()
        assert count == len(whole) - (1 if file == PAGE else 5)  # data page, workbook and tables go together
    caplog.clear()
    assert site.holds(job.name, "k") == (file != PAGE)
    site.refresh([older], {})
    assert f"not what was written there, so not taken: {file}" in caplog.text
    if file == PAGE:
        assert site.index.read_text("utf-8").count("not made yet") == 2, "its cell, and that of the other notebook"
        store(site, older, links="x" * 30000)
        site.refresh([older], {})
    assert {path: path.read_bytes() for path in before} == before
    caplog.clear()
    site.refresh([older], {})
    assert site.holds(job.name, "k") and caplog.text == ""


def test_a_page_of_an_earlier_release_is_no_spoilt_one(tmp_path, caplog):
    (tmp_path / "a.html").write_text('<head><meta name="job-key" content="k"></head>', "utf-8")
    assert Written(tmp_path).taken("a") == {} and caplog.text == ""
    (tmp_path / "a.html").write_text("<p>mine</p>", "utf-8")
    assert Written(tmp_path).taken("a") == {} and "not taken: a.html" in caplog.text


def test_a_spoilt_error_page_is_a_failed_run(site, older):  # noqa: F811
    job = store(site, older)
    store(site, older, error="ValueError: x")
    spoil(site.out / f"{job.name}.failed.html", "cut")
    assert not site.holds(job.name, "k")


@pytest.mark.slow
def test_the_commands_name_what_is_spoilt(two_editions, tmp_path, capfd, own_notebooks):
    asked = ["--edition", "older", "--data", str(two_editions), "--out", str(tmp_path / "out")]
    assert main(["run", *asked]) == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.suffix in (".html", ".xlsx")}
    spoil(tmp_path / "out" / PAGE, "cut")
    spoil(tmp_path / "out/older/2020/0_overview.html", "body")
    spoil(tmp_path / "out/older/data.html", "cut")
    spoil(tmp_path / "out/older/data.xlsx", "cut")
    capfd.readouterr()
    assert main(["bundle", "--year", "2021", *asked]) == 1
    assert f"run` makes them again): {PAGE}, older/data.html\n" in capfd.readouterr().err
    names = ZipFile(next((tmp_path / "out").glob("*.zip"))).namelist()
    assert {name.partition("/")[2] for name in names} == {
        "index.html",
        "README.txt",
        "older/2021/0_overview.html",
    }
    assert main(["run", *asked]) == 0
    told = capfd.readouterr()
    assert "2 pages written, 4 unchanged, 0 failed" in told.out
    assert all({path: path.read_bytes() == content for path, content in before.items()}.values())
    assert main(["bundle", "--year", "2021", *asked]) == 0
    assert Site(tmp_path / "out").notes("older/2021/0_overview")
